"""From drivers and duties to a roster: exchanges until no single day can be spared."""

import random
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from wugeyi.engines.lineplanning.crew import (
    Assignment,
    Driver,
    Duty,
    Roster,
    RosterRules,
    Work,
)
from wugeyi.engines.lineplanning.findings import Finding, Refused, Value
from wugeyi.engines.lineplanning.roster import kernels
from wugeyi.engines.lineplanning.roster.bound import fewest
from wugeyi.engines.lineplanning.roster.conflicts import at_odds
from wugeyi.engines.lineplanning.roster.inputs import require
from wugeyi.engines.lineplanning.roster.tables import Array, Tables, tables

BROKEN, SINGLE = 4, 1
"""What a broken rule costs beside a single day while single days are made few."""
HOT, COLD = 0.35, 0.05
"""So much is worse at first and at last of what is still taken now and then."""

Progress = Callable[[int, int], bool]
"""Told single days (-1 while rules are broken) and their bound after each round; False
ends the work."""


def always(_single_days: int, _bound: int) -> bool:
    """Go on: the progress nobody asked for."""
    return True


def rostered(
    drivers: Sequence[Driver],
    duties: Sequence[Duty],
    rules: RosterRules | None = None,
    *,
    first_day: date,
    days: int = 28,
    work: Work | None = None,
    before: Sequence[Assignment] = (),
    progress: Progress = always,
) -> Roster:
    """Return a roster that keeps all rules with as few single days as can be.

    Parameters
    ----------
    days
        1 to 92.
    work
        The same drivers, duties, rules and work give the same roster.
    before
        Who drove what in the seven days before, so that rules hold across the border.

    Returns
    -------
    Roster
        Among those with as few single days, one with few changes of bus; nothing is
        proven of these.

    Raises
    ------
    Refused
        Inputs make no sense, no roster can be (with the fewest inputs found to be at
        odds), or none was found.
    """
    rules, work = rules or RosterRules(), work or Work()
    require(drivers, duties, rules, days=days)
    known = tables(drivers, duties, rules, first_day, days, before)
    rows, bound, stopped = _best(known, work, progress, before)
    single = _counts(known, rows)
    work_days, rest_days, changes, _ = (int(each) for each in single)
    return Roster(
        _assignments(known, rows), work_days, rest_days, changes, bound, stopped
    )


def _best(
    known: Tables, work: Work, progress: Progress, before: Sequence[Assignment]
) -> tuple[Array, int, bool]:
    """Return the best rows found, a bound, and whether somebody ended the work."""
    started = _started(known)
    if started is None:
        raise Refused(at_odds(known, before) or _none(1))
    best, least, bound = None, -1, 0
    for number in range(work.rounds):
        rows = started.copy()
        prices = (SINGLE, SINGLE, 0, BROKEN)
        _search(known, rows, prices, work.steps, number, enough=bound)
        working, resting, _, broken = (int(each) for each in _counts(known, rows))
        single = working + resting
        if number == 0 and (broken or single):
            bound = _bound(known, work, before, broken=broken)
        if not broken and (best is None or single < least):
            best, least = rows, single
        if best is not None and least <= bound:
            return _fewer_changes(known, best, work), bound, False
        if not progress(least, bound):
            break
    if best is None:
        raise Refused(_none(broken))
    if number + 1 < work.rounds:
        return best, bound, True
    return _fewer_changes(known, best, work), bound, False


def _bound(
    known: Tables, work: Work, before: Sequence[Assignment], *, broken: int
) -> int:
    """Return the fewest single days there can be; refuse what cannot be at all."""
    found = at_odds(known, before) if broken else None
    if found:
        raise Refused(found)
    return fewest(known, work.nodes)


def _none(broken: int) -> Finding:
    values: dict[str, Value] = {"broken": broken}
    return Finding("roster-not-found", "error", "", values)


def _started(known: Tables) -> Array | None:
    """Return somebody there for each duty, at random; None if there are too few."""
    draw = random.Random(0)  # noqa: S311 (where to begin, no secret)
    rows = np.full((len(known.drivers), len(known.days)), -1, dtype=np.int64)
    rows[:, : known.first] = known.past
    for day in range(known.first, len(known.days)):
        there = [d for d in range(len(rows)) if not known.away[d, day]]
        draw.shuffle(there)
        for duty in np.flatnonzero(known.runs[day]):
            if not there:
                return None
            rows[there.pop(), day] = duty
    return rows


def _search(
    known: Tables,
    rows: Array,
    prices: tuple[int, int, int, int],
    steps: int,
    seed: int,
    *,
    enough: int,
    heat: tuple[float, float] = (HOT, COLD),
) -> int:
    if len(rows) < 2:
        return 0
    return int(
        kernels.search(
            rows,
            known.first,
            known.away,
            known.low,
            known.high,
            known.figures(),
            known.clash,
            known.weekend,
            known.limits,
            np.array(prices, dtype=np.int64),
            seed,
            steps,
            *heat,
            enough,
        )
    )


def _fewer_changes(known: Tables, rows: Array, work: Work) -> Array:
    """Return rows as good with fewer changes of bus."""
    better = rows.copy()
    prices = (15, 15, 1, 30)
    _search(known, better, prices, work.steps // 4, 0, enough=0, heat=(0.5, 0.1))
    one, other = _counts(known, rows), _counts(known, better)
    kept = other[3] == 0 and other[0] + other[1] <= one[0] + one[1]
    return better if kept and other[2] < one[2] else rows


def _counts(known: Tables, rows: Array) -> Array:
    """Return what is counted of all drivers together."""
    total = np.zeros(4, dtype=np.int64)
    found = np.zeros(4, dtype=np.int64)
    figures, weekend = known.figures(), known.weekend
    for driver, row in enumerate(rows):
        kernels.count(
            row,
            known.first,
            known.away[driver],
            known.low[driver],
            known.high[driver],
            figures,
            known.clash,
            weekend,
            known.limits,
            found,
        )
        total += found
    return total


def _assignments(known: Tables, rows: Array) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(known.drivers[driver].code, known.days[day], known.duties[duty].code)
        for day in range(known.first, len(known.days))
        for duty, driver in sorted(
            (int(rows[driver, day]), driver)
            for driver in range(len(rows))
            if rows[driver, day] >= 0
        )
    )
