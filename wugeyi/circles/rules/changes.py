"""What a scenario changes, as said on a page; checked before anything is computed."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from wugeyi.circles.rules.refusals import Refused, Why

EARTH_M = 6_371_008.8
MOST_CHANGES = 12
MOST_LINK_M = 2_000
MOST_NAME = 80


class What(StrEnum):
    """What one change does."""

    OPEN_LINK = "open_link"
    CLOSE_LINK = "close_link"
    OPEN_FACILITY = "open_facility"
    CLOSE_FACILITY = "close_facility"


class Link(StrEnum):
    """What sort of way is added or closed."""

    BRIDGE = "bridge"
    GATE = "gate"
    STAIRS = "stairs"
    LIFT = "lift"
    CROSSING = "crossing"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing added or closed. Degrees are WGS-84.

    ``OPEN_LINK``: from the first point to the second, ``length_mm`` along (None: the
    straight line) or ``seconds`` (a lift). ``CLOSE_LINK``: the way nearest to the first
    point, up to the second point if there is one. ``OPEN_FACILITY``: of ``kind_id`` at
    the first point. ``CLOSE_FACILITY``: ``facility_id``.
    """

    what: What
    link: Link | None = None
    lon: float | None = None
    lat: float | None = None
    to_lon: float | None = None
    to_lat: float | None = None
    length_mm: int | None = None
    seconds: int | None = None
    kind_id: int | None = None
    facility_id: int | None = None
    capacity: int | None = None
    name: str = ""

    @property
    def starts(self) -> tuple[float, float]:
        """Return the first point.

        Raises
        ------
        Refused
            There is none.
        """
        return _point(self.lon, self.lat)

    @property
    def ends(self) -> tuple[float, float]:
        """Return the second point.

        Raises
        ------
        Refused
            There is none.
        """
        return _point(self.to_lon, self.to_lat)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form says of a scenario."""

    name: str
    note: str = ""
    changes: tuple[Change, ...] = field(default=())


def check(changes: tuple[Change, ...]) -> None:
    """Refuse changes that say too little or something impossible.

    Raises
    ------
    Refused
        ``values["position"]`` is the change, from 1.
    """
    if not changes:
        raise Refused(Why.NOTHING_CHANGED)
    if len(changes) > MOST_CHANGES:
        raise Refused(Why.TOO_MANY, most=MOST_CHANGES)
    for position, change in enumerate(changes, start=1):
        try:
            _CHECKS[change.what](change)
        except Refused as refused:
            values = {**refused.values, "position": position}
            raise Refused(refused.why, **values) from None


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two WGS-84 points (lon, lat), in metres."""
    lon_a, lat_a, lon_b, lat_b = map(radians, (*a, *b))
    half = (
        sin((lat_b - lat_a) / 2) ** 2
        + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_M * asin(sqrt(half))


def length_of(change: Change) -> int:
    """Return the length of a new link in millimetres, at least 1."""
    if change.length_mm is not None:
        return max(1, change.length_mm)
    return max(1, round(metres(change.starts, change.ends) * 1000))


def _point(lon: float | None, lat: float | None) -> tuple[float, float]:
    if lon is None or lat is None:
        raise Refused(Why.BAD_VALUE, field="point")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refused(Why.OUT_OF_BOUNDS)
    return lon, lat


def _open_link(change: Change) -> None:
    far = metres(change.starts, change.ends)
    if far < 0.5:
        raise Refused(Why.SAME_POINT)
    if far > MOST_LINK_M:
        raise Refused(Why.BAD_VALUE, field="length", most=MOST_LINK_M)
    if change.length_mm is not None and change.length_mm < far * 1000 * 0.99:
        # Shorter than the straight line: a slip of the pen.
        raise Refused(Why.BAD_VALUE, field="length", least=round(far))
    if change.seconds is not None and not 1 <= change.seconds <= 3600:
        raise Refused(Why.BAD_VALUE, field="seconds")


def _close_link(change: Change) -> None:
    _point(change.lon, change.lat)
    if (change.to_lon is None) != (change.to_lat is None):
        raise Refused(Why.BAD_VALUE, field="point")


def _open_facility(change: Change) -> None:
    _point(change.lon, change.lat)
    if change.kind_id is None:
        raise Refused(Why.BAD_VALUE, field="kind")
    if change.capacity is not None and change.capacity < 0:
        raise Refused(Why.BAD_VALUE, field="capacity")


def _close_facility(change: Change) -> None:
    if change.facility_id is None:
        raise Refused(Why.BAD_VALUE, field="facility")


_CHECKS = {
    What.OPEN_LINK: _open_link,
    What.CLOSE_LINK: _close_link,
    What.OPEN_FACILITY: _open_facility,
    What.CLOSE_FACILITY: _close_facility,
}
