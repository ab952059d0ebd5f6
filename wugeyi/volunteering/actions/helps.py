"""闪帮: asked, looked at, taken freely, given back, done, confirmed, forgotten."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.audit.rules import new_salt
from wugeyi.casework.rules import receipts
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.telling import tell_asker
from wugeyi.volunteering.actions.writing import (
    NEIGHBOUR,
    VOLUNTEER,
    By,
    hidden,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import Help, Hours, Take, Volunteer
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.keeping import ASKER_DAYS
from wugeyi.volunteering.rules.refusals import Refused, Why

PERSONAL = ("text", "address", "name", "phone")
# Nobody may collect addresses: so many held at once, so many taken a day; inferred.
HELD = 3
TAKEN_A_DAY = 6
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


def _hold(help: Help, *states: Help.State) -> Help:  # noqa: A002 - what it is called
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


def _put(row: Help, verb: str, *, by: By, at: datetime, **values: object) -> Help:
    """Write values to a request, count it, leave its event."""
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
        after={"state": row.state},
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
    row = _hold(help, State.NEW)
    if row.until <= at:
        raise Refused(Why.PAST)
    showing.cover.check(timezone.localdate(row.until))
    return _put(
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
    row = _hold(help, State.NEW, State.OPEN)
    made = _put(
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
def take(*, help: Help, volunteer: Volunteer, at: datetime) -> Take:  # noqa: A002
    """Take a request freely; whoever has it already has it.

    Raises
    ------
    Refused
        TAKEN (somebody else was first), NOT_OPEN, PAST, NEEDS_NAME, TOO_MANY.
    """
    who = Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
    row = Help.objects.select_for_update(of=("self",)).get(pk=help.pk)
    held = Take.objects.filter(help=row, given_back_at=None).first()
    if held is not None:
        if held.volunteer_id == who.pk:
            return held
        raise Refused(Why.TAKEN)
    _may_take(row, who, at)
    try:
        with transaction.atomic():
            made = Take.objects.create(help=row, volunteer=who, taken_at=at)
    except IntegrityError as error:
        raise Refused(Why.TAKEN) from error
    _put(row, "take", by=VOLUNTEER, at=at, state=State.TAKEN.value)
    use(volunteer, at)
    tell_asker(row, "taken", at=at)
    return made


def _may_take(row: Help, who: Volunteer, at: datetime) -> None:
    if row.state != State.OPEN or who.ended_at is not None:
        raise Refused(Why.NOT_OPEN)
    if row.until <= at:
        raise Refused(Why.PAST)
    if not who.name or not who.phone:
        raise Refused(Why.NEEDS_NAME)
    own = Take.objects.filter(volunteer=who)
    held = own.filter(given_back_at=None, help__state=State.TAKEN.value).count()
    today = own.filter(taken_at__gt=at - timedelta(days=1)).count()
    if held >= HELD or today >= TAKEN_A_DAY:
        raise Refused(Why.TOO_MANY, held=HELD, today=TAKEN_A_DAY)


def _own_take(row: Help, volunteer: Volunteer) -> Take:
    found = Take.objects.filter(
        help=row, volunteer=volunteer, given_back_at=None
    ).first()
    if found is None:
        raise Refused(Why.NOT_YOURS)
    return found


@transaction.atomic
def give_back(
    *,
    help: Help,  # noqa: A002
    volunteer: Volunteer,
    by: By = VOLUNTEER,
    at: datetime,
) -> Help:
    """Give a request back, without a reason: others may take it, the address is hidden.

    Raises
    ------
    Refused
        NOT_NOW, NOT_YOURS.
    """
    row = _hold(help, State.TAKEN)
    own = _own_take(row, volunteer)
    own.given_back_at = at
    own.save(update_fields=["given_back_at"])
    return _put(row, "give_back", by=by, at=at, state=State.OPEN.value)


def let_go(*, volunteer: Volunteer, by: By, at: datetime) -> None:
    """Give back all that somebody holds, because they leave."""
    for own in Take.objects.filter(
        volunteer=volunteer, given_back_at=None, help__state=State.TAKEN.value
    ).select_related("help"):
        give_back(help=own.help, volunteer=volunteer, by=by, at=at)


@transaction.atomic
def say_done(*, help: Help, volunteer: Volunteer, at: datetime) -> Help:  # noqa: A002
    """Tell that it is done; who asked confirms.

    Raises
    ------
    Refused
        NOT_NOW, NOT_YOURS.
    """
    row = _hold(help, State.TAKEN)
    _own_take(row, volunteer)
    made = _put(
        row, "say_done", by=VOLUNTEER, at=at, state=State.DONE.value, done_at=at
    )
    use(volunteer, at)
    tell_asker(made, "done", at=at)
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
    row = _hold(help, State.DONE, State.TAKEN)
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
    return _put(
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
    row = _hold(help, State.DONE)
    return _put(row, "not_done", by=by, at=at, state=State.TAKEN.value, done_at=None)


@transaction.atomic
def withdraw(*, help: Help, by: By = NEIGHBOUR, at: datetime) -> Help:  # noqa: A002
    """Take one's own request back; who took it sees that, and no address any more.

    Raises
    ------
    Refused
        NOT_NOW.
    """
    row = _hold(help, State.NEW, State.OPEN, State.TAKEN)
    return _put(row, "withdraw", by=by, at=at, state=State.WITHDRAWN.value, ended_at=at)


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
        fresh = _hold(row, State.NEW, State.OPEN)
    except Refused:
        return 0  # taken at this very moment
    _put(fresh, "expire", by=None, at=at, state=State.EXPIRED.value, ended_at=at)
    tell_asker(fresh, "expired", at=at)
    return 1


def erase(*, at: datetime) -> int:
    """Forget who asked and where, some days after it ended; returns how many."""
    over = Help.objects.filter(
        ended_at__lt=at - timedelta(days=ASKER_DAYS), erased_at=None
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
