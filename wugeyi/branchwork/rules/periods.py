"""Periods in which something is to be done, and how one stands with it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Every(StrEnum):
    """How often; the value is stored."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
# So many days before a period ends it is said that something is still to come.
REMIND_DAYS = {Every.MONTH: 7, Every.QUARTER: 14, Every.HALF: 30, Every.YEAR: 30}


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Standing(StrEnum):
    """How an item stands in a period. Nothing is called late: it may only be unwritten."""

    DONE = "done"
    COMING = "coming"
    DUE = "due"
    NO_RECORD = "no_record"


def span(every: Every, day: date) -> Span:
    """Return the period of this length that holds ``day``.

    >>> span(Every.QUARTER, date(2026, 5, 9))
    Span(first=datetime.date(2026, 4, 1), last=datetime.date(2026, 6, 30))
    """
    length = MONTHS[every]
    start = (day.month - 1) // length * length + 1
    end = start + length - 1
    return Span(
        date(day.year, start, 1), date(day.year, end, monthrange(day.year, end)[1])
    )


def standing(every: Every, of: Span, *, today: date, recorded: int) -> Standing:
    """Tell how an item stands in its period ``of``, with so many records in it."""
    if recorded:
        return Standing.DONE
    if today > of.last:
        return Standing.NO_RECORD
    if today >= of.last - timedelta(days=REMIND_DAYS[every]):
        return Standing.DUE
    return Standing.COMING
