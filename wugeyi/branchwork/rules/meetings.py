"""What a meeting needs to be able to decide, as a table; numbers are never forbidden.

Two laws, two procedures that are easily taken for one another: villagers decide on
village affairs by a majority of those who came, members of the collective on its
affairs by two thirds of *all* members. Each stage names who may meet in it, so that the
two never share a ballot. What is only recalled or retold is marked.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Track(StrEnum):
    """Which procedure a decision takes; BOTH is one after the other."""

    NONE = ""
    VILLAGE = "village"
    COLLECTIVE = "collective"
    BOTH = "both"

    @property
    def village(self) -> bool:
        """Tell whether villagers decide."""
        return self in {Track.VILLAGE, Track.BOTH}

    @property
    def collective(self) -> bool:
        """Tell whether members of the collective decide."""
        return self in {Track.COLLECTIVE, Track.BOTH}


class Stage(StrEnum):
    """Steps of the two procedures, in order; both end in two publications."""

    PROPOSE = "propose"
    CONSULT = "consult"
    REVIEW = "review"
    RESOLVE = "resolve"
    PARTY = "party"
    DRAFT = "draft"
    ASSEMBLY = "assembly"
    PUBLISH = "publish"
    PUBLISH_RESULT = "publish_result"


class Body(StrEnum):
    """Who meets."""

    MEMBERS = "members"
    VILLAGERS = "villagers"
    HOUSEHOLDS = "households"
    REPRESENTATIVES = "representatives"
    COLLECTIVE = "collective"
    COLLECTIVE_REPRESENTATIVES = "collective_reps"
    COUNCIL = "council"


class Base(StrEnum):
    """What a share is a share of."""

    DUE = "due"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Share:
    """At least ``part``/``whole`` of the base, or more than that."""

    part: int
    whole: int
    base: Base
    more_than: bool = False

    def needed(self, base: int) -> int:
        """Return the least number of people that fulfils it.

        >>> Share(2, 3, Base.DUE).needed(10), Share(1, 2, Base.DUE, True).needed(10)
        (7, 6)
        """
        if self.more_than:
            return self.part * base // self.whole + 1
        return -(-self.part * base // self.whole)


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a body needs: who must come, who must agree, where that is written."""

    attended: Share | None
    in_favour: Share
    source: str
    verified: bool
    least_due: int = 0
    # Days between the notice and the meeting; whether the law demands them.
    notice_days: int = 0
    # Households to one person of the body, and the numbers it may have: "generally".
    households: tuple[int, int] | None = None
    sizes: tuple[int, ...] = ()


TWO_THIRDS = Share(2, 3, Base.DUE)
VILLAGE_LAW = "村民委员会组织法"
COLLECTIVE_LAW = "农村集体经济组织法"

THRESHOLDS: dict[Body, Threshold] = {
    # Retold in public reports of the procedure, not read in its source.
    Body.MEMBERS: Threshold(
        TWO_THIRDS,
        Share(1, 2, Base.DUE, more_than=True),
        "“四议两公开”工作法",
        verified=False,
    ),
    Body.VILLAGERS: Threshold(
        Share(1, 2, Base.DUE, more_than=True),
        Share(1, 2, Base.ATTENDED, more_than=True),
        f"{VILLAGE_LAW}第二十二条",
        verified=True,
    ),
    Body.HOUSEHOLDS: Threshold(
        TWO_THIRDS,
        Share(1, 2, Base.ATTENDED, more_than=True),
        f"{VILLAGE_LAW}第二十二条",
        verified=True,
    ),
    Body.REPRESENTATIVES: Threshold(
        TWO_THIRDS,
        Share(1, 2, Base.ATTENDED, more_than=True),
        f"{VILLAGE_LAW}第二十六条",
        verified=True,
    ),
    Body.COLLECTIVE: Threshold(
        TWO_THIRDS,
        TWO_THIRDS,
        f"{COLLECTIVE_LAW}第二十七条",
        verified=True,
        notice_days=10,
    ),
    Body.COLLECTIVE_REPRESENTATIVES: Threshold(
        None,
        TWO_THIRDS,
        f"{COLLECTIVE_LAW}第二十八条",
        verified=True,
        least_due=21,
        households=(5, 15),
    ),
    Body.COUNCIL: Threshold(
        TWO_THIRDS,
        Share(1, 2, Base.DUE, more_than=True),
        f"{COLLECTIVE_LAW}第二十九、三十一条",
        verified=True,
        sizes=(3, 5, 7),
    ),
}
BODIES: dict[Stage, tuple[Body, ...]] = {
    Stage.REVIEW: (Body.MEMBERS,),
    Stage.RESOLVE: (Body.VILLAGERS, Body.HOUSEHOLDS, Body.REPRESENTATIVES),
    Stage.DRAFT: (Body.COUNCIL,),
    Stage.ASSEMBLY: (Body.COLLECTIVE, Body.COLLECTIVE_REPRESENTATIVES),
}
"""Who may meet in a stage; in the others nobody votes."""
COLLECTIVE_STAGES = frozenset({Stage.PARTY, Stage.DRAFT, Stage.ASSEMBLY})
PUBLICATIONS = frozenset({Stage.PUBLISH, Stage.PUBLISH_RESULT})


