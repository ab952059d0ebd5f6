"""The command ``wugeyi line roster``, and a roster's tables among the templates."""

import argparse
import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Protocol

from wugeyi.engines.lineplanning.crew import OWN, Driver, Duty, Roster, RosterRules
from wugeyi.engines.lineplanning.findings import Finding, Language, clock
from wugeyi.engines.lineplanning.reading.crew import Crew, read_crew, write_crew
from wugeyi.engines.lineplanning.tariff import STANDARD
from wugeyi.engines.lineplanning.texts_roster import TITLES

ABSENT = frozenset({"sheet-missing", "table-missing"})
"""Of requests, these say that there are duties only and no line to plan."""


class Says(Protocol):
    """Says things in the reader's language."""

    language: Language

    def tell(self, code: str, **values: str | int) -> None:
        """Say something beside the result."""

    def findings(self, found: Iterable[Finding]) -> None:
        """Say what was noticed."""

    def result(self, text: str) -> None:
        """Write a line of the result."""


def arguments(parser: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    """Add what the command takes beside the folder."""
    day = date.fromisoformat
    parser.add_argument(
        "--from", dest="first", type=day, required=True, help=text("from-help")
    )
    parser.add_argument("--on", type=day, help=text("roster-on-help"))
    parser.add_argument("--days", type=int, default=28, help=text("days-help"))
    parser.add_argument("--out", type=Path, help=text("roster-out-help"))


def templates(folder: Path, seed: int | None, *, chinese: bool) -> None:
    """Write the tables of a roster, empty but for the rules and fares, or invented."""
    write_crew(invented(seed), folder, chinese=chinese)


def invented(seed: int | None) -> Crew:
    """Return what templates hold: fares and rules only, or somebody invented."""
    from wugeyi.engines.lineplanning.roster import instance

    if seed is None:
        return Crew(fares=STANDARD)
    regular = instance.duties(seed)[6:]
    return Crew(instance.drivers(seed), regular, RosterRules(), STANDARD)


def run(screen: Says, given: argparse.Namespace) -> int:
    """Read the folder, make a roster, check it, say and write it."""
    from wugeyi.engines.lineplanning.checker import check_roster
    from wugeyi.engines.lineplanning.roster import rostered

    on = given.on or given.first
    crew, noticed = read_crew(given.folder, on=on)
    screen.findings(noticed)
    for rule, origin in crew.rules.origins.items():
        if not origin.verified and origin != OWN:
            number = getattr(crew.rules, rule)
            screen.tell(
                "rule-unverified", rule=rule, number=number, source=origin.source
            )
    duties = (*_planned(screen, given.folder, crew.rules, on), *crew.duties)
    first = given.first
    roster = rostered(
        crew.drivers, duties, crew.rules, first_day=first, days=given.days
    )
    breaches = check_roster(
        crew.drivers, duties, crew.rules, roster, first_day=first, days=given.days
    )
    screen.findings(breaches)
    rows = [TITLES[screen.language], *_rows(crew.drivers, duties, roster)]
    for row in rows:
        screen.result("\t".join(row))
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        path = given.out / "roster.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    screen.tell(
        "rostered",
        drivers=len(crew.drivers),
        days=given.days,
        many=len(roster.assignments),
        single=roster.single_days,
        bound=roster.bound,
        changes=roster.bus_changes,
    )
    return 1 if breaches else 0


def _planned(
    screen: Says, folder: Path, rules: RosterRules, on: date
) -> tuple[Duty, ...]:
    """Return the duties of the line's own plan, none where nothing is to be planned."""
    from wugeyi.engines.lineplanning.inputs import require
    from wugeyi.engines.lineplanning.packing import solve
    from wugeyi.engines.lineplanning.reading.folder import assembled, called
    from wugeyi.engines.lineplanning.reading.given import gathered
    from wugeyi.engines.lineplanning.reading.tables import TABLES
    from wugeyi.engines.lineplanning.roster.cutting import cut

    given = gathered(folder, TABLES)
    absent = {each.subject for each in given.found if each.code in ABSENT}
    if given.where["requests"] in absent:
        return ()
    case, noticed = assembled(given, name=called(folder), on=on)
    if not case.requests:
        return ()
    screen.findings(noticed)
    require(case)
    duties, found = cut(solve(case), case, rules)
    screen.findings(found)
    return duties


def _rows(
    drivers: Iterable[Driver], duties: Iterable[Duty], roster: Roster
) -> list[tuple[str, ...]]:
    names = {each.code: each.name for each in drivers}
    times = {each.code: each for each in duties}
    return [
        (
            each.day.isoformat(),
            each.duty,
            each.driver,
            names[each.driver],
            clock(times[each.duty].begin_minute),
            clock(times[each.duty].end_minute),
        )
        for each in roster.assignments
    ]
