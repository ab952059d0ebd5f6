"""Closing months in their order, and opening the last one again by a decision."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.actions.counting import month_closed, month_reopened
from wugeyi.books.actions.posting import post_many, reversal
from wugeyi.books.adapter.closing import carried, keep
from wugeyi.books.adapter.writing import stand
from wugeyi.books.models import Book, Closing, Draft, Voucher, VoucherKind
from wugeyi.books.rules.months import first_day, last_day, month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.branchwork.models import Decision


@transaction.atomic
def close_month(
    *, book: Book, month: int, by: User, reviewed_by: User, at: datetime
) -> Closing:
    """Close the month after the last closed one; December carries the year over.

    Parameters
    ----------
    month
        As ``rules.months`` counts; told so that the same press twice closes one.
    reviewed_by
        Who answers for the closing vouchers beside the accountant.

    Raises
    ------
    Refused
        Another month is next, or vouchers of it still wait for review.
    """
    need_closable(book, month)
    entries = carried(book, month)
    if entries:
        post_many(
            book=book,
            entries=entries,
            prepared_by=by,
            reviewed_by=reviewed_by,
            by=by,
            at=at,
        )
    elif by.pk == reviewed_by.pk:
        raise Refused(Why.SAME_PERSON)
    closing = keep(book, kind=Closing.Kind.CLOSE, month=month, by_id=by.pk, at=at)
    month_closed(book, closing, at=at)
    record(
        action="books.close",
        subject=closing,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={
            "month": first_day(month).isoformat()[:7],
            "reviewed_by": reviewed_by.pk,
        },
    )
    return closing


@transaction.atomic
def reopen(
    *,
    book: Book,
    reason: str,
    decision: Decision | None,
    by: User,
    reviewed_by: User,
    at: datetime,
) -> Closing:
    """Open the last closed month again; its closing vouchers are taken back.

    Raises
    ------
    Refused
        No month is closed, or no reason is told.
    """
    month = stand(book).closed_until
    if month < month_of(book.begins_on):
        raise Refused(Why.NOTHING_CLOSED)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    closing = keep(
        book,
        kind=Closing.Kind.REOPEN,
        month=month,
        reason=reason.strip(),
        decision_id=None if decision is None else decision.pk,
        by_id=by.pk,
        at=at,
    )
    month_reopened(book, month, at=at)
    standing = Voucher.objects.filter(
        book=book,
        kind=VoucherKind.CLOSING,
        day__gte=first_day(month),
        day__lte=last_day(month),
        reversed_by=None,
    ).order_by("-position")
    entries = [reversal(each, last_day(month)) for each in standing]
    if entries:
        post_many(
            book=book,
            entries=entries,
            prepared_by=by,
            reviewed_by=reviewed_by,
            by=by,
            at=at,
        )
    record(
        action="books.reopen",
        subject=closing,
        by=by,
        at=at,
        organisation_id=book.organisation_id,
        after={
            "month": first_day(month).isoformat()[:7],
            "reason": closing.reason,
            "decision": closing.decision_id,
            "reviewed_by": reviewed_by.pk,
        },
    )
    return closing


def need_closable(book: Book, month: int) -> None:
    """Refuse to close another month than the next one, or one with drafts.

    Raises
    ------
    Refused
        With what to do first.
    """
    expected = stand(book).closed_until + 1
    if month != expected:
        raise Refused(Why.NOT_NEXT, expected=first_day(expected).isoformat()[:7])
    waiting = Draft.objects.filter(
        book=book,
        state__in=(Draft.State.WAITING, Draft.State.RETURNED, Draft.State.WRITING),
        day__lte=last_day(month),
    )
    many = waiting.count()
    if many:
        raise Refused(Why.DRAFTS_OPEN, many=many)
