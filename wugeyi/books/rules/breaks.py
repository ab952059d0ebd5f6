"""What can be wrong with books that should not have been altered, as codes."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """What a verification may find; the words for people are in ``books.phrases``."""

    CHANGED = "changed"
    """The kept leaf is not that of the voucher's rows."""
    MISSING = "missing"
    """Positions without a voucher."""
    NUMBER_GAP = "number-gap"
    """Numbers of a year without a voucher."""
    NO_LINES = "no-lines"
    UNBALANCED = "unbalanced"
    """Debit and credit differ, or a line names another book."""
    BACKDATED = "backdated"
    """A voucher came into a month that was closed."""
    CLOSING_ORDER = "closing-order"
    """A month was closed or opened out of order."""
    CLOSING_SUMS = "closing-sums"
    """The sums kept at a closing are not those of the vouchers."""
    LOOSE_LINES = "loose-lines"
    """Lines without a voucher."""
    OTHER_HISTORY = "other-history"
    """A head that was published has another root."""
    CUT_SHORT = "cut-short"
    """A head that was published covers more vouchers than there are."""
    NO_BOOK = "no-book"
    """A head that was published is of a book that is not there."""
    UNGUARDED = "unguarded"
    """A guard of the database is missing, switched off or not the one of this program."""


@dataclass(frozen=True, slots=True)
class Break:
    """Something wrong, and where: ``first`` to ``last`` are positions in a book.

    ``mark`` is year and number of the voucher at ``first``; ``what`` names a head, a
    month or a guard.
    """

    flaw: Flaw
    book: str = ""
    first: int = 0
    last: int = 0
    mark: str = ""
    what: str = ""
