"""Vouchers into the database in as few statements as it takes, lines first.

The ORM would take six times as long. What may stand in the database is not decided
here but by its guards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.utils import DataError, IntegrityError

from wugeyi.books.adapter.findings import BadVoucher
from wugeyi.books.adapter.leaves import leaf, teach_sqlite
from wugeyi.books.adapter.vouchers import voucher_of, wrong_with
from wugeyi.books.models import Book, Posting, Voucher
from wugeyi.books.rules.entries import ITEM_KINDS, Entry
from wugeyi.books.rules.months import month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.engines.ledger.findings import Finding

# The same number as in migrations/guards/postgresql.
LOCKS = 7_203_000_000_000
# So many rows go by INSERT; more are copied.
FEW = 20

POSTING_COLUMNS = (
    "voucher_id",
    "book_id",
    "place",
    "account",
    "debit_fen",
    "credit_fen",
    "summary",
    *ITEM_KINDS,
)
VOUCHER_COLUMNS = (
    "id",
    "book_id",
    "year",
    "number",
    "position",
    "day",
    "kind",
    "nature",
    "reverses_id",
    "papers",
    "prepared_by_id",
    "reviewed_by_id",
    "posted_at",
    "decision_id",
    "batch_id",
    "client_id",
    "leaf",
)
_DAY, _AT, _CLIENT = map(VOUCHER_COLUMNS.index, ("day", "posted_at", "client_id"))
Row = tuple[Any, ...]
"""A voucher's columns, in the order of ``VOUCHER_COLUMNS``."""
_STAND = (
    "(SELECT max(position) FROM books_voucher WHERE book_id = %s), "
    "(SELECT closed_until FROM books_closing WHERE book_id = %s"
    " ORDER BY position DESC LIMIT 1)"
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a book stands: what the next voucher is to follow."""

    position: int
    # The last closed month; the one before the books begin if none is.
    closed_until: int


def made_of(row: Row) -> Voucher:
    """Return a row that was written as a voucher, without asking the database."""
    return Voucher.from_db(connection.alias, list(VOUCHER_COLUMNS), row)


def take_turns(book: Book) -> None:
    """Wait until nobody else writes to a book; held to the end of the transaction.

    On SQLite an open transaction holds the write lock already. PostgreSQL plans its
    checks of foreign keys when they are first asked for, maybe of empty tables, and
    keeps the plan: it must not be to read them whole.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s),"
                " set_config('enable_seqscan', 'off', true)",
                [LOCKS + book.pk],
            )


