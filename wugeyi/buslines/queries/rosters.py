"""Rosters of a plan: their list, and one of them as people read it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from wugeyi.buslines.adapter import rostering as engine
from wugeyi.buslines.models import Plan, Roster

SATURDAY = 5
OTHERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A day's work: the mark it has in the table, when, and how long it is driven."""

    mark: str
    code: str
    name: str
    begin: int
    end: int
    driving: int
    own: bool
    early: bool
    weekdays: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a driver: a duty, absent, or nothing."""

    day: date
    duty: DutyRow | None
    absent: bool
    weekend: bool


@dataclass(frozen=True, slots=True)
class DriverRow:
    """A driver's days, and what they come to."""

    code: str
    name: str
    cells: list[Cell]
    duties: int
    early: int
    weekend: int
    minutes: int

    @property
    def hours(self) -> float:
        """Return the time on duty in hours."""
        return self.minutes / 60


@dataclass(frozen=True, slots=True)
class Unfit:
    """A driver who may not drive the line: "years" or "stars" is why."""

    code: str
    name: str
    why: str
    stars: int
    licensed_on: date


@dataclass(frozen=True, slots=True)
class SeenRoster:
    """A roster as a table; ``least`` is the fewest single days there can be."""

    days: list[date]
    rows: list[DriverRow]
    duties: list[DutyRow]
    unfit: list[Unfit]
    years: int
    stars: int
    single: int
    least: int
    stopped: bool


def rosters_of(plan: Plan) -> list[Roster]:
    """Return a plan's rosters, newest first, without their inputs; one query."""
    rows = plan.rosters.defer("inputs").select_related("work")
    return list(rows.order_by("-pk")[:20])


def load_roster(key: int) -> Roster | None:
    """Return a roster with its plan, line and work; one query."""
    return (
        Roster.objects.select_related(
            "plan__scenario__line__organisation", "work", "by"
        )
        .defer("plan__inputs", "plan__fares")
        .filter(pk=key)
        .first()
    )


def unfit_of(roster: Roster) -> tuple[list[Unfit], engine.RosterRules]:
    """Return who may not drive the line on the first day and why, by staff number."""
    book = engine.open_book(roster.inputs)
    found = []
    for driver in sorted(book.drivers, key=lambda each: each.code):
        why = engine.unfit(driver, book.rules, roster.first_day)
        if why:
            found.append(
                Unfit(driver.code, driver.name, why, driver.stars, driver.licensed_on)
            )
    return found, book.rules


def see(roster: Roster) -> SeenRoster | None:
    """Return a roster as a table, drivers by staff number; None if there is none."""
    if roster.result is None:
        return None
    book, made = engine.open_book(roster.inputs), engine.roster_of(roster.result)
    duties = _duties(book)
    by_code = {each.code: each for each in duties}
    given = {(each.driver, each.day): by_code[each.duty] for each in made.assignments}
    days = [roster.first_day + timedelta(days=n) for n in range(roster.days)]
    unfit, rules = unfit_of(roster)
    out = {each.code for each in unfit}
    return SeenRoster(
        days=days,
        rows=[
            _row(driver, days, given)
            for driver in sorted(book.drivers, key=lambda each: each.code)
            if driver.code not in out
            or any((driver.code, day) in given for day in days)
        ],
        duties=duties,
        unfit=unfit,
        years=rules.years,
        stars=rules.stars,
        single=made.single_days,
        least=made.bound,
        stopped=made.stopped,
    )


def _duties(book: engine.Book) -> list[DutyRow]:
    """Return duties with marks: numbers for those of the plan, letters for others."""
    counted: Counter[bool] = Counter()
    found = []
    for duty in sorted(book.duties, key=lambda each: (each.begin_minute, each.code)):
        own = duty.code in book.own
        number = counted[own]
        counted[own] += 1
        letter = OTHERS[number % len(OTHERS)] * (number // len(OTHERS) + 1)
        found.append(
            DutyRow(
                mark=str(number + 1) if own else letter,
                code=duty.code,
                name=book.names.get(duty.code, duty.code),
                begin=duty.begin_minute,
                end=duty.end_minute,
                driving=duty.driving_minutes,
                own=own,
                early=duty.begin_minute < book.rules.early_before_minute,
                weekdays=duty.weekdays,
            )
        )
    return found


def _row(
    driver: engine.Driver, days: list[date], given: dict[tuple[str, date], DutyRow]
) -> DriverRow:
    absent = frozenset(driver.absent)
    cells = [
        Cell(
            day,
            given.get((driver.code, day)),
            day in absent,
            day.weekday() >= SATURDAY,
        )
        for day in days
    ]
    driven = [cell for cell in cells if cell.duty is not None]
    return DriverRow(
        code=driver.code,
        name=driver.name,
        cells=cells,
        duties=len(driven),
        early=sum(cell.duty.early for cell in driven if cell.duty),
        weekend=sum(cell.weekend for cell in driven),
        minutes=sum(cell.duty.end - cell.duty.begin for cell in driven if cell.duty),
    )
