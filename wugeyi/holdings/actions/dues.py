"""Due dates: a draft made of one, and posted vouchers that paid one."""

from datetime import date, datetime

from django.db import transaction

from wugeyi.books.models import Draft, Voucher
from wugeyi.holdings.actions.writing import By, draft, line, note
from wugeyi.holdings.models import Due, Settlement
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.queries.dues import moved, reckoned
from wugeyi.holdings.rules.contracts import ENTRIES, Kind
from wugeyi.holdings.rules.refusals import Refused, Why


def _hold(due: Due) -> Due:
    """Read a standing due date afresh and hold it until the transaction ends."""
    fresh = (
        Due.objects.select_for_update(of=("self",))
        .select_related("contract__book", "contract__counterparty")
        .get(pk=due.pk)
    )
    if fresh.superseded_at is not None:
        raise Refused(Why.ENDED)
    return fresh


def _missing(due: Due) -> int:
    told = reckoned(Due.objects.filter(pk=due.pk)).get()
    if told.waits:
        raise Refused(Why.DRAFT_WAITS)
    left: int = due.amount_fen - told.collected_fen
    if left <= 0:
        raise Refused(Why.SETTLED)
    return left


@transaction.atomic
def draft_due(
    *, due: Due, day: date, amount_fen: int | None = None, by: By, at: datetime
) -> Draft:
    """Write the draft by which a due date is paid, wholly or in part.

    Parameters
    ----------
    amount_fen
        What came; None: all that is missing.

    Raises
    ------
    Refused
        It is paid (SETTLED), a draft of it waits (DRAFT_WAITS), later terms took its
        place (ENDED), or the amount is not more than 0 (NEGATIVE).
    """
    due = _hold(due)
    missing = _missing(due)
    fen = missing if amount_fen is None else amount_fen
    if fen <= 0:
        raise Refused(Why.NEGATIVE)
    contract = due.contract
    entry = ENTRIES[Kind(contract.kind)]
    summary = f"{contract.number} {contract.title} {due.first_day}—{due.last_day}"
    about = {"counterparty": contract.counterparty.code}
    if contract.asset is not None:
        about["asset"] = contract.asset.item.code
    made = draft(
        contract.book,
        day=day,
        lines=[
            line(entry.debit, fen, summary, **about),
            line(entry.credit, -fen, summary, **about),
        ],
        source=drafts.CONTRACT_DUE,
        source_id=due.pk,
        by=by,
        at=at,
        decision=contract.decision,
    )
    note(
        due,
        organisation_id=contract.book.organisation_id,
        action="draft_due",
        by=by,
        at=at,
        after={"draft": made.pk, "amount_fen": fen, "due_on": due.due_on},
    )
    return made


@transaction.atomic
def link(
    *,
    due: Due,
    voucher: Voucher,
    amount_fen: int | None = None,
    by: By,
    at: datetime,
) -> Settlement:
    """Say that a posted voucher paid a due date, or a part of it.

    Parameters
    ----------
    amount_fen
        Which part of the voucher; None: what is missing, or all it moved.

    Raises
    ------
    Refused
        It is of other books (NOT_YOURS), was taken back (ENDED), moved no money this
        way (NO_PAYMENT), or less than is told, other due dates counted (OVER_VOUCHER).
    """
    due = _hold(due)
    missing = _missing(due)
    voucher = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    if voucher.book_id != due.book_id:
        raise Refused(Why.NOT_YOURS)
    if Voucher.objects.filter(reverses=voucher).exists() or voucher.reverses_id:
        raise Refused(Why.ENDED)
    whole = moved(voucher, Kind(due.contract.kind))
    if whole <= 0:
        raise Refused(Why.NO_PAYMENT)
    used = sum(
        voucher.settlements.filter(withdrawn_at=None).values_list(
            "amount_fen", flat=True
        )
    )
    own = getattr(voucher, "draft", None)
    if own is not None and own.source == drafts.CONTRACT_DUE:
        raise Refused(Why.OVER_VOUCHER, left_fen=0)
    left = whole - used
    fen = min(missing, left) if amount_fen is None else amount_fen
    if fen <= 0 and amount_fen is not None:
        raise Refused(Why.NEGATIVE)
    if fen <= 0 or fen > left:
        raise Refused(Why.OVER_VOUCHER, left_fen=left)
    row = Settlement.objects.create(
        due=due, voucher=voucher, amount_fen=fen, recorded_by=by, recorded_at=at
    )
    note(
        due,
        organisation_id=due.contract.book.organisation_id,
        action="link_voucher",
        by=by,
        at=at,
        after={"voucher": str(voucher), "amount_fen": fen, "due_on": due.due_on},
    )
    return row


@transaction.atomic
def unlink(*, row: Settlement, by: By, at: datetime) -> Settlement:
    """Take back a link that was wrong.

    Raises
    ------
    Refused
        It was taken back before (ENDED).
    """
    fresh = Settlement.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.withdrawn_at is not None:
        raise Refused(Why.ENDED)
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    note(
        fresh.due,
        organisation_id=fresh.due.contract.book.organisation_id,
        action="unlink_voucher",
        by=by,
        at=at,
        after={"voucher": str(fresh.voucher), "amount_fen": fresh.amount_fen},
    )
    return fresh
