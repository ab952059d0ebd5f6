"""Why somebody is a member of a collective, and why one never ceases to be.

Article 18 and article 8 of 农村集体经济组织法 were read; the grounds of article 17 are
recalled and not verified.
"""

from enum import StrEnum

SHARE = 100
"""Shares are kept in hundredths, so that half a share is 50."""


class Joined(StrEnum):
    """How somebody became a member."""

    CONFIRMED = "confirmed"
    BORN = "born"
    MARRIED = "married"
    ADOPTED = "adopted"
    MOVED = "moved"
    OTHER = "other"


class Left(StrEnum):
    """Why somebody is said to be a member no longer."""

    DIED = "died"
    NATIONALITY = "nationality"
    ELSEWHERE = "elsewhere"
    OFFICIAL = "official"
    WITHDREW = "withdrew"
    LAWFUL = "lawful"
    # These never end a membership: kept to refuse them by name.
    STUDY = "study"
    SERVICE = "service"
    WORK = "work"
    BUSINESS = "business"
    PRISON = "prison"
    DIVORCE = "divorce"
    WIDOWED = "widowed"
    MARRIAGE = "marriage"


ARTICLE_18 = frozenset(
    {
        Left.STUDY,
        Left.SERVICE,
        Left.WORK,
        Left.BUSINESS,
        Left.PRISON,
        Left.DIVORCE,
        Left.WIDOWED,
    }
)
ARTICLE_8 = frozenset({Left.MARRIAGE, Left.DIVORCE, Left.WIDOWED})
GROUNDS = tuple(each for each in Left if each not in ARTICLE_18 | ARTICLE_8)


def article_against(reason: Left) -> int | None:
    """Return the article that forbids to remove a member for a reason; None if none does.

    >>> article_against(Left.STUDY), article_against(Left.MARRIAGE)
    (18, 8)
    """
    if reason in ARTICLE_18:
        return 18
    return 8 if reason in ARTICLE_8 else None
