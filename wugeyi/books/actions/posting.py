"""Posting vouchers: whole, numbered without gaps, checked, sealed by the database."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.adapter.reading import engine_voucher
from wugeyi.books.adapter.vouchers import taken_back
from wugeyi.books.adapter.writing import Row, made_of, write
from wugeyi.books.models import Book, Voucher
from wugeyi.books.queries.large import need_decided
from wugeyi.books.rules.entries import Entry
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.imports.models import Batch

# So many vouchers go into the database by one statement.
CHUNK = 1_000


@transaction.atomic
def post(
    *,
    book: Book,
    entry: Entry,
    prepared_by: User,
    reviewed_by: User,
    by: User,
    at: datetime,
    batch: Batch | None = None,
) -> Voucher:
    """Post one voucher; the same ``client_id`` again returns the first one.

    Parameters
    ----------
    prepared_by, reviewed_by
        Who wrote it and who looked it over: never the same person.
    by
        Who does this now.

    Raises
    ------
    Refused
        Nothing was written; see ``why``, for a :class:`BadVoucher` its findings.
    """
    _need_open(book, prepared_by, reviewed_by)
    if entry.client_id is not None:
        before = Voucher.objects.filter(client_id=entry.client_id).first()
        if before is not None:
            return before
    need_decided(book, [entry])
    row = write(
        book,
        [entry],
        prepared_by_id=prepared_by.pk,
        reviewed_by_id=reviewed_by.pk,
        at=at,
        batch_id=None if batch is None else batch.pk,
    )[0]
    voucher = made_of(row)
    record(
        action="books.post",
        subject=voucher,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={
            "number": str(voucher),
            "leaf": voucher.leaf,
            "reviewed_by": reviewed_by.pk,
        },
    )
    return voucher


@transaction.atomic
def post_many(
    *,
    book: Book,
    entries: Sequence[Entry],
    prepared_by: User,
    reviewed_by: User,
    by: User,
    at: datetime,
    batch: Batch | None = None,
) -> int:
    """Post many vouchers in their order, all or none; return how many.

    Raises
    ------
    Refused
        Nothing was written.
    """
    _need_open(book, prepared_by, reviewed_by)
    need_decided(book, entries)
    made: list[Row] = []
    for start in range(0, len(entries), CHUNK):
        made.extend(
            write(
                book,
                entries[start : start + CHUNK],
                prepared_by_id=prepared_by.pk,
                reviewed_by_id=reviewed_by.pk,
                at=at,
                batch_id=None if batch is None else batch.pk,
            )
        )
    if made:
        first, last = made_of(made[0]), made_of(made[-1])
        record(
            action="books.post_many",
            subject=book,
            by=by,
            at=at,
            organisation_id=book.organisation_id,
            after={
                "first": str(first),
                "last": str(last),
                "vouchers": len(made),
                "reviewed_by": reviewed_by.pk,
            },
        )
    return len(made)


@transaction.atomic
def reverse(
    *,
    voucher: Voucher,
    day: date,
    prepared_by: User,
    reviewed_by: User,
    by: User,
    at: datetime,
) -> Voucher:
    """Take a voucher back: the same lines with sides changed, once only, and named.

    Raises
    ------
    Refused
        It was taken back before, or is a reversal itself, or the day is too early or
        in a closed month.
    """
    return post(
        book=voucher.book,
        entry=reversal(voucher, day),
        prepared_by=prepared_by,
        reviewed_by=reviewed_by,
        by=by,
        at=at,
    )


def reversal(voucher: Voucher, day: date) -> Entry:
    """Return the entry that takes a voucher back.

    Raises
    ------
    Refused
        It was taken back before.
    """
    if Voucher.objects.filter(reverses=voucher).exists():
        raise Refused(Why.ALREADY_REVERSED, number=str(voucher))
    return Entry(
        day=day,
        lines=taken_back(engine_voucher(voucher)),
        kind="reversal",
        reverses_id=voucher.pk,
        decision_id=voucher.decision_id,
    )


def _need_open(book: Book, prepared_by: User, reviewed_by: User) -> None:
    if book.closed_at is not None:
        raise Refused(Why.CLOSED)
    if prepared_by.pk == reviewed_by.pk:
        raise Refused(Why.SAME_PERSON)
