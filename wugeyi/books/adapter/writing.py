"""Vouchers into the database in as few statements as it takes, lines first.

The ORM would take six times as long. What may stand in the database is not decided
here but by its guards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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

POSTING_COLUMNS = (
    ("voucher_id", "bigint"),
    ("book_id", "bigint"),
    ("place", "smallint"),
    ("account", "text"),
    ("debit_fen", "bigint"),
    ("credit_fen", "bigint"),
    ("summary", "text"),
    *((kind, "text") for kind in ITEM_KINDS),
)
VOUCHER_COLUMNS = (
    ("id", "bigint"),
    ("book_id", "bigint"),
    ("year", "smallint"),
    ("number", "integer"),
    ("position", "integer"),
    ("day", "date"),
    ("kind", "text"),
    ("nature", "text"),
    ("reverses_id", "bigint"),
    ("papers", "smallint"),
    ("prepared_by_id", "bigint"),
    ("reviewed_by_id", "bigint"),
    ("posted_at", "timestamptz"),
    ("decision_id", "bigint"),
    ("batch_id", "bigint"),
    ("client_id", "uuid"),
    ("leaf", "text"),
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a book stands: what the next voucher is to follow."""

    position: int
    # The last closed month; the one before the books begin if none is.
    closed_until: int


@dataclass(frozen=True, slots=True)
class Made:
    """A voucher that was written."""

    id: int
    year: int
    number: int
    position: int


def take_turns(book: Book) -> None:
    """Wait until nobody else writes to a book; held to the end of the transaction.

    On SQLite an open transaction holds the write lock already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCKS + book.pk])


def stand(book: Book) -> Stand:
    """Return where a book stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(position) FROM books_voucher"
            " WHERE book_id = %s), 0), (SELECT closed_until FROM books_closing"
            " WHERE book_id = %s ORDER BY position DESC LIMIT 1)",
            [book.pk, book.pk],
        )
        position, closed = cursor.fetchone()
    return Stand(position, month_of(book.begins_on) - 1 if closed is None else closed)


def write(
    book: Book,
    entries: Sequence[Entry],
    *,
    prepared_by_id: int,
    reviewed_by_id: int,
    at: datetime,
    batch_id: int | None = None,
) -> list[Made]:
    """Post entries in their order; the caller's transaction holds them together.

    Raises
    ------
    BadVoucher
        The engine found errors; they name the entries by the numbers they would get.
    Refused
        A guard of the database refused.
    """
    take_turns(book)
    now = stand(book)
    ids = _next_ids(len(entries))
    numbers = _last_numbers(book, {each.day.year for each in entries})
    reversed_ = _reversed(book, entries)
    lines: list[tuple[Any, ...]] = []
    vouchers: list[tuple[Any, ...]] = []
    made: list[Made] = []
    wrong: list[Finding] = []
    for place, (key, entry) in enumerate(zip(ids, entries, strict=True), start=1):
        year = entry.day.year
        number = numbers[year] = numbers.get(year, 0) + 1
        original = reversed_.get(entry.reverses_id or 0)
        voucher = voucher_of(
            entry, book=book.code, number=number, reverses=original and original[:2]
        )
        wrong.extend(wrong_with(voucher, book.regime, now.closed_until))
        made.append(Made(key, year, number, now.position + place))
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
    return made


def word_of(error: Exception) -> str:
    """Return by which word a guard refused; what the database said if it was none."""
    text = str(error).splitlines()[0]
    return text.partition("books: ")[2] or text


def _next_ids(many: int) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('books_voucher', 'id'))"
                " FROM generate_series(1, %s)",
                [many],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(id), 0) FROM books_voucher")
        first = cursor.fetchone()[0] + 1
    return list(range(first, first + many))


def _last_numbers(book: Book, years: set[int]) -> dict[int, int]:
    found = {}
    with connection.cursor() as cursor:
        for year in years:
            cursor.execute(
                "SELECT coalesce(max(number), 0) FROM books_voucher"
                " WHERE book_id = %s AND year = %s",
                [book.pk, year],
            )
            found[year] = cursor.fetchone()[0]
    return found


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
    table: str,
    columns: tuple[tuple[str, str], ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    names = ", ".join(name for name, _ in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement for all rows: the guards look at them together.
            arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})",
                [list(each) for each in zip(*rows, strict=True)],
            )
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", _plain(rows)
        )


def _plain(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """Yield rows as SQLite keeps them."""
    ops = connection.ops
    for row in rows:
        yield [
            ops.adapt_datetimefield_value(each)
            if isinstance(each, datetime)
            else each.isoformat()
            if isinstance(each, date)
            else each.hex
            if hasattr(each, "hex") and not isinstance(each, int)
            else each
            for each in row
        ]
