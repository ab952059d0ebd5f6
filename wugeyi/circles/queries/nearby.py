"""The residents' page: what is within reach of one point, and nothing about homes."""

from dataclasses import dataclass
from datetime import date

from wugeyi.circles import adapter
from wugeyi.circles.models import Assessment, Circle, Coverage
from wugeyi.circles.queries.inputs import gather
from wugeyi.circles.queries.seen import seconds_of
from wugeyi.circles.rules import horizons
from wugeyi.circles.rules.paces import Pace, Setting
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.places.models import FacilityKind
from wugeyi.places.queries import FacilityPoint

# A door this far beyond the last home of the circle still is in the neighbourhood.
BEYOND_HOMES_M = 500


@dataclass(frozen=True, slots=True)
class Nearby:
    """A kind with its nearest facility; ``seconds`` None: none within the horizon."""

    kind: FacilityKind
    facility: FacilityPoint | None
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
    gathered = gather(circle, setting, today=today)
    bounds = horizons.wider(circle.network.bounds, adapter.DOOR_LIMIT_M)
    if gathered.homes:
        doors = [(home.lon, home.lat) for home in gathered.homes]
        bounds = horizons.meet(bounds, horizons.around(doors, BEYOND_HOMES_M))
    if not horizons.holds(bounds, lon, lat):
        raise Refused(Why.OUT_OF_BOUNDS)
    times, nearest = adapter.from_point(gathered.inputs, lon, lat)
    return [
        Nearby(
            kind=kind,
            facility=None if at is None else gathered.facilities[at],
            seconds=seconds_of(ms),
            limit_seconds=limit // 1000,
            inside=ms is not None and ms <= limit,
        )
        for kind, limit, ms, at in zip(
            gathered.kinds, gathered.inputs.limits_ms, times, nearest, strict=True
        )
    ]


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
    standing = Assessment.objects.filter(
        circle=circle, pace=Pace.ADULT, superseded_at=None
    ).first()
    if standing is None:
        return []
    rows = list(
        Coverage.objects.filter(assessment=standing)
        .select_related("kind")
        .order_by("kind__position", "kind_id")
    )
    shown = adapter.for_everybody([row.as_counts() for row in rows])
    return [
        PublicRow(row.kind, row.facilities, *cells)
        for row, cells in zip(rows, shown, strict=True)
    ]
