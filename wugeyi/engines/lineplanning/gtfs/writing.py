"""A plan as a GTFS feed that other programmes read."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.gtfs import prices
from wugeyi.engines.lineplanning.gtfs.about import About, long_name, wrong
from wugeyi.engines.lineplanning.gtfs.archive import Tables, label
from wugeyi.engines.lineplanning.gtfs.lacking import strangers, unplaced
from wugeyi.engines.lineplanning.gtfs.names import identities
from wugeyi.engines.lineplanning.gtfs.prices import NETWORK, translated
from wugeyi.engines.lineplanning.gtfs.routes import (
    ALLOWED,
    FORBIDDEN,
    SERVICE,
    Halt,
    Run,
    clock,
    places,
    runs,
)
from wugeyi.engines.lineplanning.gtfs.shapes import Lines, Point, Shape, shape
from wugeyi.engines.lineplanning.model import Case, Place
from wugeyi.engines.lineplanning.plan import Plan

if TYPE_CHECKING:
    from wugeyi.engines.lineplanning.fares import Fares

AGENCY, ROUTE = "agency", "line"
WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

Row = dict[str, str]


def feed(
    case: Case,
    plan: Plan,
    fares: "Fares | None",
    about: About,
    *,
    names_en: Mapping[str, str] | None = None,
    lines: Lines | None = None,
) -> bytes:
    """Return a plan's trips as a GTFS feed, a zip archive; the same for the same input.

    A bus is a block. On the way to a market people may only get on at stops, on the way
    home only get off. Bands of baskets are rider categories of one fare product.

    Parameters
    ----------
    fares
        None leaves prices out.
    names_en
        English names of places by code, for ``translations.txt``.
    lines
        Polylines (latitude, longitude) between two places by their codes; None leaves
        out ``shapes.txt``, a missing pair is a straight line.

    Raises
    ------
    Refused
        A place has no position, there is no trip, or ``about`` is not enough; it
        carries all of it.
    """
    writer = Writer(case, plan, about, names_en or {})
    writer.add_line(fares)
    writer.add_stops()
    writer.add_trips(lines)
    return writer.archive()


class Writer:
    """Puts the tables of one feed together; raises ``Refused`` where it cannot."""

    def __init__(
        self, case: Case, plan: Plan, about: About, names_en: Mapping[str, str]
    ) -> None:
        self.about, self.names_en = about, names_en
        self.runs = runs(plan)
        self.places = places(case, self.runs)
        known = {each.code for each in self.places}
        strange = {each for run in self.runs for each in run.places} - known
        problems = [*wrong(about), *unplaced(self.places), *strangers(strange)]
        if not self.runs:
            problems.append(Finding("feed-no-trips", "error"))
        if problems:
            raise Refused(*problems)
        self.ids = identities((each.code for each in self.places), "stop")
        self.names = {each.code: label(each.name) or each.code for each in self.places}
        self.where: dict[str, Point] = {
            each.code: (round(each.lat, 6), round(each.lon, 6))
            for each in self.places
            if each.lat is not None and each.lon is not None
        }
        self.tables = Tables()

    def add_line(self, fares: "Fares | None") -> None:
        """Add who runs the line, on which days, and what a ride costs."""
        about, tables = self.about, self.tables
        line = {"route_id": ROUTE, "agency_id": AGENCY, "route_type": "3"}
        named = {
            "route_short_name": about.line_number,
            "route_long_name": long_name(about),
        }
        tables.add("agency", [_agency(about)])
        tables.add("routes", [{**line, **named}])
        if any(about.weekdays):  # else the single days say it all
            tables.add("calendar", [_week(about)])
        tables.add("calendar_dates", _exceptions(about))
        if about.agency_en:
            english = translated(
                "agency", "agency_name", about.agency_en, record=AGENCY
            )
            tables.add("translations", [english])
        if long_name(about) and about.line_name_en:
            said = about.line_name_en
            english = translated("routes", "route_long_name", said, record=ROUTE)
            tables.add("translations", [english])
        if fares is not None:
            prices.add(tables, fares, about)
            network = {"network_id": NETWORK, "route_id": ROUTE}
            tables.add("route_networks", [network])

    def add_stops(self) -> None:
        """Add the places trips halt at, with their English names."""
        self.tables.add("stops", map(self._stop, self.places))
        for code, identity in self.ids.items():
            if self.names_en.get(code):
                said = self.names_en[code]
                row = translated("stops", "stop_name", said, record=identity)
                self.tables.add("translations", [row])

    def _stop(self, place: Place) -> Row:
        lat, lon = self.where[place.code]
        identity = self.ids[place.code]
        return {
            "stop_id": identity,
            "stop_code": "" if identity == place.code else place.code,
            "stop_name": self.names[place.code],
            "stop_lat": f"{lat:.6f}",
            "stop_lon": f"{lon:.6f}",
        }

    def add_trips(self, lines: Lines | None) -> None:
        """Add trips with their times, and the ways they take where they are known."""
        shapes: dict[tuple[str, ...], tuple[str, Shape]] = {}
        for run in self.runs:
            if lines is not None and run.places not in shapes:
                drawn = shape(run.places, self.where, lines)
                shapes[run.places] = (f"shape-{len(shapes) + 1}", drawn)
        for name, drawn in shapes.values():
            self.tables.add("shapes", _points(name, drawn))
        for run in self.runs:
            name, found = shapes.get(run.places, ("", None))
            self.add_trip(run, name)
            marks = found.at_metres if found else ()
            self.tables.add("stop_times", self._times(run, marks))
        self.add_headsigns()

    def add_trip(self, run: Run, shape_id: str = "") -> None:
        """Add the row of one trip."""
        row = {
            "route_id": ROUTE,
            "service_id": SERVICE,
            "trip_id": run.code,
            "trip_headsign": self.names[run.halts[-1].place],
            "direction_id": str(int(run.home)),
            "block_id": run.block,
            "shape_id": shape_id,
        }
        self.tables.add("trips", [row])

    def add_headsigns(self) -> None:
        """Add English names of where trips go."""
        for code in dict.fromkeys(run.halts[-1].place for run in self.runs):
            if self.names_en.get(code):
                said, value = self.names_en[code], self.names[code]
                row = translated("trips", "trip_headsign", said, value=value)
                if row not in self.tables.rows.get("translations", ()):
                    self.tables.add("translations", [row])

    def _times(self, run: Run, marks: tuple[float, ...]) -> Iterator[Row]:
        for place, halt in enumerate(run.halts):
            row = {**self.halt(run, halt), "stop_sequence": str(place + 1)}
            if marks:
                row["shape_dist_traveled"] = f"{marks[place]:.2f}"
            yield row

    def halt(self, run: Run, halt: Halt) -> Row:
        """Return the row of a halt at its minute."""
        return {
            "trip_id": run.code,
            "arrival_time": clock(halt.arrive_minute),
            "departure_time": clock(halt.depart_minute),
            "stop_id": self.ids[halt.place],
            "pickup_type": ALLOWED if halt.boards else FORBIDDEN,
            "drop_off_type": FORBIDDEN if halt.boards else ALLOWED,
            "timepoint": "1",
        }

    def archive(self) -> bytes:
        """Return the feed, dated and with a version that changes when it does."""
        about = self.about
        row = {
            "feed_publisher_name": about.agency,
            "feed_publisher_url": about.url,
            "feed_lang": about.language,
            "feed_start_date": day(about.first_day),
            "feed_end_date": day(about.last_day),
            "feed_version": self.tables.digest(),
            "feed_contact_email": about.email,
            "feed_contact_url": about.url,
        }
        self.tables.add("feed_info", [row])
        return self.tables.archive()


def _agency(about: About) -> Row:
    return {
        "agency_id": AGENCY,
        "agency_name": about.agency,
        "agency_url": about.url,
        "agency_timezone": about.timezone,
        "agency_lang": about.language,
        "agency_phone": about.phone,
        "agency_email": about.email,
    }


def _week(about: About) -> Row:
    week = zip(WEEKDAYS, about.weekdays, strict=True)
    return {
        "service_id": SERVICE,
        **{name: str(int(runs_then)) for name, runs_then in week},
        "start_date": day(about.first_day),
        "end_date": day(about.last_day),
    }


def _exceptions(about: About) -> Iterator[Row]:
    kinds = dict.fromkeys(about.also_on, "1") | dict.fromkeys(about.not_on, "2")
    for exception, kind in sorted(kinds.items()):
        told = {"date": day(exception), "exception_type": kind}
        yield {"service_id": SERVICE, **told}


def day(value: date) -> str:
    """Return a day as feeds have it: 20260131."""
    return value.strftime("%Y%m%d")


def _points(name: str, drawn: Shape) -> Iterator[Row]:
    for number, (lat, lon, metres) in enumerate(drawn.points):
        yield {
            "shape_id": name,
            "shape_pt_lat": f"{lat:.6f}",
            "shape_pt_lon": f"{lon:.6f}",
            "shape_pt_sequence": str(number),
            "shape_dist_traveled": f"{metres:.2f}",
        }
