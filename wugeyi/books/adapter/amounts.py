"""A book's sums as a book of the engine: a voucher for each month and nature.

What a statement asks of vouchers is what they come to by month, nature, account and
item, so the engine's statements of this book are those of the whole one, in
milliseconds. Closed months come from what was kept at their closing, open ones from
their lines.
"""

from datetime import date
from typing import Any, cast

from django.db import connection

from wugeyi.books.adapter.vouchers import day_of, posting_of
from wugeyi.books.models import Book
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.months import first_day, last_day, month_of
from wugeyi.engines.ledger.records import Book as EngineBook
from wugeyi.engines.ledger.records import Month, Posting, Regime, Voucher, VoucherKind

_ITEMS = ", ".join(f"p.{kind}" for kind in ITEM_KINDS)

# The sums in force: of each closed month, those of its last closing. Months before a
# first one are one.
_KEPT = f"""
SELECT CASE WHEN c.month < %s THEN %s ELSE c.month END AS of_month,
       p.nature, p.account, sum(p.debit_fen), sum(p.credit_fen), {_ITEMS}
  FROM books_closing c JOIN books_monthsum p ON p.closing_id = c.id
 WHERE c.book_id = %s AND c.month <= %s AND c.kind = 'close'
   AND NOT EXISTS (SELECT 1 FROM books_closing o WHERE o.book_id = c.book_id
       AND o.month = c.month AND o.position > c.position)
 GROUP BY of_month, p.nature, p.account, {_ITEMS}
"""
_OPEN = f"""
SELECT v.day, v.nature, p.account, sum(p.debit_fen), sum(p.credit_fen), {_ITEMS}
  FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id
 WHERE v.book_id = %s AND v.day >= %s AND v.day <= %s
 GROUP BY v.day, v.nature, p.account, {_ITEMS}
"""

Rows = dict[tuple[int, str], list[Posting]]


def closed_until(book: Book) -> int | None:
    """Return the last closed month; None if none is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed_until FROM books_closing WHERE book_id = %s"
            " ORDER BY position DESC LIMIT 1",
            [book.pk],
        )
        row = cursor.fetchone()
    if row is None or row[0] < month_of(book.begins_on):
        return None
    return int(row[0])


def summed(book: Book, until: date, since: date | None = None) -> EngineBook:
    """Return a book's sums up to a day's end.

    Its vouchers are dated the last day of their month; the month of ``until`` is taken
    up to that day. Months of years before that of ``since`` (of ``until`` if None) are
    one: whatever asks of a period that begins earlier has to say so.
    """
    closed = closed_until(book)
    last = month_of(until)
    # A closed month is taken from its lines where the day is not its last one.
    whole = last if until == last_day(last) else last - 1
    kept = None if closed is None else min(closed, whole)
    rows: Rows = {}
    with connection.cursor() as cursor:
        if kept is not None:
            whole_from = (since or until).year * 12
            cursor.execute(_KEPT, [whole_from, whole_from - 1, book.pk, kept])
            for month, nature, account, debit, credit, *items in cursor.fetchall():
                add(rows, month, nature, account, int(debit), int(credit), items)
        first = book.begins_on if kept is None else first_day(kept + 1)
        if first <= until:
            cursor.execute(_OPEN, [book.pk, first.isoformat(), until.isoformat()])
            for day, nature, account, debit, credit, *items in cursor.fetchall():
                month = month_of(day_of(day))
                add(rows, month, nature, account, int(debit), int(credit), items)
    return engine_book(book, rows, until, closed=closed)


def engine_book(
    book: Book, rows: Rows, until: date, *, closed: int | None = None
) -> EngineBook:
    """Return sums by month and nature as a book of the engine, a voucher for each."""
    vouchers = tuple(
        Voucher(
            book=book.code,
            year=month // 12,
            number=place,
            day=min(last_day(month), until),
            postings=tuple(postings),
            kind=cast("VoucherKind", nature),
        )
        for place, ((month, nature), postings) in enumerate(sorted(rows.items()), 1)
    )
    return EngineBook(
        code=book.code,
        regime=cast("Regime", book.regime),
        vouchers=vouchers,
        name=book.name_zh,
        names=names(book),
        closed=None if closed is None else Month(closed // 12, closed % 12 + 1),
    )


def names(book: Book) -> dict[str, str]:
    """Return the names of a book's own sub-accounts, by code."""
    return dict(book.sub_accounts.values_list("code", "name"))


def add(
    rows: Rows,
    month: int,
    nature: str,
    account: str,
    debit: int,
    credit: int,
    items: list[Any],
) -> None:
    """Add a row of sums; ``items`` in the order of their columns."""
    posting = posting_of(account, debit, credit, "", items)
    rows.setdefault((month, nature), []).append(posting)
