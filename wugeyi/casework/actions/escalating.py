"""Telling somebody above that time runs out. Safe to run twice, or in two places."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.casework.actions import telling
from wugeyi.casework.models import Case, Escalation
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules.escalation import stage, told
from wugeyi.organisations.queries import lineage

BATCH = 500
# The longest notice any deadline gives: a fifth of sixty days, rounded up.
LOOK_AHEAD = timedelta(days=15)


def escalate(*, at: datetime) -> int:
    """Escalate every open case whose stage has no record yet; returns how many."""
    return sum(1 for case in _due_soon(at) if _escalate(case, at=at))


def _due_soon(at: datetime) -> Iterator[Case]:
    """Yield open cases near or past their deadline, in key order, in batches."""
    last = None
    while True:
        cases = (
            Case.objects.filter(
                state__in=OPEN_STATES, answered_at=None, due_at__lt=at + LOOK_AHEAD
            )
            .select_related("handler", "place")
            .order_by("due_at", "id")
        )
        if last is not None and last.due_at is not None:
            cases = cases.filter(due_at__gte=last.due_at).exclude(
                due_at=last.due_at, pk__lte=last.pk
            )
        batch = list(cases[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1]


def _escalate(case: Case, *, at: datetime) -> bool:
    if case.due_at is None:
        return False
    reached = stage(began=case.counting_from, due=case.due_at, now=at)
    if reached is None:
        return False
    if Escalation.objects.filter(
        case=case, stage=reached.value, due_at=case.due_at
    ).exists():
        return False
    upwards = [unit.pk for unit in reversed(lineage(case.handler))]
    with transaction.atomic():
        _, created = Escalation.objects.get_or_create(
            case=case,
            stage=reached.value,
            due_at=case.due_at,
            defaults={"organisation_id": told(upwards, reached), "at": at},
        )
        if created:
            record(
                action="casework.escalate",
                subject=case,
                by=None,
                at=at,
                organisation_id=case.place_id,
                after={"stage": reached.value, "told": told(upwards, reached)},
            )
            telling.escalated(case, reached, told(upwards, reached), at=at)
    return created


@transaction.atomic
def mark_seen(*, escalation: Escalation, by: User, at: datetime) -> Escalation:
    """Note that somebody above has read it."""
    if escalation.seen_at is None:
        escalation.seen_at = at
        escalation.seen_by = by
        escalation.save(update_fields=["seen_at", "seen_by"])
        record(
            action="casework.escalation_seen",
            subject=escalation.case,
            by=by,
            at=at,
            organisation_id=escalation.organisation_id,
            after={"stage": escalation.stage},
        )
    return escalation
