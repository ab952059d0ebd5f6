"""Closing and reopening months by two people: one asks, another one does it."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.actions.months import close_month, need_closable, reopen
from wugeyi.books.adapter.writing import stand
from wugeyi.books.models import Book, Closing, ClosingRequest
from wugeyi.books.rules.months import first_day, month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.branchwork.models import Decision


@transaction.atomic
def ask_to_close(*, book: Book, month: int, by: User, at: datetime) -> ClosingRequest:
    """Ask whoever reviews to close the month after the last closed one.

    Raises
    ------
    Refused
        Another month is next, vouchers of it wait, or something was asked already.
    """
    _need_nothing_asked(book)
    need_closable(book, month)
    return _ask(book, Closing.Kind.CLOSE, month, by, at)


@transaction.atomic
def ask_to_reopen(
    *, book: Book, reason: str, decision: Decision | None, by: User, at: datetime
) -> ClosingRequest:
    """Ask whoever reviews to open the last closed month again.

    Raises
    ------
    Refused
        No month is closed, no reason is told, or something was asked already.
    """
    _need_nothing_asked(book)
    month = stand(book).closed_until
    if month < month_of(book.begins_on):
        raise Refused(Why.NOTHING_CLOSED)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    return _ask(
        book,
        Closing.Kind.REOPEN,
        month,
        by,
        at,
        reason=reason.strip(),
        decision=decision,
    )


@transaction.atomic
def confirm(
    *, request: ClosingRequest, version: int, by: User, at: datetime
) -> Closing:
    """Do what was asked; its one event is that of the closing.

    Raises
    ------
    Refused
        It waits no longer, ``by`` asked for it, or the books changed since.
    """
    row = _waiting(request, version)
    if row.asked_by_id == by.pk:
        raise Refused(Why.SAME_PERSON)
    if row.kind == Closing.Kind.CLOSE:
        closing = close_month(
            book=row.book, month=row.month, by=row.asked_by, reviewed_by=by, at=at
        )
    else:
        if stand(row.book).closed_until != row.month:
            raise Refused(Why.CHANGED)
        closing = reopen(
            book=row.book,
            reason=row.reason,
            decision=row.decision,
            by=row.asked_by,
            reviewed_by=by,
            at=at,
        )
    row.closing = closing
    _answer(row, ClosingRequest.State.DONE, by, at)
    return closing


@transaction.atomic
def decline(
    *, request: ClosingRequest, version: int, remark: str, by: User, at: datetime
) -> ClosingRequest:
    """Say why a month is not closed or opened again.

    Raises
    ------
    Refused
        It waits no longer, or nothing is said.
    """
    row = _waiting(request, version)
    if not remark.strip():
        raise Refused(Why.NEEDS_TEXT)
    row.remark = remark.strip()
    _answer(row, ClosingRequest.State.DECLINED, by, at)
    _tell("books.decline_closing", row, by, at)
    return row


@transaction.atomic
def withdraw(
    *, request: ClosingRequest, version: int, by: User, at: datetime
) -> ClosingRequest:
    """Take a request back.

    Raises
    ------
    Refused
        It waits no longer.
    """
    row = _waiting(request, version)
    _answer(row, ClosingRequest.State.WITHDRAWN, by, at)
    _tell("books.withdraw_closing", row, by, at)
    return row


def _need_nothing_asked(book: Book) -> None:
    # Two who ask at once wait for each other here, and the second one sees the first.
    locked = Book.objects.select_for_update().get(pk=book.pk)
    if locked.closed_at is not None:
        raise Refused(Why.CLOSED)
    if locked.closing_requests.filter(state=ClosingRequest.State.WAITING).exists():
        raise Refused(Why.TWICE)


def _ask(
    book: Book,
    kind: str,
    month: int,
    by: User,
    at: datetime,
    *,
    reason: str = "",
    decision: Decision | None = None,
) -> ClosingRequest:
    row = ClosingRequest.objects.create(
        book=book,
        kind=kind,
        month=month,
        reason=reason,
        decision=decision,
        asked_by=by,
        asked_at=at,
    )
    verb = "ask_to_close" if kind == Closing.Kind.CLOSE else "ask_to_reopen"
    _tell(f"books.{verb}", row, by, at)
    return row


def _waiting(request: ClosingRequest, version: int) -> ClosingRequest:
    row = ClosingRequest.objects.select_for_update().get(pk=request.pk)
    if row.version != version or row.state != ClosingRequest.State.WAITING:
        raise Refused(Why.CHANGED)
    return row


def _answer(row: ClosingRequest, state: str, by: User, at: datetime) -> None:
    row.state = state
    row.answered_by = by
    row.answered_at = at
    row.version += 1
    row.save()


def _tell(action: str, row: ClosingRequest, by: User, at: datetime) -> None:
    record(
        action=action,
        subject=row,
        by=by,
        at=at,
        organisation_id=row.book.organisation_id,
        after={
            "month": first_day(row.month).isoformat()[:7],
            **({"reason": row.reason} if row.reason else {}),
            **({"remark": row.remark} if row.remark else {}),
        },
    )
