"""Vouchers before they are posted: one person writes, another one reviews."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.actions import telling
from wugeyi.books.actions.posting import post, reversal
from wugeyi.books.adapter.drafts import entry_of, need_sound
from wugeyi.books.models import Book, Draft, DraftLine, Voucher, VoucherKind
from wugeyi.books.queries.large import need_decided
from wugeyi.books.rules.entries import Entry, Kind, Line
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.branchwork.models import Decision
from wugeyi.imports.models import Batch

STILL_OPEN = (Draft.State.WRITING, Draft.State.WAITING, Draft.State.RETURNED)
MOST_LINES = 1_000


@transaction.atomic
def write(
    *,
    book: Book,
    day: date,
    lines: Sequence[Line],
    by: User,
    at: datetime,
    kind: Kind = "ordinary",
    reverses: Voucher | None = None,
    decision: Decision | None = None,
    source: str = "",
    source_id: int | None = None,
    batch: Batch | None = None,
    client_id: UUID | None = None,
) -> Draft:
    """Write a draft, sound or not; the same ``client_id`` again returns the first.

    Parameters
    ----------
    by
        Who answers for it as its writer: this person can never review it.
    reverses
        The voucher it takes back; its lines are then made at posting.
    source, source_id
        What it came from, such as the due date of a contract: a word and a key.

    Raises
    ------
    Refused
        The books are no longer kept, it has too many lines, or ``client_id`` belongs
        to another book.
    """
    _need_kept(book, lines)
    if client_id is not None:
        before = Draft.objects.filter(client_id=client_id).first()
        if before is not None:
            if before.book_id != book.pk:
                raise Refused(Why.TWICE)
            return before
    draft = Draft.objects.create(
        book=book,
        day=day,
        kind=kind,
        reverses=reverses,
        decision=decision,
        source=source,
        source_id=source_id,
        batch=batch,
        prepared_by=by,
        prepared_at=at,
        client_id=client_id,
    )
    _keep(draft, lines)
    _tell("books.write_draft", draft, by, at, {"day": day, **_size(lines)})
    return draft


@transaction.atomic
def change(
    *,
    draft: Draft,
    version: int,
    day: date,
    lines: Sequence[Line],
    decision: Decision | None = None,
    by: User,
    at: datetime,
) -> Draft:
    """Write a draft anew; one that waited for review no longer does.

    Whoever changes it answers for it from now on.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, it is posted or dropped, or it has too
        many lines.
    """
    row = _open(draft, version)
    _need_kept(row.book, lines)
    row.day = day
    row.decision = decision
    row.state = Draft.State.WRITING
    row.prepared_by = by
    row.prepared_at = at
    _save(row, "day", "decision", "state", "prepared_by", "prepared_at")
    row.lines.all().delete()
    _keep(row, lines)
    _tell("books.change_draft", row, by, at, {"day": day, **_size(lines)})
    return row


@transaction.atomic
def submit(*, draft: Draft, version: int, by: User, at: datetime) -> Draft:
    """Give a draft to the reviewer.

    Raises
    ------
    BadVoucher
        It could not be posted as it is.
    Refused
        Somebody changed it since ``version``, or it waits, is posted or dropped; or
        a large matter in it is not decided.
    """
    row = _open(draft, version)
    if row.state == Draft.State.WAITING:
        raise Refused(Why.CHANGED)
    entry = _entry(row)
    need_sound(row, entry)
    need_decided(row.book, [entry])
    row.state = Draft.State.WAITING
    row.prepared_by = by
    row.prepared_at = at
    _save(row, "state", "prepared_by", "prepared_at")
    _tell("books.submit_draft", row, by, at, {"day": row.day})
    telling.waits(row, at=at)
    return row


@transaction.atomic
def reverse_by_draft(
    *,
    voucher: Voucher,
    day: date,
    reason: str,
    by: User,
    at: datetime,
    client_id: UUID | None = None,
) -> Draft:
    """Ask a reviewer to take a voucher back: a draft that waits at once.

    Raises
    ------
    Refused
        It was taken back before or this waits already, no reason is told, or the day is
        too early or in a closed month.
    """
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    before = Draft.objects.filter(client_id=client_id).first() if client_id else None
    if before is not None and before.reverses_id == voucher.pk:
        return before
    # Two who ask at once wait for each other here, and the second one sees the first.
    Book.objects.select_for_update().get(pk=voucher.book_id)
    if Draft.objects.filter(reverses=voucher, state__in=STILL_OPEN).exists():
        raise Refused(Why.TWICE)
    _need_kept(voucher.book, ())
    if day < voucher.day:
        raise Refused(Why.GUARD, word="reversal")
    draft = Draft(
        book=voucher.book,
        day=day,
        kind=VoucherKind.REVERSAL,
        reverses=voucher,
        decision=voucher.decision,
        state=Draft.State.WAITING,
        reason=reason.strip(),
        prepared_by=by,
        prepared_at=at,
        client_id=client_id,
    )
    need_sound(draft, replace(reversal(voucher, day), decision_id=voucher.decision_id))
    draft.save()
    _tell(
        "books.ask_to_reverse",
        draft,
        by,
        at,
        {"number": str(voucher), "reason": draft.reason, "day": day},
    )
    return draft


@transaction.atomic
def approve(*, draft: Draft, version: int, by: User, at: datetime) -> Voucher:
    """Post a draft that waits; its one event is that of posting.

    Raises
    ------
    BadVoucher
        It cannot be posted as it is.
    Refused
        Somebody changed it since ``version``, it does not wait, or ``by`` wrote it.
    """
    row = _waiting(draft, version, by)
    voucher = post(
        book=row.book,
        entry=_entry(row),
        prepared_by=row.prepared_by,
        reviewed_by=by,
        by=by,
        at=at,
        batch=row.batch,
    )
    row.state = Draft.State.POSTED
    row.voucher = voucher
    row.remark = ""
    row.reviewed_by = by
    row.reviewed_at = at
    _save(row, "state", "voucher", "remark", "reviewed_by", "reviewed_at")
    return voucher


@transaction.atomic
def return_(
    *, draft: Draft, version: int, remark: str, by: User, at: datetime
) -> Draft:
    """Give a draft back to its writer and say what is to be changed.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, it does not wait, ``by`` wrote it, or
        nothing is said.
    """
    row = _waiting(draft, version, by)
    if not remark.strip():
        raise Refused(Why.NEEDS_TEXT)
    row.state = Draft.State.RETURNED
    row.remark = remark.strip()
    row.reviewed_by = by
    row.reviewed_at = at
    _save(row, "state", "remark", "reviewed_by", "reviewed_at")
    _tell("books.return_draft", row, by, at, {"remark": row.remark})
    return row


@transaction.atomic
def drop(*, draft: Draft, version: int, by: User, at: datetime) -> Draft:
    """Drop a draft; it stays to be read, but is never posted.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, or it is posted or dropped.
    """
    row = _open(draft, version)
    row.state = Draft.State.DROPPED
    _save(row, "state")
    _tell("books.drop_draft", row, by, at, {"day": row.day})
    return row


def _open(draft: Draft, version: int) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    if row.version != version or row.state not in STILL_OPEN:
        raise Refused(Why.CHANGED)
    return row


def _waiting(draft: Draft, version: int, by: User) -> Draft:
    row = _open(draft, version)
    if row.state != Draft.State.WAITING:
        raise Refused(Why.NOT_WAITING)
    if row.prepared_by_id == by.pk:
        raise Refused(Why.SAME_PERSON)
    return row


def _need_kept(book: Book, lines: Sequence[Line]) -> None:
    if book.closed_at is not None:
        raise Refused(Why.CLOSED)
    if len(lines) > MOST_LINES:
        raise Refused(Why.TOO_MANY, most=MOST_LINES)


def _entry(draft: Draft) -> Entry:
    """Return what would be posted; a reversal's lines are those it takes back."""
    papers = draft.papers.filter(withdrawn_at=None).count()
    if draft.kind == VoucherKind.REVERSAL and draft.reverses is not None:
        made = reversal(draft.reverses, draft.day)
        return replace(
            made, papers=papers, decision_id=draft.decision_id or made.decision_id
        )
    return entry_of(draft, papers)


def _keep(draft: Draft, lines: Sequence[Line]) -> None:
    DraftLine.objects.bulk_create(
        DraftLine(
            draft=draft,
            place=place,
            account=line.account,
            debit_fen=line.debit_fen,
            credit_fen=line.credit_fen,
            summary=line.summary,
            asset=line.asset,
            counterparty=line.counterparty,
            household=line.household,
            project=line.project,
        )
        for place, line in enumerate(lines, start=1)
    )


def _save(row: Draft, *names: str) -> None:
    row.version += 1
    row.save(update_fields=[*names, "version"])


def _size(lines: Sequence[Line]) -> dict[str, object]:
    """Say how much a draft is about; its words may name people and stay out."""
    return {"lines": len(lines), "debit_fen": sum(each.debit_fen for each in lines)}


def _tell(
    action: str, draft: Draft, by: User, at: datetime, after: dict[str, object]
) -> None:
    record(
        action=action,
        subject=draft,
        by=by,
        at=at,
        organisation_id=draft.book.organisation_id,
        after=after,
    )