def stages(track: Track) -> list[Stage]:
    """Return the steps of a procedure in order.

    >>> [each.value for each in stages(Track.COLLECTIVE)]
    ['party', 'draft', 'assembly', 'publish', 'publish_result']
    """
    if track is Track.NONE:
        return []
    return [
        each
        for each in Stage
        if each in PUBLICATIONS
        or (track.collective if each in COLLECTIVE_STAGES else track.village)
    ]


class Result(StrEnum):
    """How a condition stands."""

    FULFILLED = "fulfilled"
    SHORT = "short"
    NOT_RECORDED = "not_recorded"


class Condition(StrEnum):
    """Which condition."""

    DUE = "due"
    ATTENDED = "attended"
    IN_FAVOUR = "in_favour"
    NOTICE = "notice"
    HOUSEHOLDS = "households"
    SIZE = "size"


BINDING = frozenset(
    {Condition.DUE, Condition.ATTENDED, Condition.IN_FAVOUR, Condition.NOTICE}
)
"""Conditions without which nothing is decided; of the others the law says "generally"."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition held against the numbers; ``short_by`` people are missing.

    Of the notice, numbers are days; of households, how many there are to one delegate,
    rounded.
    """

    condition: Condition
    result: Result
    needed: int | None = None
    have: int | None = None

    @property
    def short_by(self) -> int:
        """Return how many people are missing, 0 if none or if it cannot be said."""
        if self.result is not Result.SHORT or self.needed is None:
            return 0
        return self.needed - (self.have or 0)


def check(
    body: Body,
    *,
    due: int | None,
    attended: int | None,
    in_favour: int | None,
    agree: Share | None = None,
) -> list[Check]:
    """Hold a meeting's numbers against what its body needs.

    Parameters
    ----------
    due
        How many people make up the body; for a collective all members with full
        capacity, whether they came or not.
    attended, in_favour
        How many came, how many agreed. None is not recorded, which fulfils nothing
        and breaks nothing.
    agree
        The share that must agree where the matter wants another than the body.
    """
    rule = THRESHOLDS[body]
    found = []
    if rule.least_due:
        found.append(_held(Condition.DUE, rule.least_due, due))
    if rule.attended is not None:
        needed = None if due is None else rule.attended.needed(due)
        found.append(_held(Condition.ATTENDED, needed, attended))
    share = agree or rule.in_favour
    base = due if share.base is Base.DUE else attended
    needed = None if base is None else share.needed(base)
    found.append(_held(Condition.IN_FAVOUR, needed, in_favour))
    return found


def check_calling(
    body: Body,
    *,
    held_on: date | None,
    notice_on: date | None,
    due: int | None,
    households: int | None,
) -> list[Check]:
    """Hold how a body was called and made up against what the law says of it."""
    rule = THRESHOLDS[body]
    found = []
    if rule.notice_days:
        days = (held_on - notice_on).days if held_on and notice_on else None
        found.append(_held(Condition.NOTICE, rule.notice_days, days))
    if rule.households and due:
        found.append(_of_households(rule.households, due, households))
    if rule.sizes and due is not None:
        fits = Result.FULFILLED if due in rule.sizes else Result.SHORT
        found.append(Check(Condition.SIZE, fits, None, due))
    return found


def _of_households(range_: tuple[int, int], due: int, households: int | None) -> Check:
    least, most = range_
    if households is None:
        return Check(Condition.HOUSEHOLDS, Result.NOT_RECORDED)
    fits = least * due <= households <= most * due
    result = Result.FULFILLED if fits else Result.SHORT
    return Check(Condition.HOUSEHOLDS, result, None, round(households / due))


def _held(condition: Condition, needed: int | None, have: int | None) -> Check:
    if needed is None or have is None:
        return Check(condition, Result.NOT_RECORDED, needed, have)
    result = Result.FULFILLED if have >= needed else Result.SHORT
    return Check(condition, result, needed, have)
