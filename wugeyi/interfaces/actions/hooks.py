"""Targets of webhooks: made, paused, renewed, removed; what they are told is queued."""

import json
import secrets as random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.interfaces.events import EVERYBODY
from wugeyi.interfaces.models import Delivery, Interest, Target
from wugeyi.interfaces.queries.hooks import listening
from wugeyi.interfaces.queries.telling import latest, sealed_after, told
from wugeyi.interfaces.rules.hooks import KEPT_FOR, STOPPED_AFTER, Problem, wait_after
from wugeyi.notices.actions import tell
from wugeyi.notices.rules import Reader
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import inside

TEST = "test"
STOPPED_EVENT = "interfaces.target_stopped"
HELD_FOR = timedelta(minutes=2)
GONE = 410


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a try: the status that was answered, and what went wrong."""

    status: int | None
    problem: Problem | None = None


def secret_of(target: Target) -> bytes:
    """Return the secret a target's messages are signed with."""
    return salted_hmac(
        "wugeyi.interfaces.webhook", target.nonce, algorithm="sha256"
    ).digest()


@transaction.atomic
def make(
    *,
    organisation: Organisation,
    name: str,
    url: str,
    events: Collection[str],
    by: User | None,
    at: datetime,
) -> Target:
    """Add a target; it hears what happens from now on."""
    row = Target.objects.create(
        organisation=organisation,
        name=name,
        url=url,
        nonce=random.token_hex(16),
        position=latest(),
        next_at=at,
        made_by=by,
        made_at=at,
    )
    Interest.objects.bulk_create(
        Interest(target=row, event=event) for event in sorted(set(events))
    )
    told_of = {"name": name, "url": url, "events": sorted(set(events))}
    _note("make_target", row, by, at, told_of)
    return row


def _note(
    verb: str, row: Target, by: User | None, at: datetime, after: Mapping[str, object]
) -> None:
    record(
        action=f"interfaces.{verb}",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after=after,
    )


def _take(target: Target) -> Target:
    return Target.objects.select_for_update(of=("self",)).get(pk=target.pk)


@transaction.atomic
def pause(*, target: Target, by: User, at: datetime) -> Target:
    """Stop sending for a while; what happens meanwhile is told afterwards."""
    row = _take(target)
    row.state = Target.State.PAUSED
    row.save(update_fields=["state"])
    _note("pause_target", row, by, at, changes(row, ["state"]))
    return row


@transaction.atomic
def resume(*, target: Target, by: User, at: datetime) -> Target:
    """Go on where it was left, beginning now."""
    row = _take(target)
    row.state = Target.State.ACTIVE
    row.failing_since, row.failures, row.next_at = None, 0, at
    row.save(update_fields=["state", "failing_since", "failures", "next_at"])
    _note("resume_target", row, by, at, changes(row, ["state"]))
    return row


@transaction.atomic
def renew(*, target: Target, by: User, at: datetime) -> Target:
    """Give it another secret; the old one signs nothing any more."""
    row = _take(target)
    row.nonce = random.token_hex(16)
    row.save(update_fields=["nonce"])
    _note("renew_secret", row, by, at, {})
    return row


@transaction.atomic
def remove(*, target: Target, by: User, at: datetime) -> Target:
    """Tell it nothing any more; what waits is dropped."""
    row = _take(target)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    row.deliveries.filter(delivered_at=None).delete()
    _note("remove_target", row, by, at, {"removed_at": at})
    return row


@transaction.atomic
def send_test(*, target: Target, by: User, at: datetime) -> Delivery:
    """Queue a message that tells nothing but that messages arrive."""
    row = _take(target)
    if row.state == Target.State.ACTIVE:
        row.next_at = at
        row.save(update_fields=["next_at"])
    _note("test_target", row, by, at, {})
    return _queue(row, TEST, {"text": "wugeyi"}, happened=at, at=at)


def _queue(
    target: Target,
    event: str,
    data: Mapping[str, object],
    *,
    happened: datetime,
    at: datetime,
) -> Delivery:
    body = {"type": event, "timestamp": happened.isoformat(), "data": data}
    return Delivery.objects.create(
        target=target,
        message=uuid4(),
        event=event,
        body=json.dumps(body, ensure_ascii=False),
        made_at=at,
    )


def collect(*, at: datetime) -> int:
    """Queue what happened for every target that wants to hear it; return how much.

    Each target stands somewhere in the audit's chain; it and its queue move together,
    so nothing is queued twice or left out, whatever dies in between.
    """
    return sum(_collect(target, at) for target in listening())


def _collect(target: Target, at: datetime) -> int:
    count = 0
    while True:
        with transaction.atomic():
            row = _take(target)
            happened, end = sealed_after(row.position)
            if end == row.position:
                return count
            wanted = {each.event for each in target.interests.all()}
            for event, each in told(happened, wanted):
                if _concerns(target, each.path):
                    _queue(row, each.event, each.data, happened=event.at, at=at)
                    count += 1
            row.position = end
            row.save(update_fields=["position"])


def _concerns(target: Target, path: str) -> bool:
    return path == EVERYBODY or inside(path, target.organisation.path)


def hold(*, target: Target, at: datetime) -> bool:
    """Keep other processes from sending to it; False: one does already."""
    free = Q(held_until=None) | Q(held_until__lte=at)
    rows = Target.objects.filter(free, pk=target.pk, state=Target.State.ACTIVE)
    return rows.update(held_until=at + HELD_FOR) == 1


def hold_on(*, target: Target, at: datetime) -> None:
    """Keep other processes from it a while longer."""
    Target.objects.filter(pk=target.pk).update(held_until=at + HELD_FOR)


def let_go(*, target: Target) -> None:
    """Let other processes send to it."""
    Target.objects.filter(pk=target.pk).update(held_until=None)


@transaction.atomic
def note_result(*, delivery: Delivery, result: Result, at: datetime) -> bool:
    """Write down what came of a try; True: the next one may follow.

    After days without success the target is stopped, and whoever made it is told.
    """
    taken = result.problem is None
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    row.attempts += 1
    row.tried_at = at
    row.status = result.status
    row.problem = result.problem.value if result.problem else ""
    row.delivered_at = at if taken else None
    row.save()
    target = _take(row.target)
    if taken:
        target.failing_since, target.failures, target.next_at = None, 0, at
    else:
        target.failing_since = target.failing_since or at
        target.failures += 1
        target.next_at = at + wait_after(target.failures)
        if at - target.failing_since >= STOPPED_AFTER or result.status == GONE:
            _stop(target, at)
    target.save(update_fields=["failing_since", "failures", "next_at", "state"])
    return taken


def _stop(target: Target, at: datetime) -> None:
    target.state = Target.State.STOPPED
    _note("stop_target", target, None, at, changes(target, ["state"]))
    if target.made_by_id is not None:
        tell(
            event=STOPPED_EVENT,
            to=Reader.person(target.made_by_id),
            values={"target": target.name},
            url=reverse("interfaces:target", args=[target.pk]),
            key=f"{STOPPED_EVENT}:{target.pk}:{at.isoformat()}",
            at=at,
        )


def forget_old(*, at: datetime) -> int:
    """Drop what was delivered long ago; return how many."""
    rows = Delivery.objects.filter(delivered_at__lt=at - KEPT_FOR)
    return rows.delete()[0]
