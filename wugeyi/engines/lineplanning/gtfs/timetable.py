"""What a regular timetable means for a line: departures at its places, lines, buses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from wugeyi.engines.lineplanning.gtfs.records import Feed, RegularTrip
from wugeyi.engines.lineplanning.gtfs.shapes import apart_metres
from wugeyi.engines.lineplanning.model import Departure, Place

DAY_SECONDS = 86_400
METRES_PER_DEGREE = 111_000  # of latitude, a little less than anywhere

StopIds = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class RouteSeen:
    """A regular line at places of ours on one day.

    Parameters
    ----------
    places
        Codes of the places it passes.
    departures
        At all of them together.
    """

    line: str
    places: tuple[str, ...]
    departures: int
    first_minute: int
    last_minute: int


@dataclass(frozen=True, slots=True)
class RegularBlock:
    """What one regular bus does on one day, from its first call to its last.

    Parameters
    ----------
    first_stop, last_stop
        Codes of the feed's stops.
    """

    code: str
    trips: int
    first_minute: int
    last_minute: int
    first_stop: str
    last_stop: str


def departures(
    feed: Feed,
    places: Iterable[Place],
    *,
    on: date,
    within_metres: float = 60,
    stop_ids: StopIds | None = None,
) -> tuple[Departure, ...]:
    """Return when regular buses leave places of ours on a day, by place and minute.

    Buses of the day before that are still out after midnight are among them. At its
    last stop a bus counts with its arrival. Seconds are cut off.

    Parameters
    ----------
    within_metres
        Stops of the feed so near to a place count as the place.
    stop_ids
        Stops of the feed for a place, in place of the nearest; a station stands for
        all its stops.
    """
    ours = matched(feed, places, within_metres=within_metres, stop_ids=stop_ids)
    found: set[Departure] = set()
    for trip, shift in _trips(feed, on):
        name = feed.lines[trip.line].name if trip.line in feed.lines else trip.line
        calls = [call for call in trip.calls if call.stop in ours]
        for later in _starts(trip) if calls else ():
            for call in calls:
                second = call.depart_second + later + shift
                if second >= 0:
                    for place in ours[call.stop]:
                        found.add(Departure(place, second // 60, name))
    return tuple(sorted(found, key=lambda each: (each.place, each.minute, each.line)))


def matched(
    feed: Feed,
    places: Iterable[Place],
    *,
    within_metres: float = 60,
    stop_ids: StopIds | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return which places each stop of the feed stands for; stops for none are left."""
    given = stop_ids or {}
    found: dict[str, list[str]] = {}
    for place in places:
        if place.code in given:
            stops = _with_children(feed, given[place.code])
        else:
            stops = list(_near(feed, place, within_metres))
        for stop in stops:
            found.setdefault(stop, []).append(place.code)
    return {stop: tuple(codes) for stop, codes in found.items()}


def _with_children(feed: Feed, codes: Sequence[str]) -> list[str]:
    wanted = set(codes)
    return [
        code
        for code, stop in feed.stops.items()
        if code in wanted or stop.parent in wanted
    ]


def _near(feed: Feed, place: Place, within_metres: float) -> Iterator[str]:
    if place.lat is None or place.lon is None:
        return
    here = (place.lat, place.lon)
    for code, stop in feed.stops.items():
        if stop.lat is None or stop.lon is None:
            continue
        if abs(stop.lat - place.lat) * METRES_PER_DEGREE > within_metres:
            continue
        if apart_metres(here, (stop.lat, stop.lon)) <= within_metres:
            yield code


def _trips(feed: Feed, on: date) -> Iterator[tuple[RegularTrip, int]]:
    """Give the trips of a day, and those of the day before with their seconds' shift."""
    for trip in feed.running(on):
        yield trip, 0
    if on > date.min:
        for trip in feed.running(on - timedelta(days=1)):
            yield trip, -DAY_SECONDS


def _starts(trip: RegularTrip) -> Iterator[int]:
    """Give by how many seconds a trip is made later than its calls say."""
    if not trip.repeats:
        yield 0
    begins = trip.calls[0].depart_second
    for each in trip.repeats:
        span = range(each.first_second, each.until_second, each.every_seconds)
        yield from (second - begins for second in span)


def routes_seen(found: Iterable[Departure]) -> tuple[RouteSeen, ...]:
    """Return the lines among departures, by name."""
    by_line = sorted(found, key=lambda each: (each.line, each.minute, each.place))
    seen = []
    for line, group in groupby(by_line, key=lambda each: each.line):
        all_of_it = list(group)
        places = tuple(sorted({each.place for each in all_of_it}))
        first, last = all_of_it[0].minute, all_of_it[-1].minute
        seen.append(RouteSeen(line, places, len(all_of_it), first, last))
    return tuple(seen)


def blocks(feed: Feed, *, on: date) -> tuple[RegularBlock, ...]:
    """Return the buses of a day by when they begin.

    Trips without a block are left out: nobody said which bus makes them.
    """
    by_bus: dict[str, list[RegularTrip]] = {}
    for trip in feed.running(on):
        if trip.block:
            by_bus.setdefault(trip.block, []).append(trip)
    found = [_block(code, trips) for code, trips in by_bus.items()]
    return tuple(sorted(found, key=lambda each: (each.first_minute, each.code)))


def _block(code: str, trips: list[RegularTrip]) -> RegularBlock:
    spans = [
        (
            trip.calls[0].arrive_second + later,
            trip.calls[-1].depart_second + later,
            trip.calls[0].stop,
            trip.calls[-1].stop,
        )
        for trip in trips
        for later in _starts(trip)
    ]
    first, last = min(spans), max(spans, key=lambda span: (span[1], span[3]))
    # A minute begun is taken: another duty may start when this one is surely over.
    return RegularBlock(
        code, len(spans), first[0] // 60, -(-last[1] // 60), first[2], last[3]
    )
