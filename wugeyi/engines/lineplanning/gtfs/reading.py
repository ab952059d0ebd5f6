"""A regular timetable out of a feed, as much of it as is sound."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.gtfs import cells, opening
from wugeyi.engines.lineplanning.gtfs.calls import Calls, Told
from wugeyi.engines.lineplanning.gtfs.notes import Notes
from wugeyi.engines.lineplanning.gtfs.records import (
    Feed,
    RegularLine,
    RegularStop,
    RegularTrip,
    Repeat,
    Service,
)

WEEK = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
NEEDED: dict[str, tuple[str, ...]] = {
    "stops.txt": ("stop_id",),
    "routes.txt": ("route_id",),
    "trips.txt": ("route_id", "service_id", "trip_id"),
    "stop_times.txt": ("trip_id", "stop_id", "stop_sequence"),
    "calendar.txt": ("service_id", *WEEK, "start_date", "end_date"),
    "calendar_dates.txt": ("service_id", "date", "exception_type"),
    "frequencies.txt": ("trip_id", "start_time", "end_time", "headway_secs"),
}
WITHOUT_THEM_NOTHING = ("stops.txt", "trips.txt", "stop_times.txt")
BOOKED = ("location_group_id", "location_id", "start_pickup_drop_off_window")
LEAST_HEADWAY_SECONDS = 30


def read_feed(source: Path | str | bytes) -> tuple[Feed, tuple[Finding, ...]]:
    """Read a timetable; what is unsound is left out and told, and nothing is raised.

    Parameters
    ----------
    source
        A zip archive's path or content, or a folder with its files. At most
        ``opening.MOST_BYTES`` unpacked are read.

    Returns
    -------
    feed, findings
        Each says file, line and what to do. Errors mean that (nearly) all is missing.
    """
    reader = Reader(source)
    return reader.feed(), reader.notes.findings()


class Reader:
    """Reads table after table; later ones refer to earlier ones."""

    def __init__(self, source: Path | str | bytes) -> None:
        self.notes = Notes()
        self.files = opening.files(source, frozenset(NEEDED), self.notes)

    def feed(self) -> Feed:
        """Return what is sound."""
        if not self.files:
            if not self.notes.findings():
                self._missing()
            return Feed()
        self._missing()
        stops = self._stops()
        lines = self._lines()
        services = self._services()
        trips = {each.code: each for each in self._trips(lines, services)}
        told = self._calls(set(trips), stops)
        repeats = self._repeats(set(trips))
        ordered = Calls(self.notes)
        found = []
        for code, trip in trips.items():
            calls = ordered.ordered(code, told.pop(code, ()))
            if len(calls) > 1:
                again = tuple(repeats.get(code, ()))
                found.append(replace(trip, calls=calls, repeats=again))
        ordered.tell()
        sound = {trip.code for trip in found}
        empty = [code for code in trips if code not in sound]
        if empty:
            values: dict[str, Value] = {"many": len(empty), "value": empty[0]}
            self.notes.tell("feed-trip-empty", "trips.txt", values)
        return Feed(stops, lines, services, tuple(found))

    def _missing(self) -> None:
        for file in WITHOUT_THEM_NOTHING:
            if file not in self.files:
                self.notes.tell("feed-table-missing", file, severity="error")
        if not {"calendar.txt", "calendar_dates.txt"} & set(self.files):
            self.notes.tell("feed-calendar-missing", "calendar.txt", severity="error")
        if "routes.txt" not in self.files:
            self.notes.tell("feed-lines-missing", "routes.txt")

    def _rows(self, file: str) -> Iterator[cells.Line]:
        if file in self.files:
            yield from cells.lines(self.files[file], file, NEEDED[file], self.notes)

    def _fresh(self, row: cells.Line, column: str, known: Container[str]) -> str | None:
        """Return an id that was not used before."""
        code = row.needed(column)
        if code is not None and code in known:
            row.tell("feed-twice", {"value": code})
            return None
        return code

    def _known(
        self, row: cells.Line, column: str, known: Container[str], table: str
    ) -> str | None:
        """Return an id that another table has."""
        code = row.needed(column)
        if code is not None and code not in known:
            row.tell("feed-unknown", {"column": column, "value": code, "table": table})
            return None
        return code

    def _stops(self) -> dict[str, RegularStop]:
        found: dict[str, RegularStop] = {}
        for row in self._rows("stops.txt"):
            code = self._fresh(row, "stop_id", found)
            if code is None:
                continue
            lat, lon = self._position(row, code)
            name = row.text("stop_name") or code
            parent = row.text("parent_station")
            found[code] = RegularStop(code, name, lat, lon, parent)
        return found

    def _position(
        self, row: cells.Line, code: str
    ) -> tuple[float, float] | tuple[None, None]:
        told = row.text("stop_lat"), row.text("stop_lon")
        if not any(told) and row.text("location_type") in {"3", "4"}:
            return None, None  # a node or a platform's edge needs none
        try:
            lat, lon = map(float, told)
        except ValueError:
            lat = lon = float("nan")
        nowhere = abs(lat) < 1 and abs(lon) < 1
        if -90 <= lat <= 90 and -180 <= lon <= 180 and not nowhere:
            return lat, lon
        values = {"value": code, "lat": told[0][:20], "lon": told[1][:20]}
        row.tell("feed-position", values)
        return None, None

    def _lines(self) -> dict[str, RegularLine]:
        found: dict[str, RegularLine] = {}
        for row in self._rows("routes.txt"):
            code = self._fresh(row, "route_id", found)
            if code is not None:
                short, long = row.text("route_short_name"), row.text("route_long_name")
                found[code] = RegularLine(code, short or long or code)
        return found

    def _services(self) -> dict[str, Service]:
        found: dict[str, Service] = {}
        for row in self._rows("calendar.txt"):
            code = self._fresh(row, "service_id", found)
            week = [row.number_in(name, 0, 1) for name in WEEK]
            first, last = row.day("start_date"), row.day("end_date")
            if code is None or None in week or first is None or last is None:
                continue
            if first > last:
                days = {"first": str(first), "last": str(last)}
                row.tell("feed-service-turned", days)
            found[code] = Service(code, tuple(map(bool, week)), first, last)
        exceptions = self._exceptions()
        for code, days_by_kind in exceptions.items():
            found[code] = replace(
                found.get(code, Service(code)),
                added=frozenset(d for d, kind in days_by_kind.items() if kind == 1),
                removed=frozenset(d for d, kind in days_by_kind.items() if kind == 2),
            )
        return found

    def _exceptions(self) -> dict[str, dict[date, int]]:
        found: dict[str, dict[date, int]] = defaultdict(dict)
        for row in self._rows("calendar_dates.txt"):
            code = row.needed("service_id")
            day = row.day("date")
            kind = row.number_in("exception_type", 1, 2)
            if code is None or day is None or kind is None:
                continue
            if found[code].setdefault(day, kind) != kind:
                row.tell("feed-twice", {"value": f"{code} {day}"})
        return found

    def _trips(
        self, lines: dict[str, RegularLine], services: dict[str, Service]
    ) -> Iterator[RegularTrip]:
        seen: set[str] = set()
        for row in self._rows("trips.txt"):
            code = self._fresh(row, "trip_id", seen)
            service = self._known(row, "service_id", services, "calendar.txt")
            line = row.needed("route_id")
            if lines and line is not None:
                line = self._known(row, "route_id", lines, "routes.txt")
            if code is None or service is None or line is None:
                continue
            seen.add(code)
            sign, block = row.text("trip_headsign"), row.text("block_id")
            yield RegularTrip(code, line, service, (), sign, block)

    def _calls(
        self, trips: set[str], stops: dict[str, RegularStop]
    ) -> dict[str, list[Told]]:
        """Return the rows of each trip; booked calls, which have no minute, are left."""
        found: dict[str, list[Told]] = defaultdict(list)
        many: Counter[str] = Counter()
        for row in self._rows("stop_times.txt"):
            if any(map(row.text, BOOKED)):
                many["booked"] += 1
                continue
            trip = self._known(row, "trip_id", trips, "trips.txt")
            stop = self._known(row, "stop_id", stops, "stops.txt") if trip else None
            # The stop's own text, not a copy of it for each of its calls.
            told = self._told(row, stops[stop].code) if stop else None
            if trip and told:
                found[trip].append(told)
        if many["booked"]:
            values = {"many": many["booked"]}
            self.notes.tell("feed-windows", "stop_times.txt", values, severity="note")
        return found

    def _told(self, row: cells.Line, stop: str) -> Told | None:
        sequence = row.number_in("stop_sequence", 0, 10**9)
        times = []
        for column in ("arrival_time", "departure_time"):
            second = row.second(column) if row.text(column) else None
            if row.text(column) and second is None:
                return None
            times.append(second)
        if sequence is None:
            return None
        return Told(
            row.number,
            sequence,
            stop,
            times[0],
            times[1],
            boards=row.text("pickup_type") != "1",
            alights=row.text("drop_off_type") != "1",
        )

    def _repeats(self, trips: set[str]) -> dict[str, list[Repeat]]:
        found: dict[str, list[Repeat]] = defaultdict(list)
        for row in self._rows("frequencies.txt"):
            trip = self._known(row, "trip_id", trips, "trips.txt")
            first, until = row.second("start_time"), row.second("end_time")
            least = LEAST_HEADWAY_SECONDS
            every = row.number_in("headway_secs", least, 86_400)
            if trip and first is not None and until is not None and every:
                found[trip].append(Repeat(first, until, every))
        return found
