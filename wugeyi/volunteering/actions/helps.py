"""闪帮: asked, looked at, confirmed, withdrawn, ended, forgotten."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.audit.rules import new_salt
from wugeyi.casework.rules import receipts
from wugeyi.jobs import keeping
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.telling import tell_asker
from wugeyi.volunteering.actions.writing import (
    NEIGHBOUR,
    By,
    hidden,
    once,
    person,
    tell,
)
from wugeyi.volunteering.models import Help, Hours, Take
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.keeping import ASKER
from wugeyi.volunteering.rules.refusals import Refused, Why

PERSONAL = ("text", "address", "name", "phone")
LONGEST_AHEAD = timedelta(days=30)
BATCH = 200
State = Help.State


@dataclass(frozen=True, slots=True)
class Wish:
    """What a neighbour asks for, checked by a form."""

    client_id: UUID
    organisation: Organisation
    kind: str
    text: str
    near: str
    until: datetime
    address: str
    phone: str
    name: str = ""
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """How a community publishes a request."""

    notice: str = ""
    cover: Cover = field(default_factory=Cover)


def ask(*, wish: Wish, by: By = NEIGHBOUR, at: datetime) -> Help:
    """Ask for a hand; the same ``client_id`` gives the same request.

    Raises
    ------
    Refused
        PAST or FUTURE (the time), OTHER_CONTENT.
    """

    def make() -> Help:
        # Asked by a phone long ago: taken, and over at once when its time is past.
        if wish.until > at + LONGEST_AHEAD:
            raise Refused(Why.FUTURE)
        if wish.until <= at:
            raise Refused(Why.PAST)
        return _ask(wish, by=by, at=at)

    same = {"text": wish.text, "address": wish.address, "kind": wish.kind}
    known = Help.objects.filter(client_id=wish.client_id).first()
    if known is not None and known.erased_at is None:
        if any(getattr(known, name) != value for name, value in same.items()):
            raise Refused(Why.OTHER_CONTENT)
        return known
    return once(Help, wish.client_id, make, {} if known else same)[0]


def _ask(wish: Wish, *, by: By, at: datetime) -> Help:
    row = Help.objects.create(
        client_id=wish.client_id,
        code=receipts.issue(secrets.randbits(80)),
        organisation=wish.organisation,
        kind=wish.kind,
        text=wish.text,
        address=wish.address,
        name=wish.name,
        phone=wish.phone,
        salt=new_salt(),
        near=wish.near,
        until=wish.until,
        asked_at=at,
        asked_on=timezone.localdate(at),
        written_at=wish.written_at,
    )
    tell(
        row,
        "ask",
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after={**hidden(row, *PERSONAL), "kind": row.kind, "until": row.until},
    )
    counted("helps", [row.pk], at, new=True)
    return row


def hold(help: Help, *states: Help.State) -> Help:  # noqa: A002 - what it is called
    """Read a request afresh and keep it until the transaction ends.

    Raises
    ------
    Refused
        NOT_NOW: it is in none of ``states``.
    """
    row = Help.objects.select_for_update(of=("self",)).get(pk=help.pk)
    if row.state not in states:
        raise Refused(Why.NOT_NOW)
    return row


def put(
    row: Help,
    verb: str,
    *,
    by: By,
    at: datetime,
    told: Mapping[str, object] | None = None,
    **values: object,
) -> Help:
    """Write values to a request, count it, leave its event, with what is ``told`` in it."""
    state = row.state
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    tell(
        row,
        verb,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before={"state": state},
        after={"state": row.state, **(told or {})},
    )
    counted("helps", [row.pk], at)
    return row


@transaction.atomic
def publish(*, help: Help, showing: Showing, by: By, at: datetime) -> Help:  # noqa: A002
    """Show a request to volunteers: kind, roughly where, until when.

    Raises
    ------
    Refused
        NOT_NOW, PAST, NEEDS_INSURANCE.
    """
    row = hold(help, State.NEW)
    if row.until <= at:
        raise Refused(Why.PAST)
    showing.cover.check(timezone.localdate(row.until))
    return put(
        row,
        "publish",
        by=by,
        at=at,
        state=State.OPEN.value,
        notice=showing.notice,
        risk=showing.cover.risk,
        insurer=showing.cover.insurer,
        insured_until=showing.cover.until,
        published_at=at,
        published_by=person(by),
    )


@transaction.atomic
def decline(*, help: Help, reason: str, by: By, at: datetime) -> Help:  # noqa: A002
    """Do not show it, and say why to who asked.

    Raises
    ------
    Refused
        NOT_NOW.
    """
    row = hold(help, State.NEW, State.OPEN)
    made = put(
        row,
        "decline",
        by=by,
        at=at,
        state=State.DECLINED.value,
        reason=reason,
        ended_at=at,
    )
    tell_asker(made, "declined", at=at)
    return made


@transaction.atomic
def confirm(*, help: Help, by: By, at: datetime) -> Help:  # noqa: A002
    """Say that it was done: by who asked, or by the community for them.

    Hours written down for it are confirmed with it.

    Raises
    ------
    Refused
        NOT_NOW, OWN (the community's person is the one who helped).
    """
    row = hold(help, State.DONE, State.TAKEN)
    staff = person(by)
    claimed = list(
        Hours.objects.select_for_update(of=("self",))
        .filter(help=row, state=Hours.State.CLAIMED.value)
        .select_related("volunteer")
    )
    took = Take.objects.filter(help=row, given_back_at=None).select_related("volunteer")
    if staff is not None and any(t.volunteer.user_id == staff.pk for t in took):
        raise Refused(Why.OWN)
    how = Hours.How.HELPED if staff is None else Hours.How.STAFF
    for each in claimed:
        each.state = Hours.State.CONFIRMED.value
        each.how = how.value
        each.decided_at = at
        each.decided_by = staff
        each.save(update_fields=["state", "how", "decided_at", "decided_by"])
    counted("hours", [each.pk for each in claimed], at)
    return put(
        row,
        "confirm",
        by=by,
        at=at,
        state=State.CONFIRMED.value,
        confirmed_on=timezone.localdate(at),
        ended_at=at,
    )


@transaction.atomic
def not_done(*, help: Help, by: By = NEIGHBOUR, at: datetime) -> Help:  # noqa: A002
    """Say that it was not done: it is still with who took it.

    Raises
    ------
    Refused
        NOT_NOW.
    """
    row = hold(help, State.DONE)
    return put(row, "not_done", by=by, at=at, state=State.TAKEN.value, done_at=None)


@transaction.atomic
def withdraw(*, help: Help, by: By = NEIGHBOUR, at: datetime) -> Help:  # noqa: A002
    """Take one's own request back; who took it sees that, and no address any more.

    Raises
    ------
    Refused
        NOT_NOW.
    """
    row = hold(help, State.NEW, State.OPEN, State.TAKEN)
    return put(row, "withdraw", by=by, at=at, state=State.WITHDRAWN.value, ended_at=at)


def expire(*, at: datetime) -> int:
    """End what nobody took in time; returns how many."""
    over = Help.objects.filter(
        state__in=[State.NEW.value, State.OPEN.value], until__lte=at
    )
    count = 0
    while batch := list(over.order_by("until", "pk")[:BATCH]):
        for row in batch:
            count += _expire(row, at)
    return count


@transaction.atomic
def _expire(row: Help, at: datetime) -> int:
    try:
        fresh = hold(row, State.NEW, State.OPEN)
    except Refused:
        return 0  # taken at this very moment
    put(fresh, "expire", by=None, at=at, state=State.EXPIRED.value, ended_at=at)
    tell_asker(fresh, "expired", at=at)
    return 1


def erase(*, at: datetime) -> int:
    """Forget who asked and where, some days after it ended; returns how many."""
    over = Help.objects.filter(
        ended_at__lt=at - timedelta(days=keeping.days_of(ASKER)), erased_at=None
    )
    count = 0
    while batch := list(over.order_by("ended_at", "pk")[:BATCH]):
        for row in batch:
            forget(help=row, by=None, at=at)
        count += len(batch)
    return count


@transaction.atomic
def forget(*, help: Help, by: By, at: datetime) -> None:  # noqa: A002
    """Erase the personal words of a request that has ended."""
    row = Help.objects.select_for_update(of=("self",)).get(pk=help.pk)
    for name in (*PERSONAL, "salt"):
        setattr(row, name, "")
    row.erased_at = at
    row.save(update_fields=[*PERSONAL, "salt", "erased_at"])
    tell(row, "forget", by=by, at=at, organisation_id=row.organisation_id)
