"""When what is to be paid under a contract, from its terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_DUES = 600
"""Fifty years of months."""
MOST_YEARS = 100


class Rhythm(StrEnum):
    """How often is paid."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    ONCE = "once"


MONTHS: dict[Rhythm, int] = {
    Rhythm.YEARLY: 12,
    Rhythm.HALF_YEARLY: 6,
    Rhythm.QUARTERLY: 3,
    Rhythm.MONTHLY: 1,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed on payments.

    Parameters
    ----------
    amount_fen
        For each period before any step, more than 0.
    first_due_on
        When the first period is paid; the others a period later each.
    step_years
        Every so many years the amount is raised; 0 never.
    step_percent_100
        By so many hundredths of a percent of what it was, less than 0 if lowered.
    step_fen
        And by so many fen.
    """

    begins_on: date
    ends_on: date
    rhythm: Rhythm
    amount_fen: int
    first_due_on: date
    step_years: int = 0
    step_percent_100: int = 0
    step_fen: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """So much for a period, on a day; ``part`` if the period was cut short."""

    due_on: date
    first: date
    last: date
    amount_fen: int
    part: bool = False


class TooMany(ValueError):
    """The terms would make more than ``MOST_DUES`` due dates."""


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 2, 29), 12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, index + 1, min(last, day.day))
        except ValueError:
            continue
    raise ValueError(day)  # no month is shorter than 28 days


def schedule(terms: Terms) -> list[Due]:
    """Return the due dates of terms in order, one each period.

    A last period that the end cuts short is paid by the day, to the nearest fen. A step
    counts from the first period that begins so many years after the beginning.

    Raises
    ------
    TooMany
        More than ``MOST_DUES``.
    ValueError
        The end is before the beginning.

    >>> yearly = Terms(date(2024, 1, 1), date(2026, 12, 31), Rhythm.YEARLY, 1000_00,
    ...                date(2024, 3, 1), step_years=1, step_percent_100=500)
    >>> [each.amount_fen for each in schedule(yearly)]
    [100000, 105000, 110250]
    """
    if terms.ends_on < terms.begins_on:
        raise ValueError("The end is before the beginning.")
    if terms.rhythm is Rhythm.ONCE:
        whole = Due(
            terms.first_due_on, terms.begins_on, terms.ends_on, terms.amount_fen
        )
        return [whole]
    found: list[Due] = []
    for due in _periods(terms, MONTHS[terms.rhythm]):
        if len(found) == MOST_DUES:
            raise TooMany
        found.append(due)
    return found


def _periods(terms: Terms, months: int) -> Iterator[Due]:
    count = 0
    day = timedelta(days=1)
    while (first := add_months(terms.begins_on, count * months)) <= terms.ends_on:
        last = add_months(terms.begins_on, (count + 1) * months) - day
        amount = _stepped(terms, count * months // 12)
        cut = last > terms.ends_on
        if cut:
            whole = (last - first).days + 1
            days = (terms.ends_on - first).days + 1
            amount = (2 * amount * days + whole) // (2 * whole)
            last = terms.ends_on
        due_on = add_months(terms.first_due_on, count * months)
        yield Due(due_on, first, last, amount, cut)
        count += 1


def _stepped(terms: Terms, years: int) -> int:
    amount = terms.amount_fen
    if not terms.step_years:
        return amount
    for _ in range(years // terms.step_years):
        raised = amount * (10_000 + terms.step_percent_100)
        amount = max((2 * raised + 10_000) // 20_000 + terms.step_fen, 0)
    return amount
