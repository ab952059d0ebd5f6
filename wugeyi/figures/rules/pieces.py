"""How a period is put together from years, months and days that are added up already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FOLLOWING = timedelta(days=1)
# Length of the paths whose days are added up, and for which gaps between days are kept:
# the three topmost levels. Further down a few days have few facts, and totals of days
# would be as many as the facts themselves; units are few enough to be looked at.
DAILY = 15


@dataclass(frozen=True, slots=True)
class Piece:
    """All days, months or years (d, m, y) that begin from ``low`` to ``high``."""

    grain: str
    low: date
    high: date


def month_start(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (month_start(day) + timedelta(days=32)).replace(day=1)


def whole_months(first: date, last: date) -> tuple[date, date] | None:
    """Return the first and last month (by its first day) that lie wholly inside."""
    low = first if first.day == 1 else next_month(first)
    ends = (last + FOLLOWING).day == 1
    high = month_start(last) if ends else month_start(month_start(last) - FOLLOWING)
    return (low, high) if low <= high else None


def pieces(first: date, last: date) -> Iterator[Piece]:
    """Cut a period into as few pieces as there are: at most five.

    A period since ever begins with its years: no totals lie before.
    """
    months = whole_months(first, last)
    if months is None:
        yield Piece("d", first, last)
        return
    low, high = months
    if first < low:
        yield Piece("d", first, low - FOLLOWING)
    yield from _years(low, high)
    after = next_month(high)
    if after <= last:
        yield Piece("d", after, last)


def _years(low: date, high: date) -> Iterator[Piece]:
    """Cut whole months into months, years, months."""
    first = low.year if low.month == 1 else low.year + 1
    last = high.year if high.month == 12 else high.year - 1
    if first > last:
        yield Piece("m", low, high)
        return
    if low.year < first:
        yield Piece("m", low, date(low.year, 12, 1))
    yield Piece("y", date(first, 1, 1), date(last, 1, 1))
    if high.year > last:
        yield Piece("m", date(last + 1, 1, 1), high)


def edges(first: date, last: date) -> list[tuple[date, date]]:
    """Return the days of a period outside its whole months: up to two ranges.

    Each lies within one month.
    """
    months = whole_months(first, last)
    if months is None:
        if month_start(first) == month_start(last):
            return [(first, last)]
        after = month_start(last)
        return [(first, after - FOLLOWING), (after, last)]
    found = []
    if first < months[0]:
        found.append((first, months[0] - FOLLOWING))
    after = next_month(months[1])
    if after <= last:
        found.append((after, last))
    return found


def bits(first: date, last: date) -> int:
    """Return days of one month as bits: the lowest is the first of the month."""
    return (1 << last.day) - (1 << first.day - 1)
