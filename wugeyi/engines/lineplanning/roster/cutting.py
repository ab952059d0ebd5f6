"""Duties from the blocks of buses; a block too long for one driver is cut in two or more.

Drivers change places where the bus waits: at a market between two trips, or where a
regular duty begins or ends that another crew drives.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from wugeyi.engines.lineplanning.crew import EVERY_DAY, Duty, RosterRules
from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Block, Plan, Trip
from wugeyi.engines.lineplanning.roster.tables import broken_alone
from wugeyi.engines.lineplanning.stretches import Stretch, by_bus, used

Span = tuple[int, int]


def duties(
    plan: Plan,
    case: Case | None = None,
    rules: RosterRules | None = None,
    weekdays: tuple[bool, ...] = EVERY_DAY,
) -> tuple[Duty, ...]:
    """Return a duty for each block, cut where rules demand it; see ``cut``."""
    return cut(plan, case, rules, weekdays)[0]


def cut(
    plan: Plan,
    case: Case | None = None,
    rules: RosterRules | None = None,
    weekdays: tuple[bool, ...] = EVERY_DAY,
) -> tuple[tuple[Duty, ...], tuple[Finding, ...]]:
    """Return the duties, and a finding for each that breaks a rule all the same.

    Parameters
    ----------
    case
        Tells how long a bus drives between two trips and so how long it waits; without
        it, all the time between is taken for driving, which is never too little.

    Returns
    -------
    duties, findings
        Parts are as few as can be, the first as long as it may be. A block that cannot
        be cut so that each part keeps the rules stays whole.
    """
    rules = rules or RosterRules()
    made: list[Duty] = []
    found: list[Finding] = []
    for block in plan.blocks:
        spans = _driving(block, case)
        parts = _parts(spans, rules)
        name = f"{block.vehicle} {block.number}"
        if parts is None:
            whole = _duty(name, spans, weekdays)
            made.append(whole)
            for rule in broken_alone(whole, rules):
                values = {
                    "rule": rule,
                    "limit": getattr(rules, rule),
                    "minutes": whole.driving_minutes,
                }
                inputs = (f"block {name}", f"rule {rule}")
                found.append(Finding("block-uncuttable", "error", name, values, inputs))
            continue
        for number, part in enumerate(parts, start=1):
            code = name if len(parts) == 1 else f"{name}/{number}"
            made.append(replace(_duty(code, part, weekdays), bus=name))
    return tuple(made), tuple(found)


def _duty(code: str, spans: Sequence[Span], weekdays: tuple[bool, ...]) -> Duty:
    bus = code
    return Duty(code, spans[0][0], spans[-1][1], tuple(spans), weekdays, bus)


def _driving(block: Block, case: Case | None) -> list[Span]:
    """Return when the driver drives, calls included; what touches is one.

    Where the bus has a regular duty, another crew drives it, unless this one stays.
    """
    if case is None:
        begin, end = block.leave_minute, block.back_minute
        spans = [(begin, _times(block.trips[0])[1]), (_times(block.trips[-1])[1], end)]
        spans += [
            (_times(before)[1], _times(after)[1])
            for before, after in pairwise(block.trips)
        ]
        return _joined(spans)
    duties = by_bus(case).get((block.vehicle, block.number), ())
    spans = [(d.starts_minute, d.ends_minute) for d in duties if d.same_driver]
    for stretch, trips in used(case, block.vehicle, block.number, block.trips):
        spans += _stretch(case, stretch, trips, block)
    return _joined(spans)


def _stretch(
    case: Case, stretch: Stretch, trips: Sequence[Trip], block: Block
) -> Iterator[Span]:
    """Yield the driving of trips that no regular duty parts, as late as can be."""
    minute, place = stretch.from_minute, stretch.starts_at
    if trips[0] is block.trips[0]:
        minute = block.leave_minute
    for trip in trips:
        begin, end = _times(trip)
        start = trip.begins[0]
        # It stands at a market before it leaves for home, unless it is there.
        stands = case.rules.turnaround_minutes if trip.home else 0
        ready = begin - (stands if place != start else 0)
        if trip is not block.trips[0]:
            minute = max(minute, ready - _minutes(case, place, start))
        yield minute, end
        minute, place = end, trip.ends[0]
    drive = _minutes(case, place, stretch.ends_at)
    if trips[-1] is block.trips[-1]:
        back = block.back_minute
        yield max(minute, back - drive), back
    else:
        yield minute, minute + drive


def _joined(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for begin, until in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        elif until > begin:
            found.append((begin, until))
    return found


def _minutes(case: Case, here: str, there: str) -> int:
    codes = case.ways.codes
    if here == there:
        return 0
    return max(case.ways.minutes[codes.index(here)][codes.index(there)], 0)


def _times(trip: Trip) -> Span:
    if trip.home:
        return trip.market_minute, trip.calls[-1].depart_minute
    return trip.calls[0].arrive_minute, trip.market_minute


def _parts(spans: list[Span], rules: RosterRules) -> list[list[Span]] | None:
    """Return the fewest parts that each keep the rules, None if there are none."""
    ways: list[list[list[Span]] | None] = [None] * len(spans) + [[]]
    for begin in range(len(spans) - 1, -1, -1):
        for end in range(len(spans), begin, -1):
            rest, part = ways[end], spans[begin:end]
            if rest is None or broken_alone(_duty("", part, EVERY_DAY), rules):
                continue
            best = ways[begin]
            if best is None or 1 + len(rest) < len(best):
                ways[begin] = [part, *rest]
    return ways[0]
