"""闪报: the duty desk is told in the same transaction; unseen, it goes up by the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.audit.rules import new_salt
from wugeyi.casework.actions.intake import Asker, Need
from wugeyi.casework.actions.intake import register as register_case
from wugeyi.casework.models import Case, Category
from wugeyi.casework.models.cases import Channel
from wugeyi.jobs import keeping
from wugeyi.organisations.models import Installation, Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import inside
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.telling import tell_desk
from wugeyi.volunteering.actions.writing import (
    VOLUNTEER,
    By,
    Where,
    hidden,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import DutyTerm, Emergency, Told, Volunteer
from wugeyi.volunteering.rules.duty import DEFAULT_MINUTES, OTHERWISE, SOURCE, band
from wugeyi.volunteering.rules.keeping import CALLER
from wugeyi.volunteering.rules.refusals import Refused, Why

PERSONAL = ("phone",)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Alarm:
    """What somebody tells, every word of it optional."""

    client_id: UUID
    text: str = ""
    called: str = ""
    phone: str = ""
    written_at: datetime | None = None


def installation_seat() -> Organisation | None:
    """Return whose installation this is: its desk is told where no other is known."""
    row = Installation.objects.select_related("seat").first()
    return row.seat if row is not None else None


def term_of(organisation: Organisation) -> timedelta:
    """Return how long a unit's duty desk may take."""
    row = DutyTerm.objects.filter(kind=organisation.kind).first()
    minutes = row.minutes if row else DEFAULT_MINUTES.get(organisation.kind, OTHERWISE)
    return timedelta(minutes=minutes)


def sound(
    *, alarm: Alarm, where: Where, volunteer: Volunteer | None, at: datetime
) -> Emergency:
    """Tell the duty desk at a place now; the same ``client_id`` gives the same row.

    Raises
    ------
    Refused
        OTHER_CONTENT.
    """

    def make() -> Emergency:
        unit = where.organisation
        row = Emergency.objects.create(
            client_id=alarm.client_id,
            organisation=unit,
            volunteer=volunteer,
            text=alarm.text,
            spot=where.spot,
            lon=where.lon,
            lat=where.lat,
            called=alarm.called,
            phone=alarm.phone,
            salt=new_salt(),
            written_at=alarm.written_at,
            received_at=at,
            received_on=timezone.localdate(at),
            due_at=at + term_of(unit),
        )
        Told.objects.create(emergency=row, organisation=unit, at=at)
        tell(
            row,
            "sound",
            by=VOLUNTEER,
            at=at,
            organisation_id=unit.pk,
            after={**hidden(row, *PERSONAL), "called": row.called},
        )
        counted("emergencies", [row.pk], at, new=True)
        use(volunteer, at)
        tell_desk(row, unit, at=at)
        return row

    same = {"text": alarm.text, "called": alarm.called, "spot": where.spot}
    return once(Emergency, alarm.client_id, make, same)[0]


def _hold(emergency: Emergency) -> Emergency:
    return (
        Emergency.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=emergency.pk)
    )


@transaction.atomic
def notice(*, emergency: Emergency, by: By, at: datetime) -> bool:
    """Say "seen": the wait ends here and goes up no more. False if somebody had."""
    row = _hold(emergency)
    if row.noticed_at is not None:
        return False
    row.noticed_at, row.noticed_by, row.due_at = at, person(by), None
    row.wait = band(at - row.received_at)
    row.save(update_fields=["noticed_at", "noticed_by", "due_at", "wait"])
    tell(
        row,
        "notice",
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after={"wait": row.wait},
    )
    counted("emergencies", [row.pk], at)
    return True


@transaction.atomic
def settle(
    *, emergency: Emergency, end: Emergency.End, what: str, by: By, at: datetime
) -> Emergency:
    """Write down what was done; only who saw it first, or somebody after them.

    Raises
    ------
    Refused
        NOT_NOW: nobody has seen it, or it is settled.
    """
    row = _hold(emergency)
    if row.noticed_at is None or row.settled_at is not None:
        raise Refused(Why.NOT_NOW)
    row.settled_at, row.end, row.what = at, end.value, what
    row.save(update_fields=["settled_at", "end", "what"])
    tell(
        row,
        "settle",
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after={"end": row.end},
    )
    return row


