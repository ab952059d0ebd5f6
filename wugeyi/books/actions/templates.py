"""Templates of one's own: made from a voucher, renamed, no longer offered."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.audit.actions.events import alter
from wugeyi.books.models import Template, TemplateLine, Voucher
from wugeyi.books.rules.refusals import Refused, Why

MOST = 100


@transaction.atomic
def add_template(*, voucher: Voucher, name: str, by: User, at: datetime) -> Template:
    """Keep a voucher's accounts, words and items for the next time, without amounts.

    Raises
    ------
    Refused
        It has no name, or the book has too many templates.
    """
    if not name.strip():
        raise Refused(Why.NEEDS_TEXT)
    book = voucher.book
    if Template.objects.filter(book=book, active=True).count() >= MOST:
        raise Refused(Why.TOO_MANY)
    row = Template.objects.create(book=book, regime=book.regime, name_zh=name.strip())
    TemplateLine.objects.bulk_create(
        TemplateLine(
            template=row,
            place=each.place,
            account=each.account,
            debit_fen=1 if each.debit_fen else 0,
            credit_fen=1 if each.credit_fen else 0,
            summary=each.summary,
            asset=each.asset,
            counterparty=each.counterparty,
            household=each.household,
            project=each.project,
        )
        for each in voucher.postings.order_by("place")
    )
    _tell("books.add_template", row, by, at, after={"name_zh": row.name_zh})
    return row


@transaction.atomic
def change_template(
    *, template: Template, version: int, name: str, active: bool, by: User, at: datetime
) -> Template:
    """Rename a template, or no longer offer it.

    Raises
    ------
    Refused
        Somebody changed it since ``version``, or it has no name.
    """
    if not name.strip():
        raise Refused(Why.NEEDS_TEXT)
    row = Template.objects.select_for_update().get(pk=template.pk)
    if row.version != version:
        raise Refused(Why.CHANGED)
    before, after = alter(row, {"name_zh": name.strip(), "active": active})
    _tell("books.change_template", row, by, at, before=before, after=after)
    return row


def _tell(
    action: str,
    row: Template,
    by: User,
    at: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object],
) -> None:
    record(
        action=action,
        subject=row,
        by=by,
        at=at,
        organisation_id=row.book.organisation_id if row.book else None,
        before=before,
        after=after,
    )
