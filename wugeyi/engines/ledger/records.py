"""What a set of books is made of; money is whole fen, days are local dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

Regime = Literal["2023", "2004"]
Kind = Literal["asset", "liability", "equity", "cost", "income", "expense"]
Side = Literal["debit", "credit"]
VoucherKind = Literal["ordinary", "opening", "closing", "reversal"]
Dimensions = tuple[tuple[str, str], ...]

REGIMES: tuple[Regime, ...] = ("2023", "2004")
VOUCHER_KINDS: tuple[VoucherKind, ...] = ("ordinary", "opening", "closing", "reversal")
LEVELS = (3, 5, 7)
"""Digits of an account's code at each level: 3-2-2."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a chart.

    Parameters
    ----------
    code
        Three digits.
    side
        Where its balance usually stands. A contra account lessens another one and
        stands on the other side.
    verified
        Whether code and name were found in the source, rather than recalled. Nobody
        has compared them with the printed system yet.
    source
        Where it is from, as listed in README.md.
    """

    code: str
    name: str
    name_en: str
    kind: Kind
    side: Side
    contra: bool
    verified: bool
    source: str


class Number(NamedTuple):
    """A voucher within its book: numbers start at 1 each year, without gaps."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


class Month(NamedTuple):
    """A period of the books."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month a day is in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """The month's first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The month's last day."""
        return date.fromordinal(self.following.first.toordinal() - 1)

    @property
    def before(self) -> "Month":
        """The month before."""
        if self.month == 1:
            return Month(self.year - 1, 12)
        return Month(self.year, self.month - 1)

    @property
    def following(self) -> "Month":
        """The month after."""
        if self.month == 12:
            return Month(self.year + 1, 1)
        return Month(self.year, self.month + 1)


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of a voucher: an amount on one side of one account.

    Parameters
    ----------
    account
        Three digits, or five or seven of a sub-account.
    debit_fen, credit_fen
        One of them is more than 0, the other is 0.
    dimensions
        What it is about besides, as names and values: project, counterparty, member,
        household, asset.
    """

    account: str
    debit_fen: int
    credit_fen: int
    summary: str = ""
    dimensions: Dimensions = ()

    @property
    def net_fen(self) -> int:
        """Debit less credit."""
        return self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class Voucher:
    """What is posted as a whole or not at all.

    Parameters
    ----------
    book
        The book's code.
    year, number
        Its number within the book.
    day
        When what it tells of belongs to; in `year`.
    reverses
        The voucher that a reversal takes back.
    attachments
        How many papers are with it.
    """

    book: str
    year: int
    number: int
    day: date
    postings: tuple[Posting, ...]
    reverses: Number | None = None
    kind: VoucherKind = "ordinary"
    attachments: int = 0

    @property
    def mark(self) -> Number:
        """Its year and number."""
        return Number(self.year, self.number)


@dataclass(frozen=True, slots=True)
class Book:
    """The books of one collective.

    Parameters
    ----------
    code
        Which collective; names are not unique.
    vouchers
        In the order they were posted. Opening balances are vouchers of the kind
        "opening".
    names
        Names of the book's own sub-accounts, by code.
    closed
        The last closed month; all before it are closed too.
    """

    code: str
    regime: Regime
    vouchers: tuple[Voucher, ...] = ()
    name: str = ""
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    closed: Month | None = None


def levels(code: str) -> tuple[str, ...]:
    """Return an account's code at every level down to its own: 102, 10201, 1020101."""
    return tuple(code[:digits] for digits in LEVELS if digits <= len(code))
