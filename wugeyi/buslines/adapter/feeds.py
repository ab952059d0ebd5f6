"""An edition as feeds that other programmes read: GTFS, and GTFS-Flex for bookings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wugeyi.buslines.adapter.tickets import fares_of
from wugeyi.buslines.models import FareTable
from wugeyi.engines.lineplanning.archive import case_from_json, plan_from_json
from wugeyi.engines.lineplanning.findings import Finding, Refused, say
from wugeyi.engines.lineplanning.gtfs import About, Booking, feed, flex_feed
from wugeyi.engines.lineplanning.model import Case


@dataclass(frozen=True, slots=True)
class Told:
    """What a feed says of a line; days both included, ``weekdays`` digits from 1."""

    agency: str
    url: str
    phone: str
    line_number: str
    line_name: str
    line_name_en: str
    first_day: date
    last_day: date
    weekdays: str
    booking_url: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is recorded today; degrees WGS 84."""

    name: str
    name_en: str
    lat: float | None
    lon: float | None


class Unwritable(Exception):
    """No feed can be made; ``sentences`` say what is missing."""

    def __init__(self, findings: tuple[Finding, ...], *, english: bool) -> None:
        super().__init__("no feed")
        self.sentences = [say(each, "en" if english else "zh") for each in findings]


def gtfs(
    inputs: Any,
    result: Any,
    table: FareTable | None,
    told: Told,
    places: Mapping[str, Where],
    shapes: Mapping[str, Any],
    *,
    english: bool = False,
) -> bytes:
    """Return the feed of an edition; ``shapes`` as a table of ways keeps them.

    Raises
    ------
    Unwritable
        A place has no position, the line no telephone, or there is no trip.
    """
    names_en = {code: each.name_en for code, each in places.items() if each.name_en}
    try:
        return feed(
            _placed(case_from_json(inputs), places),
            plan_from_json(result),
            None if table is None else fares_of(table),
            _about(told),
            names_en=names_en,
            lines=_lines(shapes) or None,
        )
    except Refused as refused:
        raise Unwritable(refused.findings, english=english) from None


def flex(
    inputs: Any,
    result: Any,
    table: FareTable | None,
    told: Told,
    places: Mapping[str, Where],
    *,
    english: bool = False,
) -> bytes:
    """Return the feed in which stops wait for a booking; refused as ``gtfs`` is."""
    names_en = {code: each.name_en for code, each in places.items() if each.name_en}
    booking = Booking(notice_minutes=5, phone=told.phone, url=told.booking_url)
    try:
        return flex_feed(
            _placed(case_from_json(inputs), places),
            plan_from_json(result),
            None if table is None else fares_of(table),
            _about(told),
            booking,
            names_en=names_en,
        )
    except Refused as refused:
        raise Unwritable(refused.findings, english=english) from None


def _about(told: Told) -> About:
    return About(
        agency=told.agency,
        url=told.url,
        phone=told.phone,
        line_number=told.line_number,
        line_name=told.line_name,
        line_name_en=told.line_name_en,
        first_day=told.first_day,
        last_day=told.last_day,
        weekdays=tuple(str(day) in told.weekdays for day in range(1, 8)),
    )


def _placed(case: Case, places: Mapping[str, Where]) -> Case:
    """Let names and positions be today's: those may be mended after a plan was made."""

    def now(place: Any) -> Any:
        where = places.get(place.code)
        if where is None:
            return place
        found = {"name": where.name}
        if where.lat is not None and where.lon is not None:
            return replace(place, lat=where.lat, lon=where.lon, **found)
        return replace(place, **found)

    return replace(
        case,
        stops=tuple(map(now, case.stops)),
        markets=tuple(map(now, case.markets)),
        depots=tuple(map(now, case.depots)),
    )


def _lines(
    shapes: Mapping[str, Any],
) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Return polylines by pair of places, latitude first as feeds want them."""
    found = {}
    for key, points in shapes.items():
        first, _space, last = key.partition(" ")
        found[first, last] = [(lat, lon) for lon, lat in points]
    return found
