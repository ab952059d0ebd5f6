"""What a meeting needs to be able to decide, as a table; the check never forbids.

Two laws, two kinds of meeting that are easily taken for one another: villagers decide
on village affairs by a majority of those who came, members of the collective on its
affairs by two thirds of *all* members. What is only recalled or retold is marked.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """四议两公开: four consultations, two publications."""

    PROPOSE = "propose"
    CONSULT = "consult"
    REVIEW = "review"
    RESOLVE = "resolve"
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
        TWO_THIRDS, TWO_THIRDS, f"{COLLECTIVE_LAW}第二十七条", verified=True
    ),
    Body.COLLECTIVE_REPRESENTATIVES: Threshold(
        None, TWO_THIRDS, f"{COLLECTIVE_LAW}第二十八条", verified=True, least_due=21
    ),
    Body.COUNCIL: Threshold(
        TWO_THIRDS,
        Share(1, 2, Base.DUE, more_than=True),
        f"{COLLECTIVE_LAW}第二十九、三十一条",
        verified=True,
    ),
}
RESOLVING = tuple(body for body in Body if body is not Body.MEMBERS)


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


@dataclass(frozen=True, slots=True)
class Check:
    """One condition held against the numbers; ``short_by`` people are missing."""

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
    body: Body, *, due: int | None, attended: int | None, in_favour: int | None
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
    """
    rule = THRESHOLDS[body]
    found = []
    if rule.least_due:
        found.append(_held(Condition.DUE, rule.least_due, due))
    if rule.attended is not None:
        needed = None if due is None else rule.attended.needed(due)
        found.append(_held(Condition.ATTENDED, needed, attended))
    base = due if rule.in_favour.base is Base.DUE else attended
    needed = None if base is None else rule.in_favour.needed(base)
    found.append(_held(Condition.IN_FAVOUR, needed, in_favour))
    return found


def _held(condition: Condition, needed: int | None, have: int | None) -> Check:
    if needed is None or have is None:
        return Check(condition, Result.NOT_RECORDED, needed, have)
    result = Result.FULFILLED if have >= needed else Result.SHORT
    return Check(condition, result, needed, have)
