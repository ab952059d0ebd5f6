"""Vouchers as the engine's, one or as a stream of any length."""

from collections.abc import Iterator
from typing import Any, cast

from django.db import connection

from wugeyi.books.adapter.vouchers import day_of, posting_of
from wugeyi.books.models import Book, Voucher
from wugeyi.engines.ledger.records import Number, VoucherKind
from wugeyi.engines.ledger.records import Voucher as EngineVoucher

AT_ONCE = 2_000
"""Rows fetched together."""

_SELECT = """
SELECT v.position, v.year, v.number, v.day, v.kind, v.papers, r.year, r.number,
       v.leaf, p.account, p.debit_fen, p.credit_fen, p.summary, p.asset,
       p.counterparty, p.household, p.project
  FROM books_voucher v
  JOIN books_posting p ON p.voucher_id = v.id
  LEFT JOIN books_voucher r ON r.id = v.reverses_id
 WHERE v.book_id = %s AND v.position > %s AND v.position <= %s
 ORDER BY v.position, p.place
"""


def engine_voucher(voucher: Voucher) -> EngineVoucher:
    """Return one voucher as the engine's."""
    found = stream(voucher.book, voucher.position - 1, voucher.position)
    return next(each for each, _ in found)


def stream(
    book: Book, after: int = 0, until: int = 2**31 - 1
) -> Iterator[tuple[EngineVoucher, str]]:
    """Yield a book's vouchers in the order of posting, each with its kept leaf.

    Parameters
    ----------
    after, until
        Positions: the first is left out, the last is not.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SELECT, [book.pk, after, until])
        head: tuple[Any, ...] | None = None
        lines: list[Any] = []
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                if head is not None and row[0] != head[0]:
                    yield _made(book.code, head, lines)
                    lines = []
                head = row
                lines.append(posting_of(row[9], row[10], row[11], row[12], row[13:]))
        if head is not None:
            yield _made(book.code, head, lines)


def _made(
    book: str, row: tuple[Any, ...], lines: list[Any]
) -> tuple[EngineVoucher, str]:
    voucher = EngineVoucher(
        book=book,
        year=row[1],
        number=row[2],
        day=day_of(row[3]),
        postings=tuple(lines),
        reverses=None if row[6] is None else Number(row[6], row[7]),
        kind=cast("VoucherKind", row[4]),
        attachments=row[5],
    )
    return voucher, row[8]
