"""Vouchers as the engine's, one or as a stream of any length; and as hashed bytes."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple, cast

from django.db import connection

from wugeyi.books.adapter.vouchers import day_of, posting_of
from wugeyi.books.models import Book, Voucher
from wugeyi.books.rules.entries import ITEM_KINDS
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


class Sealed(NamedTuple):
    """A voucher as its leaf is made of it, and what was kept beside it."""

    position: int
    year: int
    number: int
    day: date | str
    kind: str
    leaf: str
    # The canonical text (engines/ledger/heads/canonical), made from the rows.
    text: str | None
    # Debit less credit of its lines; lines; how many of them name another book.
    gap_fen: int
    lines: int
    foreign: int


def sealed(book: Book, after: int = 0, until: int = 2**31 - 1) -> Iterator[Sealed]:
    """Yield a book's vouchers in the order of posting with the text that is hashed.

    The text is put together in the database, a row for each voucher: three times as
    fast as making the engine's objects.
    """
    whole = connection.vendor == "postgresql"
    with connection.chunked_cursor() as cursor:
        query = _POSTGRESQL if whole else _SQLITE
        cursor.execute(query, [book.pk, after, until])
        while rows := cursor.fetchmany(AT_ONCE):
            yield from map(Sealed._make, rows if whole else map(_split, rows))


def text_of(voucher: Voucher) -> str:
    """Return one voucher's canonical text."""
    found = next(sealed(voucher.book, voucher.position - 1, voucher.position))
    return found.text or ""


def _split(row: tuple[Any, ...]) -> tuple[Any, ...]:
    packed = row[-1]
    if packed is None:
        return (*row[:-1], None, 0, 0, 0)
    text, gap, lines, foreign = packed.rsplit("\n", 3)
    return (*row[:-1], text, int(gap), int(lines), int(foreign))


def _canonical(quote: str, day: str, lines: str) -> str:
    return f"""'["wugeyi-voucher-1",' || {quote.format("b.code")} || ',' || v.year || ','
        || v.number || ',"' || {day} || '",' || {quote.format("v.kind")} || ','
        || coalesce('[' || r.year || ',' || r.number || ']', 'null')
        || ',' || v.papers || ',[' || {lines} || ']]'"""


def _items(quote: str, tail: str) -> list[str]:
    return [
        f"CASE WHEN p.{each} <> '' THEN '[\"{each}\",' || "
        f"{quote.format(f'p.{each}')} || ']' {tail} END"
        for each in ITEM_KINDS
    ]


def _line(quote: str, items: str) -> str:
    return (
        f"'[' || {quote.format('p.account')} || ',' || p.debit_fen || ','"
        f" || p.credit_fen || ',' || {quote.format('p.summary')}"
        f" || ',[' || {items} || ']]'"
    )


_OF_BOOK = """
 WHERE v.book_id = %s AND v.position > %s AND v.position <= %s
 ORDER BY v.position
"""
_TO_JSON = "to_json({}::text)::text"
_POSTGRESQL = f"""
SELECT v.position, v.year, v.number, v.day, v.kind, v.leaf,
       {_canonical(_TO_JSON, "to_char(v.day, 'YYYY-MM-DD')", "t.text")},
       coalesce(t.gap, 0)::bigint, t.many, t.outside
  FROM books_voucher v
  JOIN books_book b ON b.id = v.book_id
  LEFT JOIN books_voucher r ON r.id = v.reverses_id
 CROSS JOIN LATERAL (
    SELECT string_agg({
    _line(_TO_JSON, f"concat_ws(',', {', '.join(_items(_TO_JSON, ''))})")
}, ',' ORDER BY p.place) AS text, sum(p.debit_fen - p.credit_fen) AS gap,
           count(*) AS many, count(*) FILTER (WHERE p.book_id <> v.book_id) AS outside
      FROM books_posting p WHERE p.voucher_id = v.id) t
{_OF_BOOK}"""
_COMMAS = " || ".join(
    each.replace("THEN '[", "THEN ',[") for each in _items("json_quote({})", "ELSE ''")
)
_SQLITE = f"""
SELECT v.position, v.year, v.number, v.day, v.kind, v.leaf,
       (SELECT {_canonical("json_quote({})", "v.day", "group_concat(l.text, ',')")}
               || char(10) || sum(l.gap) || char(10) || count(*)
               || char(10) || sum(l.book_id <> v.book_id)
          FROM (SELECT {_line("json_quote({})", f"substr({_COMMAS}, 2)")} AS text,
                       p.debit_fen - p.credit_fen AS gap, p.book_id
                  FROM books_posting p WHERE p.voucher_id = v.id
                 ORDER BY p.place) l)
  FROM books_voucher v
  JOIN books_book b ON b.id = v.book_id
  LEFT JOIN books_voucher r ON r.id = v.reverses_id
{_OF_BOOK}"""
