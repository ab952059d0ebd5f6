"""Whether a decision was taken: what its procedure wants, held against what was recorded.

Villagers and members of the collective are counted apart, each by their own law. The
answer is never a guess: what was not recorded is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wugeyi.branchwork.rules.matters import Matter
from wugeyi.branchwork.rules.meetings import (
    BINDING,
    BODIES,
    Base,
    Body,
    Check,
    Result,
    Share,
    Stage,
    Track,
    check,
    check_calling,
)


@dataclass(frozen=True, slots=True)
class Held:
    """What was recorded of a step; None is not recorded."""

    stage: Stage
    body: Body | None = None
    held_on: date | None = None
    due: int | None = None
    attended: int | None = None
    in_favour: int | None = None
    notice_on: date | None = None
    households: int | None = None


class Lacking(StrEnum):
    """What stands between a decision and its being taken."""

    WITHDRAWN = "withdrawn"
    NO_PROCEDURE = "no_procedure"
    NO_MATTER = "no_matter"
    NOT_RECORDED = "not_recorded"
    NO_BODY = "no_body"
    OTHERS_BALLOT = "others_ballot"
    RESERVED = "reserved"
    CHECK = "check"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, at which step."""

    what: Lacking
    stage: Stage | None = None
    check: Check | None = None
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a decision stands.

    Parameters
    ----------
    track
        The procedure it takes.
    village, collective
        On which day villagers, or members of the collective, decided it; None if they
        have not.
    missing
        What is missing before it is decided; empty if it is.
    after
        Publications that are still to come. They hinder nothing.
    """

    track: Track
    village: date | None
    collective: date | None
    missing: tuple[Lack, ...]
    after: tuple[Stage, ...]

    @property
    def decided(self) -> bool:
        """Tell whether the whole procedure was gone through."""
        return not self.missing

    @property
    def decided_on(self) -> date | None:
        """Return the day on which the last vote made it valid, None if it is not."""
        if self.missing:
            return None
        days = [day for day in (self.village, self.collective) if day is not None]
        return max(days, default=None)


def standing(
    track: Track,
    held: Mapping[Stage, Held],
    *,
    matter: Matter | None = None,
    withdrawn: bool = False,
) -> Standing:
    """Hold what was recorded against the procedure.

    >>> standing(Track.NONE, {}).missing[0].what.value
    'no_procedure'
    """
    if withdrawn:
        return Standing(track, None, None, (Lack(Lacking.WITHDRAWN),), ())
    if track is Track.NONE:
        return Standing(track, None, None, (Lack(Lacking.NO_PROCEDURE),), ())
    villagers = _village(held) if track.village else []
    members = _collective(held, matter, track) if track.collective else []
    if track is Track.BOTH and not villagers:
        members += _order(held, (Stage.RESOLVE, Stage.ASSEMBLY))
    voted = {
        stage: held[stage].held_on if stage in held and not lacks else None
        for stage, lacks, ours in (
            (Stage.RESOLVE, villagers, track.village),
            (Stage.ASSEMBLY, members, track.collective),
        )
        if ours
    }
    after = [
        stage
        for stage in (Stage.PUBLISH, Stage.PUBLISH_RESULT)
        if stage not in held or held[stage].held_on is None
    ]
    return Standing(
        track,
        voted.get(Stage.RESOLVE),
        voted.get(Stage.ASSEMBLY),
        (*villagers, *members),
        tuple(after),
    )


def share_of(matter: Matter | None) -> Share | None:
    """Return the share of all members a matter wants, None for the body's own."""
    return Share(matter.part, matter.whole, Base.DUE) if matter else None


def may_decide(body: Body | None, matter: Matter | None) -> bool:
    """Tell whether a body of the collective may decide a matter at all."""
    if body is Body.COLLECTIVE_REPRESENTATIVES:
        return matter is None or matter.delegates
    return body is Body.COLLECTIVE


def checks_of(held: Held, matter: Matter | None = None) -> list[Check]:
    """Return every check of a step in which people vote, binding or not."""
    if held.body is None:
        return []
    agree = share_of(matter) if held.stage is Stage.ASSEMBLY else None
    return [
        *check_calling(
            held.body,
            held_on=held.held_on,
            notice_on=held.notice_on,
            due=held.due,
            households=held.households,
        ),
        *check(
            held.body,
            due=held.due,
            attended=held.attended,
            in_favour=held.in_favour,
            agree=agree,
        ),
    ]


def _village(held: Mapping[Stage, Held]) -> list[Lack]:
    steps = (Stage.PROPOSE, Stage.CONSULT, Stage.REVIEW, Stage.RESOLVE)
    lacks = [lack for stage in steps for lack in _step(held.get(stage), stage, None)]
    return lacks or _order(held, steps)


def _collective(
    held: Mapping[Stage, Held], matter: Matter | None, track: Track
) -> list[Lack]:
    lacks: list[Lack] = []
    if matter is None:
        lacks.append(Lack(Lacking.NO_MATTER))
    else:
        lacks += _talked_over(held, matter, track)
    found = held.get(Stage.ASSEMBLY)
    body = found.body if found else None
    if body in BODIES[Stage.ASSEMBLY] and not may_decide(body, matter):
        return [*lacks, Lack(Lacking.RESERVED, Stage.ASSEMBLY, matter=matter)]
    return [*lacks, *_step(found, Stage.ASSEMBLY, matter)]


def _talked_over(
    held: Mapping[Stage, Held], matter: Matter, track: Track
) -> list[Lack]:
    """Ask for the Party organisation's talk; in 四议两公开 its proposal is that talk."""
    if not matter.party_first:
        return []
    stages = [Stage.PARTY, *([Stage.PROPOSE] if track.village else [])]
    for stage in stages:
        if stage in held and held[stage].held_on is not None:
            return _order(held, (stage, Stage.ASSEMBLY))
    return [Lack(Lacking.NOT_RECORDED, Stage.PARTY)]


def _step(found: Held | None, stage: Stage, matter: Matter | None) -> list[Lack]:
    if found is None or found.held_on is None:
        return [Lack(Lacking.NOT_RECORDED, stage)]
    if stage not in BODIES:
        return []
    if found.body is None:
        return [Lack(Lacking.NO_BODY, stage)]
    if found.body not in BODIES[stage]:
        return [Lack(Lacking.OTHERS_BALLOT, stage)]
    return [
        Lack(Lacking.CHECK, stage, check=each)
        for each in checks_of(found, matter)
        if each.condition in BINDING and each.result is not Result.FULFILLED
    ]


def _order(held: Mapping[Stage, Held], steps: Sequence[Stage]) -> list[Lack]:
    """Return the first step that was before the one it follows."""
    last: date | None = None
    for stage in steps:
        day = held[stage].held_on if stage in held else None
        if day is None:
            continue
        if last is not None and day < last:
            return [Lack(Lacking.ORDER, stage)]
        last = day
    return []
