"""What a sound timetable still leaves open for a line: a day without trips, places afar."""

from collections.abc import Iterable
from datetime import date

from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.gtfs.records import Feed
from wugeyi.engines.lineplanning.gtfs.timetable import StopIds, matched
from wugeyi.engines.lineplanning.model import Place


def doubts(
    feed: Feed,
    places: Iterable[Place],
    *,
    on: date,
    within_metres: float = 60,
    stop_ids: StopIds | None = None,
) -> tuple[Finding, ...]:
    """Return what to look at before departures of a day are taken from a timetable."""
    places = tuple(places)
    found: list[Finding] = []
    if not feed.running(on):
        first, last = feed.days or ("–", "–")
        days = {"day": str(on), "first": str(first), "last": str(last)}
        found.append(Finding("feed-no-departures", "warning", "", days, ("on",)))
    bare = tuple(each for each in places if each.lat is None or each.lon is None)
    bare = tuple(each for each in bare if each.code not in (stop_ids or {}))
    if bare:
        values = {"places": _names(bare)}
        found.append(Finding("feed-places-bare", "warning", "", values))
    seen = matched(feed, places, within_metres=within_metres, stop_ids=stop_ids)
    near = {code for codes in seen.values() for code in codes}
    far = tuple(each for each in places if each.code not in near and each not in bare)
    if far:
        values_far: dict[str, Value] = {
            "places": _names(far),
            "metres": round(within_metres),
        }
        found.append(Finding("feed-places-far", "note", "", values_far))
    return tuple(found)


def _names(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(each.name or each.code for each in places)
