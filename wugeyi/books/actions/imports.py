"""Files of a book: kept, accepted by the accountant, reviewed by another, taken over."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.actions.books import add_item, add_sub_account
from wugeyi.books.actions.importreading import read, table_of
from wugeyi.books.actions.posting import post_many
from wugeyi.books.adapter.writing import take_turns
from wugeyi.books.models import (
    BankLine,
    BankStatement,
    Book,
    BookFile,
    ColumnMapping,
    Item,
)
from wugeyi.books.queries import importing as queries
from wugeyi.books.queries.importing import POST_WORK, READ_WORK
from wugeyi.books.rules import columns, importdocs
from wugeyi.books.rules.importdocs import MOST_BYTES
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.imports.actions import discard as discard_batch
from wugeyi.imports.models import Batch
from wugeyi.jobs import actions as jobs

# Read and posted while the page waits; what is larger goes to the worker.
SMALL_BYTES = 1024 * 1024
SMALL_VOUCHERS = 2_000
State = BookFile.State


def kind_of(book: Book, kind: str) -> str:
    """Return what batches of a book are called in ``Batch.kind``."""
    return f"books:{book.pk}:{kind}"


@transaction.atomic
def keep(
    *,
    book: Book,
    kind: str,
    filename: str,
    content: bytes,
    regime: str = "",
    year: int | None = None,
    account: str = "",
    by: User,
    at: datetime,
) -> BookFile:
    """Keep a file to be looked at; a large one is read by the worker.

    Parameters
    ----------
    regime
        By which system it is kept, as whoever sent it says.
    account
        For a bank's statement, which account of the book it is of.

    Raises
    ------
    Refused
        The books are no longer kept, or the file is too large.
    """
    if book.closed_at is not None:
        raise Refused(Why.CLOSED)
    if len(content) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    batch = Batch.objects.create(
        kind=kind_of(book, kind),
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=_packed(content),
        created_at=at,
        created_by=by,
    )
    file = BookFile.objects.create(
        batch=batch, book=book, kind=kind, regime=regime, year=year, account=account
    )
    record(
        action="books.keep_file",
        subject=file,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={"kind": kind, "file": batch.filename, "sha256": batch.sha256},
    )
    if len(content) > SMALL_BYTES:
        _ask(READ_WORK, file, by, at)
    else:
        file = read(file=file, at=at)
    return file


def _packed(content: bytes) -> bytes:
    """Return a text packed; a workbook is packed already. Both are read as they are."""
    if content.startswith((b"PK", b"\x1f\x8b", b"\xd0\xcf")):
        return content
    return gzip.compress(content, compresslevel=3, mtime=0)


def _ask(kind: str, file: BookFile, by: User, at: datetime) -> None:
    jobs.ask(
        kind=kind,
        subject=file.pk,
        organisation_id=file.book.organisation_id,
        by=by,
        at=at,
    )


@transaction.atomic
def choose(
    *,
    file: BookFile,
    version: int,
    chosen: Mapping[str, int],
    regime: str,
    year: int | None,
    skip_posted: bool,
    by: User,
    at: datetime,
) -> BookFile:
    """Say which column is what; the file is read anew, and the next one known by it.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, or it was accepted.
    """
    row = _take(file, version, State.READING, State.LOOKED, State.RETURNED)
    table = table_of(row)
    digest = columns.digest(table.header)
    rows = ColumnMapping.objects.filter(
        book=row.book, kind=row.kind, headings_sha256=digest
    )
    rows.delete()
    ColumnMapping.objects.bulk_create(
        ColumnMapping(
            book=row.book,
            kind=row.kind,
            headings_sha256=digest,
            field=name,
            column=column,
        )
        for name, column in chosen.items()
    )
    row.regime, row.year, row.skip_posted = regime, year, skip_posted
    row.save(update_fields=["regime", "year", "skip_posted"])
    _tell("books.choose_columns", row, by, at, {"columns": len(chosen)})
    size = Batch.objects.values_list("content", flat=True).get(pk=row.batch_id)
    if len(size) > SMALL_BYTES:
        row.state = State.READING
        row.version += 1
        row.save(update_fields=["state", "version"])
        _ask(READ_WORK, row, by, at)
        return row
    return read(file=row, at=at)


@transaction.atomic
def accept(*, file: BookFile, version: int, by: User, at: datetime) -> BookFile:
    """Answer for what was read: it waits for review; a bank's lines count at once.

    Sub-accounts and items the file names, and the book does not have, are added.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, something is wrong with it, or a code was
        taken in the meantime.
    """
    row = _take(file, version, State.LOOKED, State.RETURNED)
    if row.errors or not row.vouchers:
        raise Refused(Why.UNREADABLE)
    row.accepted_by, row.accepted_at = by, at
    if row.kind == BookFile.Kind.BANK:
        _take_lines(row, at)
        return _done(row, by, at, "books.accept_statement", {"lines": row.vouchers})
    _add_what_is_new(row, by, at)
    row.state, row.remark = State.WAITING, ""
    row.version += 1
    row.save()
    after = {"vouchers": row.vouchers, "sha256": row.batch.sha256}
    _tell("books.accept_file", row, by, at, after)
    return row


def _add_what_is_new(row: BookFile, by: User, at: datetime) -> None:
    head = importdocs.head_of(bytes(row.reading))
    book = row.book
    there = dict(book.sub_accounts.values_list("code", "name"))
    for code, name in head.sub_accounts:
        if code not in there:
            add_sub_account(book=book, code=code, name=name, by=by, at=at)
    known = set(Item.objects.filter(book=book).values_list("kind", "code"))
    for item in head.items:
        if (item.kind, item.code) not in known:
            add_item(
                book=book,
                kind=item.kind,
                code=item.code,
                name=item.name,
                personal=item.personal,
                by=by,
                at=at,
            )


def _take_lines(row: BookFile, at: datetime) -> None:
    """Keep lines of a bank; those that came by another file meanwhile are refused."""
    lines = list(importdocs.lines_of(bytes(row.reading)))
    take_turns(row.book)
    known = set(queries.bank_lines(row.book, row.account, lines))
    if any(each.likeness in known for each in lines):
        raise Refused(Why.CHANGED)
    statement = BankStatement.objects.create(
        book=row.book,
        batch=row.batch,
        account=row.account,
        first_day=lines[0].on,
        last_day=max(each.on for each in lines),
        accepted_at=at,
    )
    BankLine.objects.bulk_create(
        (
            BankLine(
                statement=statement,
                place=place,
                on=each.on,
                amount_fen=each.amount_fen,
                balance_fen=each.balance_fen,
                counterparty=each.counterparty,
                memo=each.memo,
                reference=each.reference,
            )
            for place, each in enumerate(lines, start=1)
        ),
        batch_size=2_000,
    )


@transaction.atomic
def approve(*, file: BookFile, version: int, by: User, at: datetime) -> BookFile:
    """Post what was accepted, all or nothing; a large file by the worker.

    Raises
    ------
    BadVoucher
        The engine found errors, such as a month closed since.
    Refused
        Somebody changed it since ``version``, it does not wait, ``by`` accepted it, or
        some of it was posted in the meantime.
    """
    row = _take(file, version, State.WAITING, State.POSTING)
    if row.state == State.POSTING and not queries.is_stuck(row):
        raise Refused(Why.NOT_WAITING)
    if row.accepted_by_id == by.pk:
        raise Refused(Why.SAME_PERSON)
    row.reviewed_by, row.reviewed_at = by, at
    if row.vouchers > SMALL_VOUCHERS:
        row.state = State.POSTING
        row.version += 1
        row.save()
        _tell("books.approve_file", row, by, at, {"vouchers": row.vouchers})
        _ask(POST_WORK, row, by, at)
        return row
    row.save(update_fields=["reviewed_by", "reviewed_at"])
    return _post(row, at)


@transaction.atomic
def post_approved(*, file: BookFile, at: datetime) -> BookFile:
    """Post a large file that was approved; the worker's part.

    Raises
    ------
    Refused
        As ``approve``; nothing is written.
    """
    row = _locked(file)
    if row.state != State.POSTING:
        return row
    return _post(row, at)


@transaction.atomic
def give_up(*, file: BookFile, at: datetime) -> BookFile:
    """Let an approved file wait for review again, because it could not be posted."""
    row = _locked(file)
    if row.state == State.POSTING:
        row.state = State.WAITING
        row.reviewed_by = row.reviewed_at = None
        row.version += 1
        row.save()
        _tell("books.give_up_file", row, None, at, {"vouchers": row.vouchers})
    return row


def _post(row: BookFile, at: datetime) -> BookFile:
    given = list(importdocs.vouchers_of(bytes(row.reading)))
    prepared, reviewed = row.accepted_by, row.reviewed_by
    if prepared is None or reviewed is None:
        raise Refused(Why.NOT_WAITING)
    take_turns(row.book)
    if row.skip_posted and row.kind == BookFile.Kind.VOUCHERS:
        days = [each.day for each in given]
        known = queries.posted(row.book, min(days), max(days))
        if any(known[each.likeness] for each in given):
            raise Refused(Why.CHANGED)
    if row.kind == BookFile.Kind.OPENING and any(queries.opened_before(row.book)):
        raise Refused(Why.CHANGED)
    entries = [
        replace(each.entry, client_id=uuid5(NAMESPACE_URL, f"file:{row.pk}:{place}"))
        for place, each in enumerate(given)
    ]
    post_many(
        book=row.book,
        entries=entries,
        prepared_by=prepared,
        reviewed_by=reviewed,
        by=reviewed,
        at=at,
        batch=row.batch,
    )
    return _done(row, reviewed, at, "books.post_file", {"vouchers": len(entries)})


def _done(
    row: BookFile, by: User, at: datetime, action: str, after: dict[str, object]
) -> BookFile:
    row.state, row.remark = State.POSTED, ""
    row.reading = b""
    row.version += 1
    row.save()
    batch = row.batch
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.content = b""
    batch.summary = str(row.vouchers)
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    _tell(action, row, by, at, {**after, "sha256": batch.sha256})
    return row


@transaction.atomic
def return_(
    *, file: BookFile, version: int, remark: str, by: User, at: datetime
) -> BookFile:
    """Give a file back to the accountant and say what is to be changed.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, it does not wait, ``by`` accepted it, or
        nothing is said.
    """
    row = _take(file, version, State.WAITING)
    if row.accepted_by_id == by.pk:
        raise Refused(Why.SAME_PERSON)
    if not remark.strip():
        raise Refused(Why.NEEDS_TEXT)
    row.state, row.remark = State.RETURNED, remark.strip()[:300]
    row.reviewed_by, row.reviewed_at = by, at
    row.version += 1
    row.save()
    _tell("books.return_file", row, by, at, {"remark": row.remark})
    return row


@transaction.atomic
def discard(*, file: BookFile, by: User, at: datetime) -> BookFile:
    """Throw a file away that was not posted; its digest and findings stay.

    Raises
    ------
    Refused
        It was posted or is being posted.
    """
    row = _locked(file)
    posting = row.state == State.POSTING and not queries.is_stuck(row)
    if posting or row.state in (State.POSTED, State.DROPPED):
        raise Refused(Why.CHANGED)
    discard_batch(batch=row.batch, by=by, at=at)
    row.state, row.reading = State.DROPPED, b""
    row.version += 1
    row.save()
    return row


def _locked(file: BookFile) -> BookFile:
    return BookFile.objects.select_for_update(of=("self",)).get(pk=file.pk)


def _take(file: BookFile, version: int, *states: str) -> BookFile:
    row = _locked(file)
    if row.version != version or row.state not in states:
        raise Refused(Why.CHANGED)
    if row.book.closed_at is not None:
        raise Refused(Why.CLOSED)
    return row


def _tell(
    action: str,
    row: BookFile,
    by: User | None,
    at: datetime,
    after: Mapping[str, object],
) -> None:
    record(
        action=action,
        subject=row,
        by=by,
        at=at,
        organisation_id=row.book.organisation_id,
        after=after,
    )
