"""What changes would do: before and after, home by home; nothing is written."""

from dataclasses import dataclass
from datetime import date

from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.queries.seen import Notice, Seen
from wugeyi.circles.rules.changes import Change
from wugeyi.circles.rules.paces import Setting
from wugeyi.places.models import FacilityKind


@dataclass(frozen=True, slots=True)
class Moved:
    """A home whose way to a kind changes. None: beyond the horizon.

    ``crosses``: "in" comes inside the limit, "out" falls outside it, "" neither.
    """

    home: int
    kind_id: int
    before_seconds: int | None
    after_seconds: int | None
    crosses: str


@dataclass(frozen=True, slots=True)
class KindEffect:
    """Whom changes bring inside a kind's limit, and whom they take out."""

    kind: FacilityKind
    limit_seconds: int
    homes_gained: int
    homes_lost: int
    residents_gained: int
    residents_lost: int
    elderly_gained: int
    elderly_lost: int
    homes_nearer: int
    homes_farther: int
    # After the changes.
    residents_inside: int


@dataclass(frozen=True, slots=True)
class Effect:
    """All of it, with the look before that it is measured against."""

    seen: Seen
    kinds: tuple[KindEffect, ...]
    moved: tuple[Moved, ...]
    # Such as: the link ends 40 m from the nearest way.
    notices: tuple[Notice, ...]
    # How long the engine took, for who asks.
    milliseconds: float


def effect(
    circle: Circle,
    setting: Setting,
    changes: tuple[Change, ...],
    *,
    today: date,
) -> Effect:
    """Return what changes together would do, exact against computing all anew.

    Raises
    ------
    Refused
        As ``seen``; and OFF_NETWORK, OUT_OF_BOUNDS, SAME_POINT, GONE, NOTHING_CHANGED,
        TOO_MANY, BAD_VALUE with ``values["position"]``, the change from 1.
    """
    raise NotImplementedError


def effect_of(scenario: Scenario, setting: Setting, *, today: date) -> Effect:
    """Return what a saved scenario would do on the streets as they are known now.

    A notice says so if it was drawn on an older version of them.
    """
    raise NotImplementedError