def stand(book: Book) -> Stand:
    """Return where a book stands."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_STAND}", [book.pk, book.pk])
        return _stand(book, *cursor.fetchone())


def _stand(book: Book, position: int | None, closed: int | None) -> Stand:
    before = month_of(book.begins_on) - 1
    return Stand(position or 0, before if closed is None else closed)


def write(
    book: Book,
    entries: Sequence[Entry],
    *,
    prepared_by_id: int,
    reviewed_by_id: int,
    at: datetime,
    batch_id: int | None = None,
) -> list[Row]:
    """Post entries in their order, and return their rows; the caller's transaction holds them together.

    Raises
    ------
    BadVoucher
        The engine found errors; they name the entries by the numbers they would get.
    Refused
        A guard of the database refused.
    """
    take_turns(book)
    now, ids, numbers = _next(book, entries)
    reversed_ = _reversed(book, entries)
    lines: list[tuple[Any, ...]] = []
    vouchers: list[tuple[Any, ...]] = []
    wrong: list[Finding] = []
    for place, (key, entry) in enumerate(zip(ids, entries, strict=True), start=1):
        year = entry.day.year
        number = numbers[year] = numbers.get(year, 0) + 1
        original = reversed_.get(entry.reverses_id or 0)
        voucher = voucher_of(
            entry, book=book.code, number=number, reverses=original and original[:2]
        )
        wrong.extend(wrong_with(voucher, book.regime, now.closed_until))
        if wrong:
            continue
        nature = entry.kind if original is None else original[2]
        vouchers.append(
            (
                key,
                book.pk,
                year,
                number,
                now.position + place,
                entry.day,
                entry.kind,
                nature,
                entry.reverses_id,
                entry.papers,
                prepared_by_id,
                reviewed_by_id,
                at,
                entry.decision_id,
                batch_id,
                entry.client_id,
                leaf(voucher),
            )
        )
        lines.extend(
            (
                key,
                book.pk,
                at_line,
                line.account,
                line.debit_fen,
                line.credit_fen,
                line.summary,
                line.asset,
                line.counterparty,
                line.household,
                line.project,
            )
            for at_line, line in enumerate(entry.lines, start=1)
        )
    if wrong:
        raise BadVoucher(wrong)
    teach_sqlite()
    try:
        _insert(Posting._meta.db_table, POSTING_COLUMNS, lines)
        _insert(Voucher._meta.db_table, VOUCHER_COLUMNS, vouchers)
    except (IntegrityError, DataError) as error:
        raise Refused(Why.GUARD, word=word_of(error)) from error
    return vouchers


def word_of(error: Exception) -> str:
    """Return by which word a guard refused; what the database said if it was none."""
    text = str(error).splitlines()[0]
    return text.partition("books: ")[2] or text


def _next(
    book: Book, entries: Sequence[Entry]
) -> tuple[Stand, list[int], dict[int, int]]:
    """Return where the book stands, keys for the entries, last numbers by year."""
    years = sorted({each.day.year for each in entries})
    number = "(SELECT max(number) FROM books_voucher WHERE book_id = %s AND year = %s)"
    key = (
        "nextval(pg_get_serial_sequence('books_voucher', 'id'))"
        if connection.vendor == "postgresql"
        else "(SELECT coalesce(max(id), 0) + 1 FROM books_voucher)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {_STAND}, {', '.join([number] * len(years))}",
            [book.pk, book.pk, *(each for year in years for each in (book.pk, year))],
        )
        first, position, closed, *last = cursor.fetchone()
        ids = list(range(first, first + len(entries)))
        if connection.vendor == "postgresql" and len(entries) > 1:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('books_voucher', 'id'))"
                " FROM generate_series(2, %s)",
                [len(entries)],
            )
            ids = [first, *(row[0] for row in cursor.fetchall())]
    numbers = {year: each or 0 for year, each in zip(years, last, strict=True)}
    return _stand(book, position, closed), ids, numbers


def _reversed(book: Book, entries: Sequence[Entry]) -> dict[int, tuple[int, int, str]]:
    keys = [each.reverses_id for each in entries if each.reverses_id]
    if not keys:
        return {}
    rows = Voucher.objects.filter(book=book, pk__in=keys)
    return {
        key: (year, number, nature)
        for key, year, number, nature in rows.values_list(
            "pk", "year", "number", "nature"
        )
    }


def _insert(
    table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _load(cursor, f"{table} ({names})", rows)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            # Lines are most of what is written, and have nothing to adapt.
            rows if columns is POSTING_COLUMNS else list(_plain(rows)),
        )


def _load(cursor: Any, target: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows by one statement, so that PostgreSQL's guards see them together."""
    if len(rows) > FEW:
        # Guards keep the plans of their first call, maybe of empty tables.
        cursor.execute("DISCARD PLANS")
        with cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    values = ", ".join([marks] * len(rows))
    cursor.execute(
        f"INSERT INTO {target} VALUES {values}", [each for row in rows for each in row]
    )


def _plain(rows: Sequence[Row]) -> Iterator[list[Any]]:
    """Yield vouchers' rows as SQLite keeps them; all were posted at one moment."""
    at = connection.ops.adapt_datetimefield_value(rows[0][_AT])
    for row in rows:
        plain = list(row)
        plain[_DAY] = row[_DAY].isoformat()
        plain[_AT] = at
        if row[_CLIENT] is not None:
            plain[_CLIENT] = row[_CLIENT].hex
        yield plain
