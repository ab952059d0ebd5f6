"""Kinds of contracts, what a payment under them is booked as, and what no one may sign."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was agreed."""

    LEASE = "lease"
    CONTRACTING = "contracting"
    INVESTMENT = "investment"


class TermsKind(StrEnum):
    """Why terms were written."""

    FIRST = "first"
    RENEWAL = "renewal"
    CHANGE = "change"


class Word(StrEnum):
    """What somebody stands for. Only a promise is ever kept on record."""

    PROMISE = "promise"
    RECEIVED = "received"
    GUARANTEE = "guarantee"


@dataclass(frozen=True, slots=True)
class Entry:
    """The accounts of a payment, as recalled; ``incoming`` if the collective is paid."""

    debit: str
    credit: str
    incoming: bool


ENTRIES: dict[Kind, Entry] = {
    Kind.LEASE: Entry("102", "501", incoming=True),
    Kind.CONTRACTING: Entry("102", "501", incoming=True),
    Kind.INVESTMENT: Entry("141", "102", incoming=False),
}
CASH = ("101", "102")
"""The accounts whose lines say how much was really paid."""

ENDING_DAYS = 90
"""So long before its end a contract is shown as ending soon."""
