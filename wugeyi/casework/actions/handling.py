"""Sending, taking up, handing back, working and answering."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.rules import Private
from wugeyi.casework.actions import telling
from wugeyi.casework.actions.writing import By, due_values, person, put, take
from wugeyi.casework.models import (
    Assignment,
    Case,
    CasePhoto,
    Category,
    Pause,
    Request,
    Update,
)
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.casework.rules.states import State, Step
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload


def _current(case: Case) -> Assignment:
    return case.assignments.get(ended_at=None)


def _hand_to(
    case: Case,
    *,
    to: Organisation,
    basis: Assignment.Basis,
    reason: str,
    by: By,
    at: datetime,
) -> dict[str, object]:
    """End the present assignment, begin the next; return what changes on the case."""
    case.assignments.filter(ended_at=None).update(ended_at=at)
    Assignment.objects.create(
        case=case, organisation=to, basis=basis, reason=reason, at=at, by=person(by)
    )
    return {
        "handler": to,
        "worker": None,
        "state": State.ASSIGNED.value,
        **due_values(case, kind=to.kind),
    }


@transaction.atomic
def assign(
    *,
    case: Case,
    to: Organisation,
    reason: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Send the case to an organisation, or transfer it to another one."""
    case = take(case, step=Step.ASSIGN, version=version)
    if case.state != State.NEW and case.handler_id == to.pk:
        raise Refused(Why.SAME_HANDLER)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    basis = (
        Assignment.Basis.DISPATCHED
        if case.state == State.NEW
        else Assignment.Basis.TRANSFERRED
    )
    values = _hand_to(case, to=to, basis=basis, reason=reason, by=by, at=at)
    return put(case, action="assign", by=by, at=at, values=values)


@transaction.atomic
def accept(*, case: Case, by: User, at: datetime, version: int | None = None) -> Case:
    """Take the case up; whoever does becomes its worker."""
    case = take(case, step=Step.ACCEPT, version=version)
    case.assignments.filter(ended_at=None).update(accepted_at=at, accepted_by=by)
    values = {"state": State.WORKING.value, "worker": by}
    return put(case, action="accept", by=by, at=at, values=values)


@transaction.atomic
def object_to(
    *, case: Case, reason: str, by: User, at: datetime, version: int | None = None
) -> Case:
    """Hand the case back: "not on our list". One level up decides.

    A hand-back that was rejected may not be repeated for the same assignment
    (Weifang regulation 2021, art. 22).
    """
    case = take(case, step=Step.OBJECT, version=version)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    current = _current(case)
    if current.basis == Assignment.Basis.REJECTED:
        raise Refused(Why.DECIDED_BEFORE)
    current.objected_at = at
    current.objected_by = by
    current.objection = reason
    current.save(update_fields=["objected_at", "objected_by", "objection"])
    values = {"state": State.OBJECTED.value}
    return put(case, action="object", by=by, at=at, values=values)


