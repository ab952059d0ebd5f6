"""Sheets for villagers: drawn up, looked over by their group, published, taken down."""

import secrets
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.books.actions.heads import publish as publish_head
from wugeyi.books.models import Book, Disclosure, DisclosureQuestion, Voucher
from wugeyi.books.queries.disclosures import changed_since, closed_until
from wugeyi.books.rules.disclosure import ALPHABET, CODE_LENGTH, Period
from wugeyi.books.rules.months import first_day, month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.casework.actions.intake import Need, Registered, register
from wugeyi.casework.actions.writing import RESIDENT

WORDS = ("plans", "resources", "other")
STANDING = (Disclosure.State.DRAWN_UP, Disclosure.State.PUBLISHED)


@transaction.atomic
def draw_up(
    *,
    book: Book,
    period: Period,
    by: User,
    at: datetime,
    plans: str = "",
    resources: str = "",
    other: str = "",
) -> Disclosure:
    """Draw a sheet of closed months up; it rests on the head that is published now.

    Raises
    ------
    Refused
        NOT_CLOSED: a month of the period is open; TWICE: such a sheet stands;
        NO_VOUCHERS: nothing was posted yet.
    """
    Book.objects.select_for_update().get(pk=book.pk)
    if period.first > period.last or period.first < month_of(book.begins_on):
        raise Refused(Why.BAD_DAY)
    _need_closed(book, period)
    if Disclosure.objects.filter(
        book=book,
        state__in=STANDING,
        first_month__lte=period.last,
        last_month__gte=period.first,
    ).exists():
        raise Refused(Why.TWICE)
    row = Disclosure.objects.create(
        book=book,
        code=new_code(),
        first_month=period.first,
        last_month=period.last,
        head=publish_head(book=book, at=at),
        plans=plans,
        resources=resources,
        other=other,
        drawn_up_by=by,
        drawn_up_at=at,
    )
    _tell("draw_up_disclosure", row, by, at, _period(row) | {"head": row.head.root})
    return row


@transaction.atomic
def review(
    *,
    disclosure: Disclosure,
    reviewed_by: str,
    reviewed_on: date,
    opinion: str,
    version: int,
    by: User,
    at: datetime,
) -> Disclosure:
    """Record that the villagers' finance group looked a sheet over, and what it said.

    Raises
    ------
    Refused
        CHANGED: somebody wrote it since ``version`` or it is no longer drawn up;
        NEEDS_TEXT: nobody is named; BAD_DAY: before it was drawn up.
    """
    row = _take(disclosure, version, Disclosure.State.DRAWN_UP)
    if not reviewed_by.strip():
        raise Refused(Why.NEEDS_TEXT)
    row.reviewed_by = reviewed_by.strip()
    row.reviewed_on = reviewed_on
    row.opinion = opinion.strip()
    _save(row, "reviewed_by", "reviewed_on", "opinion")
    # Who they are stands on the sheet; the audit keeps the day.
    _tell("review_disclosure", row, by, at, {"reviewed_on": reviewed_on})
    return row


@transaction.atomic
def publish(
    *, disclosure: Disclosure, version: int, by: User, at: datetime
) -> Disclosure:
    """Show a sheet to everybody; what it shows can no longer change.

    Raises
    ------
    Refused
        CHANGED; NOT_REVIEWED: the group has not looked it over; NOT_CLOSED: a month
        was opened again; STALE: vouchers of the period were posted since.
    """
    row = _take(disclosure, version, Disclosure.State.DRAWN_UP)
    if row.reviewed_on is None:
        raise Refused(Why.NOT_REVIEWED)
    _need_closed(row.book, Period(row.first_month, row.last_month))
    if changed_since(row):
        raise Refused(Why.STALE)
    row.state = Disclosure.State.PUBLISHED
    row.published_at = at
    _save(row, "state", "published_at")
    _tell("publish_disclosure", row, by, at, _period(row) | {"head": row.head.root})
    return row


@transaction.atomic
def withdraw(
    *, disclosure: Disclosure, why: str, version: int, by: User, at: datetime
) -> Disclosure:
    """Take a sheet down; its page stays and says why.

    Raises
    ------
    Refused
        CHANGED; NEEDS_TEXT: no reason is given.
    """
    row = _take(disclosure, version, *STANDING)
    if not why.strip():
        raise Refused(Why.NEEDS_TEXT)
    row.state = Disclosure.State.WITHDRAWN
    row.withdrawn_at = at
    row.withdrawn_why = why.strip()
    _save(row, "state", "withdrawn_at", "withdrawn_why")
    _tell("withdraw_disclosure", row, by, at, {"why": row.withdrawn_why})
    return row


@transaction.atomic
def ask(
    *, disclosure: Disclosure, voucher: Voucher | None, need: Need, at: datetime
) -> Registered:
    """Open a case of a villager's question; sent twice it is one.

    The case is the record and leaves the event; who asked is known to it alone.
    """
    done = register(need=need, by=RESIDENT, at=at)
    if done.created:
        DisclosureQuestion.objects.create(
            disclosure=disclosure, voucher=voucher, case=done.case, asked_at=at
        )
    return done


def new_code() -> str:
    """Return a code no sheet has: 45 random bits, easy to type from paper."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not Disclosure.objects.filter(code=code).exists():
            return code


def _need_closed(book: Book, period: Period) -> None:
    if closed_until(book) < period.last:
        raise Refused(Why.NOT_CLOSED)


def _take(disclosure: Disclosure, version: int, *states: str) -> Disclosure:
    row = (
        Disclosure.objects.select_for_update(of=("self",))
        .select_related("book", "head")
        .get(pk=disclosure.pk)
    )
    if row.version != version or row.state not in states:
        raise Refused(Why.CHANGED)
    return row


def _save(row: Disclosure, *names: str) -> None:
    row.version += 1
    row.save(update_fields=[*names, "version"])


def _period(row: Disclosure) -> dict[str, object]:
    return {
        "first_month": first_day(row.first_month).isoformat()[:7],
        "last_month": first_day(row.last_month).isoformat()[:7],
    }


def _tell(
    verb: str, row: Disclosure, by: User, at: datetime, after: dict[str, object]
) -> None:
    record(
        action=f"books.{verb}",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.book.organisation_id,
        after=after,
    )
