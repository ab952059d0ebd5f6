"""Which inputs are at odds when no roster can be: as few as a filter finds.

Whether inputs are at odds is asked of a linear program in which parts of a driver may
drive parts of a duty: where even that cannot be, no roster can. Inputs are dropped one
by one as long as the rest is still at odds; what remains is needed, each of it.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from wugeyi.engines.lineplanning.crew import Assignment, Duty, RosterRules
from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.linear import Program
from wugeyi.engines.lineplanning.roster.tables import Tables, tables

T = TypeVar("T")

INFINITE = float("inf")
# What a rule is when it does not bind, in the order rules are doubted.
LOOSE: dict[str, Any] = {
    "spread_duties": -1,
    "spread_early": -1,
    "spread_weekends": -1,
    "driving_7d_minutes": 7 * 1440,
    "driving_24h_minutes": 1440,
    "rest_minutes": -1440,
    "rest_days_in_7": 0,
    "stars": 0,
    "years": 0,
}


@dataclass(frozen=True, slots=True)
class _Inputs:
    known: Tables
    before: tuple[Assignment, ...]
    rules: RosterRules
    absent: frozenset[str]
    days: frozenset[date]
    duties: tuple[Duty, ...]

    def impossible(self) -> bool:
        """Tell whether these inputs are at odds for certain."""
        drivers = [
            each if each.code in self.absent else replace(each, absent=())
            for each in self.known.drivers
        ]
        first = self.known.first
        made = tables(
            drivers,
            self.duties,
            self.rules,
            self.known.days[first],
            len(self.known.days) - first,
            self.before,
        )
        for number, day in enumerate(made.days):
            if day not in self.days:
                made.runs[number] = False
        return impossible(made)


def at_odds(known: Tables, before: Sequence[Assignment] = ()) -> Finding | None:
    """Return the fewest inputs found that no roster can keep, None if none are known.

    None does not say that there is a roster, only that this does not see why not.
    """
    first = known.first
    inputs = _Inputs(
        known,
        tuple(before),
        known.rules,
        frozenset(each.code for each in known.drivers if each.absent),
        frozenset(known.days[first:]),
        known.duties,
    )
    if not inputs.impossible():
        return None
    named: list[str] = []
    for rule, loose in LOOSE.items():
        without = replace(inputs, rules=replace(inputs.rules, **{rule: loose}))
        if without.impossible():
            inputs = without
        elif getattr(inputs.rules, rule) != loose:
            named.append(f"rule {rule}")
    inputs, absent = _filtered(
        inputs,
        sorted(inputs.absent),
        lambda i, kept: replace(i, absent=frozenset(kept)),
    )
    inputs, days = _filtered(
        inputs, sorted(inputs.days), lambda i, kept: replace(i, days=frozenset(kept))
    )
    inputs, duties = _filtered(
        inputs, inputs.duties, lambda i, kept: replace(i, duties=tuple(kept))
    )
    values: dict[str, Value] = {
        "drivers": len(known.drivers),
        "duties": len(duties),
        "days": tuple(day.isoformat() for day in days),
        "rules": tuple(each.removeprefix("rule ") for each in named) or ("-",),
    }
    named += [f"absence {code}" for code in absent]
    named += [f"day {day.isoformat()}" for day in days]
    named += [f"duty {duty.code}" for duty in duties]
    return Finding("roster-impossible", "error", "", values, tuple(named))


def _filtered(
    inputs: _Inputs, of: Sequence[T], made: Callable[[_Inputs, list[T]], _Inputs]
) -> tuple[_Inputs, list[T]]:
    """Drop what is not needed: halves first, then one by one."""
    kept = list(of)
    size = max(len(kept) // 2, 1)
    while kept:
        at = 0
        while at < len(kept):
            fewer = made(inputs, kept[:at] + kept[at + size :])
            if fewer.impossible():
                kept = kept[:at] + kept[at + size :]
            else:
                at += size
        if size == 1:
            break
        size //= 2
    return made(inputs, kept), kept


def impossible(made: Tables) -> bool:
    """Tell whether not even parts of drivers could keep the rules."""
    if not made.drivers:
        return bool(made.runs.any())
    program = Program()
    cover: dict[tuple[int, int], list[int]] = defaultdict(list)
    for alike in _alike(made):
        _part(program, made, alike, cover)
    for day in range(made.first, len(made.days)):
        for duty in range(len(made.duties)):
            if made.runs[day, duty]:
                if not cover[day, duty]:
                    return True
                program.row(1, 1, [(each, 1.0) for each in cover[day, duty]])
    return program.solve(whole=False).impossible


def _alike(made: Tables) -> list[list[int]]:
    found: dict[tuple[bytes, ...], list[int]] = defaultdict(list)
    for driver in range(len(made.drivers)):
        parts = (made.away, made.past, made.low, made.high)
        found[tuple(part[driver].tobytes() for part in parts)].append(driver)
    return list(found.values())


def _part(
    program: Program,
    made: Tables,
    alike: list[int],
    cover: dict[tuple[int, int], list[int]],
) -> None:
    """Write what drivers alike do, all of them together."""
    one, many = alike[0], len(alike)
    does: dict[tuple[int, int], int] = {}
    for day in range(made.first, len(made.days)):
        if made.away[one, day]:
            continue
        today = [duty for duty in range(len(made.duties)) if made.runs[day, duty]]
        for duty in today:
            does[day, duty] = program.column(most=many)
            cover[day, duty].append(does[day, duty])
        program.row(0, many, [(does[day, duty], 1.0) for duty in today])
    _rows(program, made, one, many, does)
    early, weekend = made.early, made.weekend
    for kind in range(3):
        terms = [
            (column, 1.0)
            for (day, duty), column in does.items()
            if kind == 0 or (early[duty] if kind == 1 else weekend[day])
        ]
        low, high = int(made.low[one, kind]), int(made.high[one, kind])
        program.row(many * low, many * high, terms)


def _rows(
    program: Program,
    made: Tables,
    one: int,
    many: int,
    does: dict[tuple[int, int], int],
) -> None:
    """Keep who follows whom, and what is done in 7 days."""
    past = {
        (day, int(duty)): many for day, duty in enumerate(made.past[one]) if duty >= 0
    }
    minutes = [duty.driving_minutes for duty in made.duties]
    followers = {tuple(row) for row in made.clash.tolist() if any(row)}
    for day in range(made.first, len(made.days)):
        for follower in sorted(followers):
            # All before which not even these may come share one row.
            before = [
                duty
                for duty, row in enumerate(made.clash)
                if all(row[at] for at, bad in enumerate(follower) if bad)
            ]
            pair = [(does[day - 1, d], 1.0) for d in before if (day - 1, d) in does]
            gone = sum(past.get((day - 1, duty), 0) for duty in before)
            pair += [
                (does[day, duty], 1.0)
                for duty, bad in enumerate(follower)
                if bad and (day, duty) in does
            ]
            program.row(0, many - gone, pair)
        week = range(max(day - 6, 0), day + 1)
        inside = [(key, column) for key, column in does.items() if key[0] in week]
        gone = sum(n for key, n in past.items() if key[0] in week)
        driven = sum(n * minutes[key[1]] for key, n in past.items() if key[0] in week)
        most, days = (int(each) for each in made.limits)
        program.row(
            -INFINITE,
            many * most - driven,
            [(column, float(minutes[key[1]])) for key, column in inside],
        )
        program.row(
            -INFINITE, many * days - gone, [(column, 1.0) for _, column in inside]
        )
