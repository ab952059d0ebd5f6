"""What one deadline costs, beside NumPy's business days.

``numpy.busday_offset`` is the peer: compiled, holidays yes, make-up working days,
pauses, hours and midnights of a zone no. It is fed the same days off. Both are asked
one question at a time, as an application asks; the last row asks NumPy for an array.

Run with ``python -m benchmarks.deadlines``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from wugeyi.engines.deadlines import (
    SHANGHAI,
    Span,
    Unit,
    WorkCalendar,
    calendar_of,
    due,
    read,
)

DATA = Path(__file__).parents[1] / "wugeyi/casework/data/workdays_cn.csv"
STARTS = [
    datetime(2024, 1, 2, 9, 30, tzinfo=SHANGHAI) + timedelta(hours=7 * n)
    for n in range(1000)
]
ROUNDS = 9


def microseconds(ask: Callable[[datetime], object]) -> float:
    """Time one question: the median of nine rounds over a thousand starts."""
    rounds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        for start in STARTS:
            ask(start)
        rounds.append((perf_counter() - began) / len(STARTS) * 1e6)
    return median(rounds)


def numpy_calendar(calendar: WorkCalendar) -> np.busdaycalendar:
    return np.busdaycalendar(holidays=sorted(calendar.closed - calendar.open))


def _ask(
    amount: int,
    unit: Unit,
    calendar: WorkCalendar,
    pauses: list[Span],
    start: datetime,
) -> object:
    return due(start, amount, unit, calendar, pauses)


def rows(calendar: WorkCalendar) -> list[tuple[str, float]]:
    pauses = [
        Span(STARTS[0] + timedelta(days=30 * n), STARTS[0] + timedelta(days=30 * n + 2))
        for n in range(1, 4)
    ]
    cases: list[tuple[str, int, Unit, list[Span]]] = [
        ("24 hours", 24, Unit.HOURS, []),
        ("15 calendar days", 15, Unit.CALENDAR_DAYS, []),
        ("5 working days", 5, Unit.WORKING_DAYS, []),
        ("250 working days", 250, Unit.WORKING_DAYS, []),
        ("24 hours, 3 pauses", 24, Unit.HOURS, pauses),
        ("15 calendar days, 3 pauses", 15, Unit.CALENDAR_DAYS, pauses),
        ("5 working days, 3 pauses", 5, Unit.WORKING_DAYS, pauses),
    ]
    table = []
    for name, amount, unit, stops in cases:
        table.append((name, microseconds(partial(_ask, amount, unit, calendar, stops))))
    return table


def peer_rows(calendar: WorkCalendar) -> list[tuple[str, float]]:
    peer = numpy_calendar(calendar)

    def ask(start: datetime) -> object:
        day = start.astimezone(SHANGHAI).date()
        return np.busday_offset(day, 5, roll="backward", busdaycal=peer).item()

    days = np.array([start.date() for start in STARTS], dtype="datetime64[D]")
    rounds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        np.busday_offset(days, 5, roll="backward", busdaycal=peer)
        rounds.append((perf_counter() - began) / len(days) * 1e6)
    return [
        ("numpy.busday_offset, one date", microseconds(ask)),
        ("numpy.busday_offset, per date of 1,000", median(rounds)),
    ]


def run() -> None:
    """Print the table: microseconds a question, and as a multiple of NumPy's."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        calendar = calendar_of(read(lines))
    peers = peer_rows(calendar)
    unit_of_measure = peers[0][1]
    print(f"{'question':42}{'µs':>8}{'× numpy':>9}")
    for name, cost in [*rows(calendar), *peers]:
        print(f"{name:42}{cost:8.2f}{cost / unit_of_measure:9.2f}")
    began = perf_counter()
    WorkCalendar(calendar.closed, calendar.open, calendar.years)
    built = (perf_counter() - began) * 1e6
    print(f"{'build the calendar (23 years), once':42}{built:8.0f}")


if __name__ == "__main__":
    run()
