"""Balances and statements of a sheet: of the vouchers its head covers, and no other.

What was posted after the head was taken, even into a month that was opened again, does
not change what villagers were shown.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import get_language

from wugeyi.books.adapter.amounts import Rows, add, engine_book
from wugeyi.books.adapter.vouchers import day_of
from wugeyi.books.models import Book
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.months import month_of
from wugeyi.engines.ledger.records import Book as EngineBook
from wugeyi.engines.ledger.statements import reports

_ITEMS = ", ".join(f"p.{kind}" for kind in ITEM_KINDS)
_PINNED = f"""
SELECT v.day, v.nature, p.account, sum(p.debit_fen), sum(p.credit_fen), {_ITEMS}
  FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id
 WHERE v.book_id = %s AND v.day <= %s AND v.position <= %s
 GROUP BY v.day, v.nature, p.account, {_ITEMS}
"""


@dataclass(frozen=True, slots=True)
class MainLine:
    """A line of a statement in the reader's language, in fen."""

    key: str
    name: str
    fen: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Pinned:
    """A book as a head covers it, summed by month."""

    book: EngineBook

    def balances(self, until: date) -> dict[str, int]:
        """Return debit less credit by account of three digits at a day's end, in fen."""
        found: dict[str, int] = {}
        for voucher in self.book.vouchers:
            if voucher.day <= until:
                for each in voucher.postings:
                    key = each.account[:3]
                    net = each.debit_fen - each.credit_fen
                    found[key] = found.get(key, 0) + net
        return found

    def income(self, first: date, last: date) -> list[MainLine]:
        """Return every line of the statement of income in a period."""
        return _lines(reports.income_statement(self.book, first, last))

    def sheet(self, day: date) -> list[MainLine]:
        """Return every line of the balance sheet at a day's end."""
        return _lines(reports.balance_sheet(self.book, day))


def pinned(book: Book, until: date, size: int) -> Pinned:
    """Return a book's sums up to a day's end over its first ``size`` vouchers."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        cursor.execute(_PINNED, [book.pk, until.isoformat(), size])
        for day, nature, account, debit, credit, *items in cursor.fetchall():
            month = month_of(day_of(day))
            add(rows, month, nature, account, int(debit), int(credit), items)
    return Pinned(engine_book(book, rows, until))


def _lines(statement: reports.Statement) -> list[MainLine]:
    english = get_language() == "en"
    return [
        MainLine(
            each.key,
            each.en if english else each.zh,
            each.amounts_fen[0],
            each.verified,
        )
        for each in statement.lines
    ]
