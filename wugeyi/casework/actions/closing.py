"""Call-back, the ends of a case, reopening, and leaving a case out of the rates."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.audit.rules import Private
from wugeyi.casework.actions import telling
from wugeyi.casework.actions.writing import By, due_values, person, put, take
from wugeyi.casework.models import (
    Assignment,
    Callback,
    Case,
    Exclusion,
    Reporter,
    Retention,
    Update,
)
from wugeyi.casework.rules.closing import enough_tries, may_reopen
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.casework.rules.states import Outcome, State, Step
from wugeyi.notices.actions import following


def end(case: Case, outcome: Outcome, *, at: datetime) -> dict[str, object]:
    """Return what changes when a case ends, and start the reporter's keep-until date."""
    today = timezone.localdate(at)
    rule = Retention.objects.filter(field="reporter").first()
    if rule is not None:
        _keep_reporters(case, until=today + timedelta(days=rule.days))
    case.assignments.filter(ended_at=None).update(ended_at=at)
    case.pauses.filter(ended_at=None).update(ended_at=at)
    return {
        "state": State.CLOSED.value,
        "outcome": outcome.value,
        "closed_at": at,
        "closed_on": today,
    }


def _keep_reporters(case: Case, *, until: date | None) -> None:
    """Keep who asked until a day, also in the cases that went into this one."""
    keys = [case.pk, *case.merged.values_list("pk", flat=True)]
    Reporter.objects.filter(case__in=keys, erased_at=None).update(keep_until=until)
    following.keep(topic=telling.TOPIC, keys=keys, until=until)


def _again(case: Case, *, reason: str, by: By, at: datetime) -> dict[str, object]:
    """Return what changes when a case goes back to work: a new round, a new clock."""
    case.assignments.filter(ended_at=None).update(ended_at=at)
    Assignment.objects.create(
        case=case,
        organisation=case.handler,
        basis=Assignment.Basis.REOPENED,
        reason=reason,
        at=at,
        by=person(by),
        accepted_at=at,
    )
    _keep_reporters(case, until=None)
    case.counting_from = at
    return {
        "state": State.WORKING.value,
        "outcome": "",
        "satisfaction": "",
        "closed_at": None,
        "closed_on": None,
        "answered_at": None,
        "counting_from": at,
        "reopened": case.reopened + 1,
        **due_values(case, kind=case.handler.kind),
    }


@transaction.atomic
def call_back(
    *,
    case: Case,
    method: str,
    result: str,
    satisfaction: str = "",
    text: str = "",
    by: By,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Write down what who asked says, or what a check on the spot found.

    Resolved closes the case, unresolved sends it back to work, not reached is one more
    try. A check must be made by somebody other than who answered, and say what was seen.
    """
    resolved = result == Callback.Result.RESOLVED
    step = Step.REOPEN if result == Callback.Result.UNRESOLVED else Step.CONFIRM
    case = take(case, step=step, version=version)
    if method == Callback.Method.CHECK:
        _proper_check(case, text=text, by=by)
    if case.state == State.CLOSED and not may_reopen(case.closed_at, at):
        raise Refused(Why.TOO_LATE)
    Callback.objects.create(
        case=case,
        method=method,
        result=result,
        satisfaction=satisfaction,
        text=text,
        at=at,
        by=person(by),
    )
    values: dict[str, object] = {}
    if resolved:
        values = end(case, Outcome.RESOLVED, at=at) | {"satisfaction": satisfaction}
    elif result == Callback.Result.UNRESOLVED:
        values = _again(case, reason="回访:未解决", by=by, at=at)
        values["satisfaction"] = satisfaction
    told = {
        "method": method,
        "result": result,
        "said": Private(text, case.salt),
    }
    return put(case, action="call_back", by=by, at=at, values=values, told=told)


def _proper_check(case: Case, *, text: str, by: By) -> None:
    if not text.strip():
        raise Refused(Why.CHECK_NEEDS_TEXT)
    answered = (
        case.updates.filter(kind=Update.Kind.ANSWER).order_by("-at", "-id").first()
    )
    if answered is not None and answered.by_id == getattr(by, "pk", None):
        raise Refused(Why.OWN_CHECK)


@transaction.atomic
def give_up(*, case: Case, by: User, at: datetime, version: int | None = None) -> Case:
    """Close a case whose reporter could not be reached: unreached, never resolved."""
    case = take(case, step=Step.GIVE_UP, version=version)
    tries = case.callbacks.filter(
        result=Callback.Result.UNREACHED, at__gte=case.answered_at
    ).values_list("at", flat=True)
    if not enough_tries([timezone.localdate(moment) for moment in tries]):
        raise Refused(Why.TOO_FEW_TRIES)
    values = end(case, Outcome.UNREACHED, at=at)
    return put(case, action="give_up", by=by, at=at, values=values)


@transaction.atomic
def refer(
    *, case: Case, text: str, by: User, at: datetime, version: int | None = None
) -> Case:
    """End a case that belongs to a statutory channel, telling who asked which one."""
    case = take(case, step=Step.REFER, version=version)
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    Update.objects.create(
        case=case,
        kind=Update.Kind.REFERRAL,
        text=text,
        organisation=case.handler,
        at=at,
        by=by,
    )
    values = end(case, Outcome.REFERRED, at=at)
    if case.contacted_at is None:
        values["contacted_at"] = at
    told = {"said": Private(text, case.salt)}
    return put(case, action="refer", by=by, at=at, values=values, told=told)


@transaction.atomic
def withdraw(*, case: Case, by: By, at: datetime, version: int | None = None) -> Case:
    """End a case because who asked takes it back."""
    case = take(case, step=Step.WITHDRAW, version=version)
    values = end(case, Outcome.WITHDRAWN, at=at)
    return put(case, action="withdraw", by=by, at=at, values=values)


@transaction.atomic
def request_exclusion(
    *,
    case: Case,
    reason: str,
    text: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Exclusion:
    """Ask that a case be left out of the rates."""
    case = take(case, step=Step.EXCLUDE, version=version)
    if case.excluded:
        raise Refused(Why.ALREADY_EXCLUDED)
    if case.exclusions.filter(decided_at=None).exists():
        raise Refused(Why.WAITING_EXCLUSION)
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT)
    exclusion = Exclusion.objects.create(
        case=case, reason=reason, text=text, requested_at=at, requested_by=by
    )
    told = {"reason": reason}
    put(case, action="request_exclusion", by=by, at=at, values={}, told=told)
    return exclusion


@transaction.atomic
def decide_exclusion(
    *, exclusion: Exclusion, approved: bool, text: str, by: User, at: datetime
) -> Case:
    """Approve or refuse leaving a case out; never by who asked for it."""
    case = take(exclusion.case, step=None)
    exclusion = Exclusion.objects.select_for_update().get(pk=exclusion.pk)
    if exclusion.decided_at is not None:
        raise Refused(Why.CHANGED)
    if exclusion.requested_by_id == by.pk:
        raise Refused(Why.OWN_REQUEST)
    exclusion.approved = approved
    exclusion.decided_at = at
    exclusion.decided_by = by
    exclusion.decision = text
    exclusion.save(update_fields=["approved", "decided_at", "decided_by", "decision"])
    told = {"exclusion": exclusion.pk, "approved": approved}
    return put(
        case,
        action="decide_exclusion",
        by=by,
        at=at,
        values={"excluded": approved},
        told=told,
    )
