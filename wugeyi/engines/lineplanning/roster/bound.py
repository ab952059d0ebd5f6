"""How few single days there can be: drivers alike as one flow through days.

A driver's days are a path: the first, second, … day of work, the first day of rest,
further ones. What a driver may do besides, and which duty it is, is left out, and
drivers alike share one flow, whose quotas hold for all of them together: so no roster
has fewer single days than the cheapest flow.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from wugeyi.engines.lineplanning.linear import Program, Term
from wugeyi.engines.lineplanning.roster.tables import Tables

REST = 0
LONG_REST = -1
Node = tuple[int, int]
"""Day, and state: so many days at work, REST or LONG_REST."""


@dataclass(slots=True)
class _Flow:
    into: dict[Node, list[int]] = field(default_factory=lambda: defaultdict(list))
    out: dict[Node, list[int]] = field(default_factory=lambda: defaultdict(list))


def fewest(tables: Tables, nodes: int) -> int:
    """Return a number of single days no roster can be below, from 0."""
    program = Program()
    working: dict[int, list[int]] = defaultdict(list)
    for alike in _classes(tables):
        flow = _flow(program, tables, alike)
        for (day, state), columns in flow.into.items():
            if state > REST:
                working[day] += columns
            if (day, state) in flow.out:
                balance = [(each, 1.0) for each in columns]
                balance += [(each, -1.0) for each in flow.out[day, state]]
                program.row(0, 0, balance)
        _quotas(program, tables, alike, flow)
    for day in range(tables.first, len(tables.days)):
        many = int(tables.runs[day].sum())
        program.row(many, many, [(each, 1.0) for each in working[day]])
    loose = program.solve(whole=False)
    if loose.impossible:
        return 0
    if loose.cost < 1e-6:
        return 0
    tight = program.solve(whole=True, nodes=nodes)
    best = max(loose.bound, tight.bound if math.isfinite(tight.bound) else 0.0)
    return max(math.ceil(best - 1e-6), 0)


def _classes(tables: Tables) -> list[list[int]]:
    """Return drivers with the same days, past and quotas together."""
    alike: dict[bytes, list[int]] = defaultdict(list)
    for driver in range(len(tables.drivers)):
        parts = (tables.away, tables.past, tables.low, tables.high)
        key = b"|".join(np.ascontiguousarray(part[driver]).tobytes() for part in parts)
        alike[key].append(driver)
    return list(alike.values())


def _flow(program: Program, tables: Tables, alike: list[int]) -> _Flow:
    flow = _Flow()
    many = float(len(alike))
    away = tables.away[alike[0]]
    last = len(tables.days) - 1
    begin = tables.first
    entry = []
    for state, cost in _starts(tables, alike[0]):
        if state > REST and away[begin]:
            continue
        column = program.column(cost, many)
        entry.append((column, 1.0))
        flow.into[begin, state].append(column)
    program.row(many, many, entry)
    most = int(tables.limits[1])
    for day in range(begin, last):
        for state in range(LONG_REST, most + 1):
            if (day, state) not in flow.into:
                continue
            counted = day > 0
            for then, cost in _next(state, most, rests=not away[day]):
                if then > REST and away[day + 1]:
                    continue
                column = program.column(cost if counted else 0.0, many)
                flow.out[day, state].append(column)
                flow.into[day + 1, then].append(column)
    return flow


def _next(state: int, most: int, *, rests: bool) -> Iterator[tuple[int, float]]:
    """Yield the states of the next day, each with what the step costs.

    Parameters
    ----------
    rests
        Whether a single day of rest counts: the driver could have worked.
    """
    if state > REST:
        yield REST, 1.0 if state == 1 else 0.0
        if state < most:
            yield state + 1, 0.0
    else:
        yield LONG_REST, 0.0
        if most:
            yield 1, 1.0 if state == REST and rests else 0.0


def _starts(tables: Tables, driver: int) -> Iterator[tuple[int, float]]:
    """Yield the states of the first day, each with what it costs."""
    past = tables.past[driver]
    most = int(tables.limits[1])
    if not len(past):
        yield from ((1, 0.0), (LONG_REST, 0.0)) if most else ((LONG_REST, 0.0),)
        return
    run = 0
    while run < len(past) and past[-1 - run] >= 0:
        run += 1
    state = run if run else REST if past[-2] >= 0 else LONG_REST
    rests = not tables.away[driver, tables.first - 1]
    yield from _next(min(state, most), most, rests=rests)


def _quotas(program: Program, tables: Tables, alike: list[int], flow: _Flow) -> None:
    """Keep the numbers of duties and of those of weekends, all alike together."""
    weekend = tables.weekend
    for kind in (0, 2):
        terms: list[Term] = [
            (column, 1.0)
            for (day, state), columns in flow.into.items()
            if state > REST and (kind == 0 or weekend[day])
            for column in columns
        ]
        low, high = tables.low[alike[0], kind], tables.high[alike[0], kind]
        program.row(len(alike) * int(low), len(alike) * int(high), terms)
