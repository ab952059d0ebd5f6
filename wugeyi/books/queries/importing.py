"""What a file is held against, and what was read of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.db.models import Max, Min, QuerySet

from wugeyi.books.adapter.amounts import closed_until
from wugeyi.books.models import (
    BankLine,
    Book,
    BookFile,
    ColumnMapping,
    Item,
    Posting,
    Voucher,
    VoucherKind,
)
from wugeyi.books.rules import access, columns
from wugeyi.books.rules.bankrows import Moved
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.importvouchers import Frame
from wugeyi.books.rules.months import month_of
from wugeyi.imports.rules import Table
from wugeyi.jobs.models import Work
from wugeyi.jobs.queries import latest
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, Role

READ_WORK = "books.read_file"
POST_WORK = "books.post_file"
AT_ONCE = 5_000
_OPEN = (
    BookFile.State.READING,
    BookFile.State.LOOKED,
    BookFile.State.WAITING,
    BookFile.State.RETURNED,
    BookFile.State.POSTING,
)


def load(key: int) -> BookFile | None:
    """Return a file with its book; what is large is left in the database."""
    rows = BookFile.objects.select_related(
        "batch__created_by", "book__organisation", "accepted_by", "reviewed_by"
    ).defer("reading", "batch__content")
    return rows.filter(pk=key).first()


def files(book: Book) -> QuerySet[BookFile]:
    """Return the files of a book."""
    rows = BookFile.objects.filter(book=book).select_related("batch__created_by")
    return rows.defer("reading", "batch__content")


def waiting(book: Book) -> bool:
    """Tell whether files of a book are neither posted nor dropped."""
    return BookFile.objects.filter(book=book, state__in=_OPEN).exists()


def to_review(reach: Reach, by: int) -> QuerySet[BookFile]:
    """Return files that wait for this person in all their books, oldest first.

    Files of their own are left out, and books whose cash they hold.
    """
    held = reach.roots({Role.CASHIER})
    rows = (
        BookFile.objects.filter(
            within("book__organisation__path", reach.roots(access.REVIEWS)),
            state=BookFile.State.WAITING,
        )
        .exclude(accepted_by=by)
        .select_related("batch", "book", "accepted_by")
        .defer("reading", "batch__content")
        .order_by("pk")
    )
    return rows.exclude(within("book__organisation__path", held)) if held else rows


def work_of(file: BookFile) -> Work | None:
    """Return the long work that was last asked for in a file's state."""
    kinds = {
        BookFile.State.READING: READ_WORK,
        BookFile.State.POSTING: POST_WORK,
        BookFile.State.WAITING: POST_WORK,
    }
    kind = kinds.get(BookFile.State(file.state))
    return latest(kind, file.pk) if kind else None


def is_stuck(file: BookFile) -> bool:
    """Tell whether the long work a file waits for was cancelled or has failed."""
    work = work_of(file)
    return work is None or not work.unfinished


def frame(book: Book, today: date, year: int | None) -> Frame:
    """Return what vouchers of a file must lie in; one query."""
    closed = closed_until(book)
    return Frame(
        begins_on=book.begins_on,
        closed_until=month_of(book.begins_on) - 1 if closed is None else closed,
        today=today,
        year=year,
    )


def items(book: Book) -> list[tuple[str, str, str]]:
    """Return kinds, codes and names of what lines may be about."""
    rows = Item.objects.filter(book=book)
    return list(rows.values_list("kind", "code", "name"))


def remembered(book: Book, kind: str, table: Table) -> dict[str, int]:
    """Return which column is what: as it was chosen before, else as it is guessed."""
    rows = ColumnMapping.objects.filter(
        book=book, kind=kind, headings_sha256=columns.digest(table.header)
    )
    chosen = {
        name: column
        for name, column in rows.values_list("field", "column")
        if column < len(table.header) and name in columns.FIELDS[kind]
    }
    return chosen or columns.guess(kind, table.header)


def posted(book: Book, first: date, last: date) -> Counter[tuple[object, ...]]:
    """Return how often what is likened by ``Given.likeness`` was posted in these days.

    What was taken back does not count, nor what takes it back.
    """
    names = ("voucher_id", "voucher__day", "account", "debit_fen", "credit_fen")
    rows = (
        Posting.objects.filter(
            book=book,
            voucher__day__gte=first,
            voucher__day__lte=last,
            voucher__reversed_by=None,
        )
        .exclude(voucher__kind=VoucherKind.REVERSAL)
        .order_by("voucher_id")
        .values_list(*names, *ITEM_KINDS)
    )
    found: Counter[tuple[object, ...]] = Counter()
    for _, group in groupby(rows.iterator(chunk_size=AT_ONCE), key=itemgetter(0)):
        lines = list(group)
        likeness = ((row[2], row[3], row[4], *_items(row[5:])) for row in lines)
        found[(lines[0][1], *sorted(likeness))] += 1
    return found


def _items(codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for kind, code in zip(ITEM_KINDS, codes, strict=True):
        if code:
            yield kind, code


def opened_before(book: Book) -> tuple[bool, bool]:
    """Tell whether opening balances stand in a book, and whether anything else does."""
    rows = Voucher.objects.filter(book=book)
    there = rows.filter(kind=VoucherKind.OPENING, reversed_by=None).exists()
    return there, rows.exclude(nature=VoucherKind.OPENING).exists()


def bank_lines(
    book: Book, account: str, lines: list[Moved]
) -> list[tuple[object, ...]]:
    """Return what earlier statements have of the days of these lines, to be likened."""
    if not lines:
        return []
    rows = BankLine.objects.filter(
        statement__book=book,
        statement__account=account,
        on__gte=lines[0].on,
        on__lte=max(each.on for each in lines),
    )
    names = ("on", "amount_fen", "balance_fen", "counterparty", "memo", "reference")
    with_balance = any(each.balance_fen is not None for each in lines)
    known: list[tuple[object, ...]] = []
    for row in rows.values_list(*names).iterator(chunk_size=AT_ONCE):
        likened = Moved(0, *row)
        if not with_balance and likened.balance_fen is not None:
            likened = Moved(0, row[0], row[1], None, *row[3:])
        known.append(likened.likeness)
    return known


def last_balance(book: Book, account: str, before: date) -> int | None:
    """Return what the newest line before a day left in the bank, if it is known."""
    rows = BankLine.objects.filter(
        statement__book=book, statement__account=account, on__lt=before
    )
    row = rows.order_by("-on", "-statement_id", "-place").first()
    return None if row is None else row.balance_fen


def bank_span(book: Book, account: str) -> tuple[date | None, date | None]:
    """Return the first and last day that statements of an account tell of."""
    found = BankLine.objects.filter(
        statement__book=book, statement__account=account
    ).aggregate(first=Min("on"), last=Max("on"))
    return found["first"], found["last"]


def reading(file: BookFile) -> bytes:
    """Return what was read of a file, packed."""
    rows = BookFile.objects.filter(pk=file.pk)
    return bytes(rows.values_list("reading", flat=True).get())
