"""What closing a month takes: the vouchers that carry income over, and the sums kept."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.utils import IntegrityError

from wugeyi.books.adapter.amounts import summed
from wugeyi.books.adapter.vouchers import line_of
from wugeyi.books.adapter.writing import stand, take_turns, word_of
from wugeyi.books.models import Book, Closing
from wugeyi.books.rules.entries import ITEM_KINDS, Entry
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.engines.ledger.closing import carry, settle
from wugeyi.engines.ledger.records import Voucher

_COLUMNS = ", ".join(f"p.{each}" for each in ("account", *ITEM_KINDS))
_KEEP = f"""
INSERT INTO books_monthsum (closing_id, nature, account,
       {", ".join(ITEM_KINDS)}, debit_fen, credit_fen)
SELECT %s, v.nature, {_COLUMNS}, sum(p.debit_fen), sum(p.credit_fen)
  FROM books_voucher v JOIN books_posting p ON p.voucher_id = v.id
 WHERE v.book_id = %s AND v.day >= %s AND v.day <= %s
 GROUP BY v.nature, {_COLUMNS}
"""


def carried(book: Book, month: int) -> list[Entry]:
    """Return the closing entries of a month: in December the year's income.

    Income goes to 321 and from there to undistributed income; what was distributed is
    set against it.
    """
    if month % 12 != 11:
        return []
    day = last_day(month)
    before = summed(book, day)
    after = settle(carry(before, day, year=True), day)
    return [_entry(each) for each in after.vouchers[len(before.vouchers) :]]


def keep(
    book: Book,
    *,
    kind: Closing.Kind,
    month: int,
    reason: str = "",
    decision_id: int | None = None,
    by_id: int,
    at: datetime,
) -> Closing:
    """Write that a month was closed, with its sums, or opened again.

    Raises
    ------
    Refused
        A guard of the database refused.
    """
    take_turns(book)
    now = stand(book)
    last = book.closings.order_by("-position").first()
    closing = Closing(
        pk=_next_id(),
        book=book,
        position=1 if last is None else last.position + 1,
        kind=kind,
        month=month,
        closed_until=month if kind == Closing.Kind.CLOSE else month - 1,
        vouchers=now.position,
        reason=reason,
        decision_id=decision_id,
        by_id=by_id,
        at=at,
    )
    days: list[Any] = [first_day(month).isoformat(), last_day(month).isoformat()]
    try:
        if kind == Closing.Kind.CLOSE:
            with connection.cursor() as cursor:
                cursor.execute(_KEEP, [closing.pk, book.pk, *days])
        closing.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Why.GUARD, word=word_of(error)) from error
    return closing


def _entry(voucher: Voucher) -> Entry:
    return Entry(
        day=voucher.day,
        lines=tuple(line_of(each) for each in voucher.postings),
        kind=voucher.kind,
    )


def _next_id() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('books_closing', 'id'))"
            )
        else:
            cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM books_closing")
        return int(cursor.fetchone()[0])
