"""Regular departures near a line's spots, from a GTFS feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wugeyi.buslines.models import Spot
from wugeyi.engines.lineplanning.archive import findings_from_json, to_json
from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.gtfs import departures, read_feed, routes_seen
from wugeyi.engines.lineplanning.gtfs.doubts import doubts
from wugeyi.engines.lineplanning.gtfs.records import Feed
from wugeyi.engines.lineplanning.model import Place

__all__ = ["Feed", "Seen", "findings_of", "read", "seen", "to_json"]


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A regular line at our spots."""

    line: str
    places: tuple[str, ...]
    departures: int
    first_minute: int
    last_minute: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A day of a feed at our spots."""

    departures: tuple[tuple[str, int, str], ...]
    routes: tuple[RouteRow, ...]
    findings: tuple[Finding, ...]


def read(content: bytes) -> tuple[Feed, tuple[Finding, ...]]:
    """Read a feed; what is unsound is left out and told."""
    return read_feed(content)


def seen(feed: Feed, spots: Sequence[Spot], *, on: date, within_metres: int) -> Seen:
    """Return when regular buses leave our spots on a day, and what is doubtful."""
    places = [
        Place(each.code, each.name, lat=each.lat, lon=each.lon)
        for each in spots
        if each.kind != Spot.Kind.DEPOT
    ]
    usual: dict[str, Any] = {"on": on, "within_metres": within_metres}
    found = departures(feed, places, **usual)
    routes = tuple(
        RouteRow(
            each.line,
            each.places,
            each.departures,
            each.first_minute,
            each.last_minute,
        )
        for each in routes_seen(found)
    )
    told = doubts(feed, places, **usual)
    return Seen(tuple((d.place, d.minute, d.line) for d in found), routes, told)


def findings_of(kept: Any) -> tuple[Finding, ...]:
    """Return findings that were kept as JSON."""
    return findings_from_json(kept)
