"""What stands in the town when a row of bus lines is asked: built once for all rows.

The town runs the line, which stops in the community and in the neighbour; two more lines
are run by the department and by the community. Who has no post drives for the town.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from tests.buslines.line import DAY, BusLine, build, create
from tests.buslines.planned import ask, scenario
from tests.buslines.timetable import call, drawn_up, planned, published
from wugeyi.buslines.actions import (
    bookings,
    files,
    importing,
    records,
    rostering,
    surveys,
)
from wugeyi.buslines.adapter import tables
from wugeyi.buslines.models import (
    Absence,
    Booking,
    Edition,
    Line,
    Plan,
    Roster,
    Scenario,
    Survey,
    SurveyFinding,
)
from wugeyi.imports.models import Batch
from wugeyi.jobs.models import Work
from wugeyi.uploads.actions import store

Laid = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Stage:
    """A line with one of everything."""

    bus: BusLine
    plan: Plan
    other: Scenario
    work: Work
    roster: Roster
    draft: Edition
    edition: Edition
    booking: Booking
    survey: Survey
    seen: SurveyFinding
    absence: Absence
    tables: Batch
    feed: Batch
    departments: Line
    communitys: Line

    @property
    def line(self) -> Line:
        """The line of the town."""
        return self.bus.line


def stage(bus: BusLine) -> Stage:
    """Put everything a page may be asked for on the small line."""
    world = bus.world
    driver = bus.driver("d", user=world["postless"])
    plan = planned(bus)
    asked = ask(bus, scenario(bus, "停 6 站", stops_limit=6))
    assert asked.work is not None
    edition = published(bus)
    survey, seen = _surveyed(bus)
    return Stage(
        bus=bus,
        plan=plan,
        other=asked.scenario,
        work=asked.work,
        roster=_roster(bus, plan),
        draft=drawn_up(bus, valid_from=timezone.localdate() + timedelta(days=40)),
        edition=edition,
        booking=_booked(edition),
        survey=survey,
        seen=seen,
        absence=_away(bus, driver),
        tables=_sent(bus),
        feed=_feed(bus),
        departments=create(world, world.department, name="局里的线", number="1"),
        communitys=create(world, world.community, name="社区的线", number="2"),
    )


def whole(world: Any) -> Stage:
    """The small line of a world with one of everything."""
    return stage(build(world))


def _roster(bus: BusLine, plan: Plan) -> Roster:
    return rostering.ask_for_roster(
        plan=plan,
        client_id=uuid4(),
        first_day=DAY,
        days=28,
        by=bus.by,
        at=bus.world.now(),
    )


def _booked(edition: Edition) -> Booking:
    now = timezone.now()
    wish = bookings.Wish(
        client_id=uuid4(),
        call=call(edition, "v1"),
        on=timezone.localdate() + timedelta(days=2),
        word="王",
    )
    return bookings.book(wish=wish, at=now)


def _surveyed(bus: BusLine) -> tuple[Survey, SurveyFinding]:
    at = bus.world.now()
    sheet = BytesIO()
    Image.new("RGB", (40, 30), "#336655").save(sheet, "PNG")
    photo = store(file=ContentFile(sheet.getvalue(), name="p.png"), by=bus.by, at=at)
    made = surveys.record(
        line=bus.line,
        client_id=uuid4(),
        look=surveys.Look(surveyed_on=DAY, people="党员 4 人"),
        by=bus.by,
        at=at,
    )
    seen = surveys.find(
        survey=made,
        client_id=uuid4(),
        seen=surveys.Seen(
            what=SurveyFinding.What.ROAD,
            spot=bus.spots["v1"],
            text="路肩塌了半米",
            photo=photo,
        ),
        by=bus.by,
        at=at,
    )
    return made, seen


def _away(bus: BusLine, driver: Any) -> Absence:
    day = timezone.localdate()
    return records.away(
        driver=driver, first_day=day, last_day=day, by=bus.by, at=bus.world.now()
    )


def _sent(bus: BusLine) -> Batch:
    return importing.keep(
        line=bus.line,
        filename="a.xlsx",
        content=tables.blank(english=False),
        rows=1,
        by=bus.by,
        at=bus.world.now(),
    )


def _feed(bus: BusLine) -> Batch:
    return files.keep_feed(
        line=bus.line,
        filename="a.zip",
        content=b"",
        trips=1,
        by=bus.by,
        at=bus.world.now(),
    )


def _of_line(**more: Any) -> Callable[[Stage], Laid]:
    return lambda made: ({"pk": made.line.pk} | more, {})


def _pk(pick: Callable[[Stage], Any]) -> Callable[[Stage], Laid]:
    return lambda made: ({"pk": pick(made).pk}, {})


def _public(
    more: Callable[[Stage], dict[str, Any]] = lambda made: {},
) -> Callable[[Stage], Laid]:
    return lambda made: ({"code": made.line.code} | more(made), {})


def _demand(made: Stage) -> Laid:
    row = made.bus.demands["r1"]
    return {"pk": made.line.pk, "kind": "demand", "row": row.pk}, {}


def _villages(made: Stage) -> Laid:
    code = made.bus.world.community.code
    return {"code": code, "row": made.bus.demands["r1"].pk}, {}


def _trip(edition: Edition) -> Laid:
    trip = edition.trips.earliest("number")
    return {"trip": trip.pk, "on": timezone.localdate().isoformat()}, {}


def _driver(made: Stage) -> dict[str, Any]:
    return {"pk": made.line.pk, "row": made.absence.driver_id}


SETUPS: dict[str, Callable[[Stage], Laid]] = {
    "-": lambda made: ({}, {}),
    "bus-line": _of_line(),
    "bus-depts": lambda made: ({"pk": made.departments.pk}, {}),
    "bus-own": lambda made: ({"pk": made.communitys.pk}, {}),
    "bus-kind": _of_line(kind="demand"),
    "bus-fares": _of_line(kind="fares"),
    "bus-crew": _of_line(kind="drivers"),
    "bus-coded": _of_line(kind="demand", code="r1"),
    "bus-record": _demand,
    "bus-driver": lambda made: (_driver(made), {}),
    "bus-absence": lambda made: (_driver(made) | {"absence": made.absence.pk}, {}),
    "bus-tables": lambda made: ({"pk": made.line.pk, "batch": made.tables.pk}, {}),
    "bus-feed": lambda made: ({"pk": made.line.pk, "batch": made.feed.pk}, {}),
    "bus-village": lambda made: ({"code": made.bus.world.community.code}, {}),
    "bus-villager": _villages,
    "bus-scenario": _pk(lambda made: made.plan.scenario),
    "bus-plan": _pk(lambda made: made.plan),
    "bus-work": _pk(lambda made: made.work),
    "bus-roster": _pk(lambda made: made.roster),
    "bus-survey": _pk(lambda made: made.survey),
    "bus-seen": _pk(lambda made: made.seen),
    "bus-draft": _pk(lambda made: made.draft),
    "bus-edition": _pk(lambda made: made.edition),
    "bus-public": _public(),
    "bus-stop": _public(lambda made: {"spot": made.bus.spots["v1"].pk}),
    "bus-call": _public(lambda made: {"call": call(made.edition, "v1").pk}),
    "bus-booked": lambda made: ({"code": made.booking.code}, {}),
    "bus-driven": lambda made: _trip(made.edition),
    "bus-undriven": lambda made: _trip(made.draft),
    "bus-drafted": lambda made: (
        {"code": made.line.code},
        {"edition": made.draft.number},
    ),
}