@transaction.atomic
def decide_objection(
    *,
    case: Case,
    upheld: bool,
    to: Organisation | None = None,
    reason: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Decide a hand-back: upheld sends the case ``to`` another, rejected sends it back.

    The decision stands on the assignment that was objected to; the case goes on with a
    new one.
    """
    step = Step.UPHOLD if upheld else Step.REJECT
    case = take(case, step=step, version=version)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    current = _current(case)
    if upheld and (to is None or to.pk == current.organisation_id):
        raise Refused(Why.SAME_HANDLER)
    current.upheld = upheld
    current.decided_at = at
    current.decided_by = by
    current.decision = reason
    current.save(update_fields=["upheld", "decided_at", "decided_by", "decision"])
    basis = Assignment.Basis.UPHELD if upheld else Assignment.Basis.REJECTED
    values = _hand_to(
        case, to=to or case.handler, basis=basis, reason=reason, by=by, at=at
    )
    return put(case, action=step.value, by=by, at=at, values=values)


@transaction.atomic
def write_update(
    *,
    case: Case,
    kind: str,
    text: str,
    photos: list[Upload] | None = None,
    organisation: Organisation | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Note progress, a talk with the reporter, or a note for colleagues.

    The first word the reporter gets counts as the contact.
    """
    step = Step.CONTACT if kind == Update.Kind.CONTACT else Step.UPDATE
    case = take(case, step=step, version=version)
    _say(case, kind=kind, text=text, organisation=organisation, by=by, at=at)
    _add_photos(case, photos, at=at)
    values: dict[str, object] = {}
    if kind != Update.Kind.NOTE and case.contacted_at is None:
        values["contacted_at"] = at
    told = {"kind": kind, "said": Private(text, case.salt)}
    return put(case, action="update", by=by, at=at, values=values, told=told)


def _say(
    case: Case,
    *,
    kind: str,
    text: str,
    organisation: Organisation | None,
    by: User,
    at: datetime,
) -> None:
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    Update.objects.create(
        case=case,
        kind=kind,
        text=text,
        organisation=organisation or case.handler,
        at=at,
        by=by,
    )


def _add_photos(case: Case, photos: list[Upload] | None, *, at: datetime) -> None:
    CasePhoto.objects.bulk_create(
        CasePhoto(case=case, upload=upload, by_staff=True, at=at)
        for upload in photos or []
    )


@transaction.atomic
def answer(
    *,
    case: Case,
    text: str,
    photos: list[Upload] | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Say that it is done, and what was done. A call-back follows; an open pause ends."""
    case = take(case, step=Step.ANSWER, version=version)
    _say(case, kind=Update.Kind.ANSWER, text=text, organisation=None, by=by, at=at)
    _add_photos(case, photos, at=at)
    values: dict[str, object] = {}
    if case.pauses.filter(ended_at=None).update(ended_at=at, ended_by=by):
        values |= due_values(case, kind=case.handler.kind)
    values |= {
        "state": State.ANSWERED.value,
        "answered_at": at,
        "worker": case.worker or by,
    }
    if case.contacted_at is None:
        values["contacted_at"] = at
    told = {"said": Private(text, case.salt)}
    return put(case, action="answer", by=by, at=at, values=values, told=told)


@transaction.atomic
def pause(
    *,
    case: Case,
    reason: str,
    text: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Stop the clock for a recorded reason; the deadline is unknown until it resumes."""
    case = take(case, step=Step.PAUSE, version=version)
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    if case.pauses.filter(ended_at=None).exists():
        raise Refused(Why.ALREADY_PAUSED)
    Pause.objects.create(case=case, reason=reason, text=text, started_at=at, by=by)
    told = {"reason": reason}
    return put(case, action="pause", by=by, at=at, values={"due_at": None}, told=told)


@transaction.atomic
def resume(*, case: Case, by: User, at: datetime, version: int | None = None) -> Case:
    """Let the clock run again; the deadline moves by the time it stood still."""
    case = take(case, step=Step.RESUME, version=version)
    if not case.pauses.filter(ended_at=None).update(ended_at=at, ended_by=by):
        raise Refused(Why.NOT_PAUSED)
    values = due_values(case, kind=case.handler.kind)
    return put(case, action="resume", by=by, at=at, values=values)


@transaction.atomic
def ask(
    *,
    case: Case,
    organisation: Organisation,
    text: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Request:
    """Ask another organisation for help without giving the case away."""
    case = take(case, step=Step.ASK, version=version)
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    if organisation.pk == case.handler_id:
        raise Refused(Why.SAME_HANDLER)
    request = Request.objects.create(
        case=case, organisation=organisation, text=text, at=at, by=by
    )
    told = {"asked": organisation.pk}
    put(case, action="ask", by=by, at=at, values={}, told=told)
    mark = str(request.pk)
    telling.tell_desk(case, "casework.asked", organisation.pk, mark=mark, at=at)
    return request


@transaction.atomic
def reply(*, request: Request, text: str, by: User, at: datetime) -> Request:
    """Reply to a request for help."""
    case = take(request.case, step=None)
    request = Request.objects.select_for_update().get(pk=request.pk)
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    if request.replied_at is not None:
        raise Refused(Why.CHANGED)
    request.reply = text
    request.replied_at = at
    request.replied_by = by
    request.save(update_fields=["reply", "replied_at", "replied_by"])
    told = {"request": request.pk}
    put(case, action="reply", by=by, at=at, values={}, told=told)
    return request


@transaction.atomic
def reclassify(
    *,
    case: Case,
    category: Category,
    urgency: str,
    place: Organisation,
    reason: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Correct what the case is about, how soon, or where; the deadlines follow.

    Who handles it stays; a transfer is an act of its own.
    """
    case = take(case, step=Step.RECLASSIFY, version=version)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT)
    changed = {"category": category, "urgency": urgency, "place": place}
    old = {name: getattr(case, name) for name in changed}
    for name, value in changed.items():
        setattr(case, name, value)
    values = changed | due_values(case, kind=case.handler.kind)
    for name, value in old.items():
        setattr(case, name, value)
    told = {"reason": reason}
    return put(case, action="reclassify", by=by, at=at, values=values, told=told)
