"""Rosters: a plan's duties and the regular ones, given to drivers by the engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wugeyi.engines.lineplanning.archive import (
    case_from_json,
    from_json,
    plan_from_json,
    to_json,
)
from wugeyi.engines.lineplanning.checker.roster import check_roster
from wugeyi.engines.lineplanning.crew import (
    Driver,
    Duty,
    Roster,
    RosterRules,
)
from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.roster.cutting import cut

__all__ = [
    "Book",
    "Driver",
    "RosterRules",
    "Rostered",
    "freeze",
    "make",
    "open_book",
    "roster_of",
    "unfit",
]

Json = Any
Progress = Callable[[int, int], bool]
"""Told how many days stand alone so far and how many must; False ends the work."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a roster is made from."""

    drivers: tuple[Driver, ...]
    duties: tuple[Duty, ...]
    rules: RosterRules
    own: tuple[str, ...]
    """Codes of the duties that come from the plan."""
    noticed: tuple[Finding, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What people call them, by code."""


@dataclass(frozen=True, slots=True)
class Rostered:
    """A roster, or why there is none."""

    result: Json | None
    findings: list[Json]
    proven: bool


def freeze(
    inputs: Json,
    result: Json,
    drivers: tuple[Driver, ...],
    duties: tuple[Duty, ...],
    rules: RosterRules,
) -> Json:
    """Return drivers, duties and rules as a roster keeps them.

    A plan's blocks become duties, cut where a rule demands it.
    """
    case, plan = case_from_json(inputs), plan_from_json(result)
    own, noticed = cut(plan, case, rules)
    kinds = {each.code: each.name or each.code for each in case.vehicles}
    buses = {
        f"{block.vehicle} {block.number}": f"{kinds[block.vehicle]} {block.number}"
        for block in plan.blocks
    }
    book = Book(
        drivers=drivers,
        duties=(*own, *duties),
        rules=rules,
        own=tuple(each.code for each in own),
        noticed=noticed,
        names={
            duty.code: duty.code.replace(bus, name, 1)
            for duty in own
            for bus, name in buses.items()
            if duty.code == bus or duty.code.startswith(f"{bus}/")
        },
    )
    return to_json(book)


def open_book(kept: Json) -> Book:
    """Return what ``freeze`` kept."""
    return from_json(Book, kept)


def make(kept: Json, first_day: date, days: int, progress: Progress) -> Rostered:
    """Search for the roster; inputs at odds come back as findings."""
    from wugeyi.engines.lineplanning.roster.search import rostered

    book = open_book(kept)
    noticed = to_json(book.noticed)
    try:
        made = rostered(
            book.drivers,
            book.duties,
            book.rules,
            first_day=first_day,
            days=days,
            progress=progress,
        )
    except Refused as refused:
        return Rostered(None, [*noticed, *to_json(refused.findings)], proven=False)
    # Another program, which knows nothing of the search, has the last word.
    breaches = check_roster(
        book.drivers, book.duties, book.rules, made, first_day=first_day, days=days
    )
    if breaches:
        return Rostered(None, [*noticed, *to_json(breaches)], proven=False)
    return Rostered(to_json(made), noticed, made.proven)


def roster_of(result: Json) -> Roster:
    """Return a roster that was made."""
    return from_json(Roster, result)


def unfit(driver: Driver, rules: RosterRules, day: date) -> str:
    """Return the rule that keeps a driver from the line: "stars", "years" or ""."""
    from wugeyi.engines.lineplanning.roster.tables import unfit as engine_unfit

    return engine_unfit(driver, rules, day)
