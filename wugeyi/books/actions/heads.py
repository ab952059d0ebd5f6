"""Publishing the head of a book; it proves something to whoever keeps it elsewhere."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery

from wugeyi.books.adapter.heads import root_of_leaves
from wugeyi.books.adapter.leaves import teach_sqlite
from wugeyi.books.models import Book, Head, Voucher
from wugeyi.books.rules.refusals import Refused, Why


@transaction.atomic
def publish(*, book: Book, at: datetime) -> Head:
    """Publish the head over all vouchers posted; the same again if nothing is new.

    Publishing leaves no event in the audit: the head itself is the record.

    Raises
    ------
    Refused
        The book has no voucher yet.
    """
    size, root = root_of_leaves(book)
    if not size:
        raise Refused(Why.NO_VOUCHERS)
    teach_sqlite()
    head, _ = Head.objects.get_or_create(
        book=book, size=size, defaults={"root": root, "published_at": at}
    )
    return head


def publish_new(at: datetime) -> int:
    """Publish the heads of all books with vouchers since their last one.

    A book at a time: nobody waits long. Returns how many; the file in the data folder
    has them afterwards.
    """
    many = 0
    for book in with_new_vouchers().iterator():
        publish(book=book, at=at)
        many += 1
    write_file()
    return many


def with_new_vouchers() -> QuerySet[Book]:
    """Return the books with vouchers that no published head covers."""

    def last(rows: QuerySet[Voucher] | QuerySet[Head], column: str) -> Subquery:
        of_book = rows.filter(book=OuterRef("pk")).order_by(f"-{column}")
        return Subquery(of_book.values(column)[:1], output_field=IntegerField())

    rows = Book.objects.annotate(
        posted=last(Voucher.objects.all(), "position"),
        covered=last(Head.objects.all(), "size"),
    )
    return (
        rows.filter(posted__isnull=False)
        .exclude(posted=F("covered"), covered__isnull=False)
        .order_by("pk")
    )


def heads_file() -> Path:
    """Return the file of published heads in the data folder."""
    return Path(settings.DATA_DIR) / "heads" / "books.txt"


def write_file() -> None:
    """Append the heads the file does not have yet; what stands in it is never touched.

    Each line: the book's code, how many vouchers, the root, time in UTC.
    """
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        file.seek(0)
        known = {tuple(line.split()[:2]) for line in file if line.strip()}
        rows = Head.objects.order_by("pk").values_list(
            "book__code", "size", "root", "published_at"
        )
        for code, size, root, when in rows.iterator():
            if (code, str(size)) not in known:
                told = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                file.write(f"{code} {size} {root} {told}\n")
        file.flush()
        os.fsync(file.fileno())
