"""What households get of a distribution: paid, unclaimed, waiting for heirs."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from wugeyi.books.models import Draft
from wugeyi.holdings.actions.writing import By, draft, hold, line, note, take
from wugeyi.holdings.models import Distribution, Payout, PayoutChange
from wugeyi.holdings.queries import distribution as queries
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.rules.distribution import BANK, NEXT, PAYABLE, State
from wugeyi.holdings.rules.distribution import Payout as To
from wugeyi.holdings.rules.refusals import Refused, Why


@transaction.atomic
def pay(
    *,
    row: Distribution,
    households: Sequence[Payout] | None,
    day: date,
    by: By,
    at: datetime,
) -> Draft:
    """Write one draft by which households are paid (211 by household / 102).

    Parameters
    ----------
    households
        Whom; None: everybody who is still to be paid.

    Raises
    ------
    Refused
        The distribution is not booked (NOT_DECIDED), a household may not be paid now
        (NOT_NOW), or nobody is left.
    """
    book = hold(row.book)
    row = take(row)
    if row.state != State.BOOKED or row.booked_on is None:
        raise Refused(Why.NOT_DECIDED)
    if day < row.booked_on:
        raise Refused(Why.BAD_DAYS)
    rows = queries.payouts(row)
    if households is None:
        chosen = [each for each in rows if each.state == To.TO_PAY]
    else:
        wanted = {each.pk for each in households}
        chosen = [each for each in rows if each.pk in wanted]
        if len(chosen) < len(wanted):
            raise Refused(Why.NOT_YOURS)
    if any(To.PAID not in NEXT[To(each.state)] for each in chosen):
        raise Refused(Why.NOT_NOW)
    chosen = [each for each in chosen if each.amount_fen]
    if not chosen:
        raise Refused(Why.NOTHING_TO_CHARGE, month=str(row.year))
    summary = f"发放 {row.year} 年收益分配"
    total = sum(each.amount_fen for each in chosen)
    made = draft(
        book,
        day=day,
        lines=[
            *(
                line(
                    PAYABLE,
                    each.amount_fen,
                    summary,
                    household=each.household.item.code,
                )
                for each in chosen
            ),
            line(BANK, -total, summary),
        ],
        source=drafts.PAYOUT,
        source_id=row.pk,
        by=by,
        at=at,
        decision=row.decision,
    )
    for each in chosen:
        _move(each, To.PAID, day, "", by, at, made=made)
    note(
        row,
        organisation_id=book.organisation_id,
        action="pay_out",
        by=by,
        at=at,
        after={"draft": made.pk, "households": len(chosen), "amount_fen": total},
    )
    return made


@transaction.atomic
def set_aside(
    *,
    payout: Payout,
    to: To,
    on: date,
    text: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Payout:
    """Say why a household was not paid, or that it may be paid again.

    Raises
    ------
    Refused
        The state does not follow (NOT_NOW), a payment's draft or voucher still stands
        (DRAFT_WAITS), paid is only by :func:`pay`, or no reason is told.
    """
    payout = take(payout, version=version)
    if to is To.PAID or to not in NEXT[To(payout.state)]:
        raise Refused(Why.NOT_NOW)
    if not text.strip():
        raise Refused(Why.NEEDS_REASON)
    if payout.state == To.PAID and drafts.stands(payout.draft):
        raise Refused(Why.DRAFT_WAITS)
    was = payout.state
    _move(payout, to, on, text, by, at, made=None)
    note(
        payout,
        organisation_id=payout.distribution.book.organisation_id,
        action="set_aside",
        by=by,
        at=at,
        before={"state": was},
        after={"state": to, "on": on, "note": text},
    )
    return payout


def _move(
    payout: Payout,
    to: To,
    on: date,
    text: str,
    by: By,
    at: datetime,
    *,
    made: Draft | None,
) -> None:
    PayoutChange.objects.create(
        payout=payout,
        on=on,
        was=payout.state,
        becomes=to,
        note=text,
        recorded_by=by,
        recorded_at=at,
    )
    payout.state, payout.state_on, payout.draft = to, on, made
    payout.version += 1
    payout.save(update_fields=["state", "state_on", "draft", "version"])
