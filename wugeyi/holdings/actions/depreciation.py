"""A month's depreciation of a book: one draft, never twice."""

from datetime import datetime

from django.db import transaction

from wugeyi.books.models import Book
from wugeyi.books.rules.months import first_day, last_day, month_of
from wugeyi.holdings.actions.writing import By, draft, hold, line, note
from wugeyi.holdings.models import Charge, Depreciation
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.queries.depreciation import charges, last_month, standing
from wugeyi.holdings.rules.assets import ACCOUNTS, CHARGED_TO, Kind, Use
from wugeyi.holdings.rules.refusals import Refused, Why


@transaction.atomic
def depreciate(*, book: Book, month: int, by: By, at: datetime) -> Depreciation:
    """Write the draft of a month's depreciation, on the month's last day.

    Each asset has a debit by its use and a credit on its contra account, both naming it.

    Parameters
    ----------
    month
        As ``books.rules.months`` counts.

    Raises
    ------
    Refused
        The month is charged already (MONTH_DONE), a later one is (MONTH_ORDER), it is
        before the books begin (BAD_DAYS), or there is nothing to charge.
    """
    book = hold(book)
    if month < month_of(book.begins_on):
        raise Refused(Why.BAD_DAYS)
    last = last_month(book)
    name = first_day(month).isoformat()[:7]
    if last is not None and month <= last:
        why = Why.MONTH_DONE if _done(book, month) else Why.MONTH_ORDER
        raise Refused(why, month=name)
    found = charges(book, month)
    if not found:
        raise Refused(Why.NOTHING_TO_CHARGE, month=name)
    _withdraw_fallen(book, month, at)
    lines = []
    for each in found:
        asset = each.asset
        summary = f"计提折旧 {name} {asset.item.name}"
        use = CHARGED_TO[Use(asset.use or Use.ADMINISTRATION)]
        contra = ACCOUNTS[Kind(asset.kind)].contra
        code = asset.item.code
        lines += [
            line(use, each.amount_fen, summary, asset=code),
            line(contra, -each.amount_fen, summary, asset=code),
        ]
    made = draft(
        book,
        day=last_day(month),
        lines=sorted(lines, key=lambda each: each.debit_fen == 0),
        source=drafts.DEPRECIATION,
        source_id=month,
        by=by,
        at=at,
    )
    run = Depreciation.objects.create(
        book=book,
        month=month,
        total_fen=sum(each.amount_fen for each in found),
        draft=made,
        recorded_by=by,
        recorded_at=at,
    )
    Charge.objects.bulk_create(
        Charge(depreciation=run, asset=each.asset, amount_fen=each.amount_fen)
        for each in found
    )
    note(
        run,
        organisation_id=book.organisation_id,
        action="depreciate",
        by=by,
        at=at,
        after={"month": name, "amount_fen": run.total_fen, "assets": len(found)},
    )
    return run


def _done(book: Book, month: int) -> bool:
    return standing(book).filter(month=month).exists()


def _withdraw_fallen(book: Book, month: int, at: datetime) -> None:
    """Make room for a month whose draft was dropped or whose voucher was taken back."""
    Depreciation.objects.filter(book=book, month__gte=month, withdrawn_at=None).update(
        withdrawn_at=at
    )
