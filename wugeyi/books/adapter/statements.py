"""Statements, balances and notes of a set of books, as pages show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import get_language

from wugeyi.books.adapter.amounts import names, summed
from wugeyi.books.adapter.charts import accounts, shipped
from wugeyi.books.adapter.findings import sentences
from wugeyi.books.models import Book
from wugeyi.books.rules.accountnames import Choice
from wugeyi.engines.ledger import balances as engine
from wugeyi.engines.ledger.findings import Refused as EngineRefused
from wugeyi.engines.ledger.statements import notes as engine_notes
from wugeyi.engines.ledger.statements import reports

Made = TypeVar("Made")
TrialBalance = engine.TrialBalance
Statement = reports.Statement
Equity = reports.Equity


class NotOffered(Exception):
    """The engine has no such statement; ``sentences`` say why."""

    def __init__(self, why: Sequence[str]) -> None:
        super().__init__(" ".join(why))
        self.sentences = list(why)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a statement in the reader's language, with an amount a column."""

    key: str
    name: str
    amounts: tuple[int, ...]
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A part of a balance: its account, whose or what it is, how much."""

    account: str
    name: str
    value: str
    balance_fen: int


@dataclass(frozen=True, slots=True)
class Note:
    """A table of the notes; ``kind`` is the kind of items its rows are told apart by."""

    name: str
    kind: str
    rows: tuple[NoteRow, ...]
    verified: bool
    source: str
    total_fen: int


def choices(book: Book) -> list[Choice]:
    """Return every account of a book by code: the chart's, the shipped, its own."""
    chosen = accounts(book.regime)
    english = get_language() == "en"
    found = {
        code: each.name_en if english and each.name_en else each.name
        for code, each in chosen.items()
    }
    found |= dict(shipped(book.regime)) | names(book)
    return [
        Choice(code, found[code], found.get(_above(code), "") if len(code) > 3 else "")
        for code in sorted(found)
    ]


def unverified_accounts(regime: str) -> set[str]:
    """Return the accounts of a chart that were recalled, not found in a source."""
    return {code for code, each in accounts(regime).items() if not each.verified}


def contra_accounts(regime: str) -> set[str]:
    """Return the accounts that stand on the other side than their kind."""
    return {code for code, each in accounts(regime).items() if each.contra}


def usual_side(regime: str, code: str) -> str:
    """Return where an account's balance usually stands: debit or credit."""
    account = accounts(regime).get(code[:3])
    return "debit" if account is None else account.side


def trial_balance(book: Book, first: date, last: date) -> TrialBalance:
    """Return opening, turnover and closing of every account and level."""
    return engine.trial_balance(summed(book, last, first), first, last)


def item_balances(book: Book, kind: str, day: date) -> dict[str, dict[str, int]]:
    """Return balances at a day by code of an item of a kind, and account."""
    found: dict[str, dict[str, int]] = {}
    for (account, value), fen in engine.by_dimension(
        summed(book, day), kind, day
    ).items():
        if value:
            found.setdefault(value, {})[account] = fen
    return found


def distributed(book: Book, year: int) -> bool:
    """Tell whether anything was set aside or shared out in a year."""
    whole = summed(book, date(year, 12, 31))
    return any(
        posting.account.startswith("32201") and posting.debit_fen
        for voucher in whole.vouchers
        if voucher.year == year and voucher.kind == "ordinary"
        for posting in voucher.postings
    )


def balance_sheet(book: Book, day: date) -> list[Row]:
    """Return the balance sheet: at a day's end, and at the year's beginning."""
    return _rows(lambda: reports.balance_sheet(summed(book, day), day))


def income_statement(book: Book, first: date, last: date) -> list[Row]:
    """Return income and its distribution: of a period, and of the year up to then."""
    return _rows(
        lambda: reports.income_statement(summed(book, last, first), first, last)
    )


def changes_in_equity(book: Book, first: date, last: date) -> tuple[Equity, ...]:
    """Return how equity changed in a period."""
    return _offered(
        lambda: reports.changes_in_equity(summed(book, last, first), first, last)
    )


def notes(book: Book, day: date) -> list[Note]:
    """Return the tables for the notes that have rows."""
    english = get_language() == "en"
    return [
        Note(
            name=each.en if english else each.zh,
            kind=each.dimension,
            rows=tuple(
                NoteRow(row.account, row.name, row.value, row.balance_fen)
                for row in each.rows
            ),
            verified=each.verified,
            source=each.source,
            total_fen=sum(row.balance_fen for row in each.rows),
        )
        for each in _offered(lambda: engine_notes(summed(book, day), day))
        if each.rows
    ]


def _rows(make: Callable[[], Statement]) -> list[Row]:
    english = get_language() == "en"
    statement = _offered(make)
    return [
        Row(
            key=each.key,
            name=each.en if english else each.zh,
            amounts=each.amounts_fen,
            verified=each.verified,
            source=each.source,
        )
        for each in statement.lines
    ]


def _offered(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except EngineRefused as refused:
        raise NotOffered(sentences(refused.findings)) from refused
    except (FileNotFoundError, KeyError) as error:
        raise NotOffered([]) from error


def _above(code: str) -> str:
    return code[:-2]
