"""Orders of the 12345 hotline: kept for a preview, then made cases of, once each."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.casework.actions.intake import Asker, Need, register
from wugeyi.casework.actions.writing import due_values, put, take
from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.queries.hotline import Ready
from wugeyi.casework.rules.hotline import Order
from wugeyi.casework.rules.intake import read_phone
from wugeyi.imports.models import Batch

KIND = "hotline"


@transaction.atomic
def keep(*, filename: str, content: bytes, rows: int, by: User, at: datetime) -> Batch:
    """Keep a file to be looked at; no case is made."""
    batch = Batch.objects.create(
        kind=KIND,
        filename=filename[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        rows=rows,
        created_at=at,
        created_by=by,
    )
    record(
        action="casework.keep_hotline",
        subject=batch,
        by=by,
        at=at,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": rows},
    )
    return batch


@dataclass(frozen=True, slots=True)
class Imported:
    """What accepting a file did."""

    made: list[Case]
    known: list[Case]


def accept(*, batch: Batch, ready: Iterable[Ready], by: User, at: datetime) -> Imported:
    """Make a case of every order that is ready; accepting again makes none.

    Each order is a transaction of its own, so that a fault in one loses no other, and
    a second try goes on where the first stopped. The file's content, which holds
    names and numbers, is dropped with the last.
    """
    made: list[Case] = []
    known: list[Case] = []
    for each in ready:
        case, created = _one(each, by=by, at=at)
        (made if created else known).append(case)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        batch.status = Batch.Status.ACCEPTED
        batch.accepted_at = at
        batch.content = b""
        batch.summary = f"{len(made)}/{batch.rows}"
        batch.save(update_fields=["status", "accepted_at", "content", "summary"])
        record(
            action="casework.import_hotline",
            subject=batch,
            by=by,
            at=at,
            after={"made": len(made), "known": len(known), "sha256": batch.sha256},
        )
    return Imported(made, known)


@transaction.atomic
def _one(each: Ready, *, by: User, at: datetime) -> tuple[Case, bool]:
    order = each.order
    result = register(
        need=Need(
            client_id=uuid5(NAMESPACE_URL, f"12345:{order.number}"),
            text=order.text,
            category=each.category,
            place=each.place,
            channel=Channel.HOTLINE.value,
            urgency=order.urgency,
            spot=order.spot,
            asker=Asker(name=order.name, phone=read_phone(order.phone) or order.phone),
            source_number=order.number,
        ),
        by=by,
        at=at,
    )
    if result.created:
        return _clock(result.case, order, by=by, at=at), True
    return result.case, False


def _clock(case: Case, order: Order, *, by: User, at: datetime) -> Case:
    """Let the clock begin when the hotline took the call, not when the file came.

    A nearer deadline set by the hotline wins over our own.
    """
    if order.accepted is None and order.due is None:
        return case
    case = take(case, step=None)
    began = order.accepted or case.counting_from
    values: dict[str, object] = {}
    if began != case.counting_from:
        old = case.counting_from
        case.counting_from = began
        values = {**due_values(case, kind=case.handler.kind), "counting_from": began}
        case.counting_from = old
    due = values.get("due_at", case.due_at)
    if order.due is not None and (not isinstance(due, datetime) or order.due < due):
        values["due_at"] = order.due
    if not values:
        return case
    return put(case, action="hotline_clock", by=by, at=at, values=values)
