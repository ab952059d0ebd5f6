"""Merging cases, undoing a merge, and splitting one."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.audit.rules import Private, new_salt
from wugeyi.casework.actions import telling
from wugeyi.casework.actions.writing import By, due_values, person, put, take
from wugeyi.casework.models import Assignment, Case, Category, Merge
from wugeyi.casework.queries.deadlines import deadlines_from
from wugeyi.casework.queries.routing import route
from wugeyi.casework.rules import receipts
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.casework.rules.states import OPEN, State, Step
from wugeyi.figures.actions import refresh
from wugeyi.notices.actions import following
from wugeyi.organisations.models import Organisation


@transaction.atomic
def merge(
    *, case: Case, into: Case, by: By, at: datetime, version: int | None = None
) -> Case:
    """Let a case go on inside another one; its reporter keeps the own receipt."""
    if case.pk == into.pk:
        raise Refused(Why.ITSELF)
    # Always lock in the same order, or two merges across could wait for each other.
    for key in sorted((case.pk, into.pk)):
        Case.objects.select_for_update(of=("self",)).get(pk=key)
    case = take(case, step=Step.MERGE, version=version)
    into = take(into, step=None)
    if into.state not in {state.value for state in OPEN}:
        raise Refused(Why.TARGET_ENDED)
    if case.merged.exists():
        raise Refused(Why.TARGET_CHAIN)
    Merge.objects.create(
        case=case, into=into, previous_state=case.state, at=at, by=person(by)
    )
    following.follow_into(topic=telling.TOPIC, key=case.pk, into=into.pk)
    values = {"state": State.MERGED.value, "merged_into": into}
    return put(case, action="merge", by=by, at=at, values=values)


@transaction.atomic
def unmerge(*, case: Case, by: User, at: datetime, version: int | None = None) -> Case:
    """Undo a merge: the case goes on by itself from where it stood."""
    case = take(case, step=Step.UNMERGE, version=version)
    undone = case.merges.filter(undone_at=None).order_by("-at", "-id").first()
    if undone is None:
        raise Refused(Why.NOT_MERGED)
    undone.undone_at = at
    undone.undone_by = by
    undone.save(update_fields=["undone_at", "undone_by"])
    following.follow_into(topic=telling.TOPIC, key=case.pk, into=case.pk)
    values = {
        "state": undone.previous_state,
        "merged_into": None,
        **due_values(case, kind=case.handler.kind),
    }
    return put(case, action="unmerge", by=by, at=at, values=values)


@transaction.atomic
def split(
    *,
    case: Case,
    client_id: UUID,
    text: str,
    category: Category,
    place: Organisation | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Take one matter out of a case as a case of its own; returns the new one.

    The first receiver stays responsible for both, and the part's clock began when the
    need was told, not when it was split. The reporter stays with the original: who
    calls back about a part finds them there. The same ``client_id`` splits once.
    """
    known = Case.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    case = take(case, step=Step.SPLIT, version=version)
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    place = place or case.place
    found = route(place, category, on=timezone.localdate(at))
    due = deadlines_from(
        start=case.counting_from,
        place=place,
        category=category,
        urgency=case.urgency,
        kind=found.organisation.kind,
    )
    part = Case.objects.create(
        client_id=client_id,
        receipt=receipts.issue(secrets.randbits(80)),
        text=text,
        salt=new_salt(),
        category=category,
        urgency=case.urgency,
        channel=case.channel,
        place=place,
        spot=case.spot,
        lon=case.lon,
        lat=case.lat,
        cell=case.cell,
        state=State.ASSIGNED if found.decided else State.NEW,
        receiver=case.receiver,
        handler=found.organisation,
        reported_party=case.reported_party,
        split_from=case,
        registered_at=at,
        registered_on=timezone.localdate(at),
        recorded_by=by,
        counting_from=case.counting_from,
        contact_due_at=due.contact_due_at,
        due_at=due.due_at,
    )
    Assignment.objects.create(
        case=part,
        organisation=found.organisation,
        basis=Assignment.Basis.ROUTED,
        reason=found.reason,
        duty_list=found.duty_list,
        at=at,
    )
    record(
        action="casework.split",
        subject=part,
        by=by,
        at=at,
        organisation_id=place.pk,
        after={
            "text": Private(text, part.salt),
            "split_from": case.pk,
            "category": category.pk,
            "handler": found.organisation.pk,
        },
    )
    case.version += 1
    case.save(update_fields=["version"])
    refresh(source="cases", records=[part.pk], at=at, new=True)
    return part
