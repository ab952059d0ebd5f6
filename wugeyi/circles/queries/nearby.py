"""The residents' page: what is within reach of one point, and nothing about homes."""

from dataclasses import dataclass
from datetime import date

from wugeyi.circles.models import Circle
from wugeyi.circles.rules.paces import Setting
from wugeyi.places.models import Facility, FacilityKind


@dataclass(frozen=True, slots=True)
class Nearby:
    """A kind with its nearest facility; ``seconds`` None: none within the horizon."""

    kind: FacilityKind
    facility: Facility | None
    seconds: int | None
    limit_seconds: int
    inside: bool


def around(
    circle: Circle, setting: Setting, *, lon: float, lat: float, today: date
) -> list[Nearby]:
    """Return for each kind what is nearest to a point (WGS-84), in the kinds' order.

    Raises
    ------
    Refused
        OUT_OF_BOUNDS, OFF_NETWORK (``values["metres"]`` is the limit), or as ``seen``.
    """
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A kind in the public table; None where fewer than five people would show."""

    kind: FacilityKind
    facilities: int
    residents_inside: int | None
    residents_outside: int | None
    elderly_inside: int | None
    elderly_outside: int | None


def public_table(circle: Circle) -> list[PublicRow]:
    """Return the standing adult assessment for everybody.

    Counts below five are hidden, by complement too. Empty without an assessment. Two
    queries.
    """
    raise NotImplementedError