@transaction.atomic
def make_case(
    *, emergency: Emergency, text: str, category: Category, by: By, at: datetime
) -> Case:
    """Write it down afterwards as a case, once, and settle it with that.

    Raises
    ------
    Refused
        NOT_NOW.
    """
    row = _hold(emergency)
    if row.case is not None:
        return row.case
    if row.noticed_at is None or row.settled_at is not None:
        raise Refused(Why.NOT_NOW)
    row.case = register_case(
        need=Need(
            client_id=row.client_id,
            text=text,
            category=category,
            place=row.organisation,
            channel=Channel.WEB.value,
            spot=row.spot,
            lon=row.lon,
            lat=row.lat,
            asker=Asker(phone=row.phone),
        ),
        by=by,
        at=at,
    ).case
    row.settled_at, row.end = at, Emergency.End.CASE.value
    row.save(update_fields=["case", "settled_at", "end"])
    return row.case


def go_up(*, at: datetime) -> int:
    """Tell the next level what nobody has seen in time; returns how many went up."""
    late = Emergency.objects.filter(noticed_at=None, due_at__lte=at)
    return sum(_go_up(row, at) for row in list(late.order_by("due_at", "pk")[:BATCH]))


@transaction.atomic
def _go_up(emergency: Emergency, at: datetime) -> int:
    row = _hold(emergency)
    if row.noticed_at is not None or row.due_at is None or row.due_at > at:
        return 0
    told = set(row.told.values_list("organisation_id", flat=True))
    unit = next(
        (each for each in _levels_above(row.organisation) if each.pk not in told), None
    )
    row.due_at = at + term_of(unit) if unit is not None else None
    row.save(update_fields=["due_at"])
    if unit is None:
        return 0
    Told.objects.create(emergency=row, organisation=unit, at=at)
    tell(
        row,
        "go_up",
        by=None,
        at=at,
        organisation_id=row.organisation_id,
        after={"told": unit.pk},
    )
    tell_desk(row, unit, at=at)
    return 1


def _levels_above(unit: Organisation) -> list[Organisation]:
    """Return the units above, nearest first, up to whose installation this is."""
    seat = installation_seat()
    above = list(reversed(lineage(unit)[:-1]))
    return [each for each in above if seat is None or inside(each.path, seat.path)]


def erase(*, at: datetime) -> int:
    """Forget the numbers of those who told, some days after it was settled."""
    over = Emergency.objects.filter(
        settled_at__lt=at - timedelta(days=keeping.days_of(CALLER)), erased_at=None
    )
    count = 0
    while batch := list(over.order_by("settled_at", "pk")[:BATCH]):
        for row in batch:
            _erase(row, at)
        count += len(batch)
    return count


@transaction.atomic
def _erase(row: Emergency, at: datetime) -> None:
    row.phone, row.salt, row.erased_at = "", "", at
    row.save(update_fields=["phone", "salt", "erased_at"])
    tell(row, "forget", by=None, at=at, organisation_id=row.organisation_id)


@transaction.atomic
def set_term(
    *, kind: str, minutes: int, source: str, verified: bool, by: By, at: datetime
) -> DutyTerm:
    """Say within how many minutes a level's duty desk sees it."""
    row = DutyTerm.objects.filter(kind=kind).first() or DutyTerm(kind=kind, minutes=0)
    before = row.minutes or DEFAULT_MINUTES.get(kind, OTHERWISE)
    row.minutes, row.source, row.verified = minutes, source or SOURCE, verified
    row.save()
    tell(
        row,
        "set_term",
        by=by,
        at=at,
        before={"minutes": before},
        after={"minutes": minutes, "verified": verified},
    )
    return row
