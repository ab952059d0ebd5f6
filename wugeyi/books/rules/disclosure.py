"""What is shown to villagers and when: categories, accounts, periods, days of grace.

The eight categories and how often they are shown (every quarter; every month where
money comes and goes often) are those of the rules of 2011 on showing finances, as public
reports of them tell. Under which category an account falls is inferred from its name.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from wugeyi.books.rules.months import first_day, last_day, month_of

DATA = Path(__file__).resolve().parent.parent / "data"
MONTHLY = "monthly"
GRACE_DAYS = 15
"""Days after a period's end within which it should be shown: a custom, not the law."""
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters of a sheet's code: none that are taken for one another on paper."""
CODE_LENGTH = 9


@dataclass(frozen=True, slots=True)
class Category:
    """One of the eight; ``written`` ones have words of the accountant."""

    code: str
    name_zh: str
    name_en: str
    written: bool
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Where an account is shown, and which of its sides counts as more."""

    category: str
    side: str
    verified: bool

    def amount(self, debit_fen: int, credit_fen: int) -> int:
        """Return an amount as it is shown: less than 0 where it went back."""
        net = debit_fen - credit_fen
        return net if self.side == "debit" else -net


@dataclass(frozen=True, slots=True)
class Period:
    """Months from the first to the last, as ``rules.months`` counts."""

    first: int
    last: int

    @property
    def first_day(self) -> date:
        """Return its first day."""
        return first_day(self.first)

    @property
    def last_day(self) -> date:
        """Return its last day."""
        return last_day(self.last)

    @property
    def quarter(self) -> int | None:
        """Return which quarter it is, None if it is none.

        >>> Period(24288, 24290).quarter, Period(24288, 24288).quarter
        (1, None)
        """
        whole = self.last - self.first == 2 and self.first % 3 == 0
        return self.first % 12 // 3 + 1 if whole else None


@cache
def categories() -> Mapping[str, Category]:
    """Return the eight categories by code, in their order."""
    with (DATA / "disclosure_categories.csv").open(encoding="utf-8", newline="") as f:
        return {
            row["code"]: Category(
                row["code"],
                row["name_zh"],
                row["name_en"],
                row["written"] == "1",
                row["source"],
                row["verified"] == "1",
            )
            for row in csv.DictReader(f)
        }


@cache
def shown_accounts(regime: str) -> Mapping[str, Shown]:
    """Return where accounts of three digits are shown."""
    with (DATA / "disclosure_accounts.csv").open(encoding="utf-8", newline="") as f:
        return {
            row["account"]: Shown(row["category"], row["side"], row["verified"] == "1")
            for row in csv.DictReader(f)
            if row["regime"] == regime
        }


def period_of(month: int, rhythm: str) -> Period:
    """Return the period a month belongs to.

    >>> period_of(24290, "quarterly"), period_of(24290, "monthly")
    (Period(first=24288, last=24290), Period(first=24290, last=24290))
    """
    if rhythm == MONTHLY:
        return Period(month, month)
    first = month - month % 3
    return Period(first, first + 2)


def periods(first: int, until: int, rhythm: str) -> Iterator[Period]:
    """Yield whole periods from the month ``first`` on that end by the month ``until``.

    Books that begin within a quarter show the rest of it first.

    >>> [each.last for each in periods(24289, 24294, "quarterly")]
    [24290, 24293]
    """
    month = first
    while (found := period_of(month, rhythm)).last <= until:
        yield Period(month, found.last)
        month = found.last + 1


def owed(today: date, rhythm: str) -> int:
    """Return the last month that should be shown by a day.

    >>> owed(date(2026, 4, 15), "quarterly") == month_of(date(2025, 12, 1))
    True
    >>> owed(date(2026, 4, 16), "quarterly") == month_of(date(2026, 3, 1))
    True
    """
    month = month_of(today - timedelta(days=GRACE_DAYS)) - 1
    if rhythm == MONTHLY:
        return month
    return (month + 1) // 3 * 3 - 1


def head_groups(root: str) -> list[str]:
    """Part a root into groups of eight digits, to be read aloud and compared.

    >>> head_groups("0123456789abcdef")
    ['01234567', '89abcdef']
    """
    return [root[place : place + 8] for place in range(0, len(root), 8)]
