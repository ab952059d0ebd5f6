"""Hours: claimed by who served, confirmed by somebody else, never twice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.writing import (
    VOLUNTEER,
    By,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import Activity, Deed, Help, Hours, Volunteer
from wugeyi.volunteering.rules.hours import check_span, minutes_between
from wugeyi.volunteering.rules.refusals import Refused, Why

LIVING = (Hours.State.CLAIMED.value, Hours.State.CONFIRMED.value)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when somebody did what."""

    client_id: UUID
    organisation: Organisation
    kind: str
    starts_at: datetime
    ends_at: datetime
    text: str = ""
    help: Help | None = None
    deed: Deed | None = None
    activity: Activity | None = None


def claim(*, span: Span, volunteer: Volunteer, at: datetime) -> Hours:
    """Write down a span of service; the same ``client_id`` gives the same row.

    Raises
    ------
    Refused
        BACKWARDS, TOO_LONG, FUTURE, PAST, OVERLAPS another span, OTHER_CONTENT.
    """
    minutes = check_span(span.starts_at, span.ends_at, at=at)

    def make() -> Hours:
        # Two spans sent at once wait for each other here.
        Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
        if Hours.objects.filter(client_id=span.client_id).exists():
            return Hours.objects.get(client_id=span.client_id)
        if Hours.objects.filter(
            volunteer=volunteer,
            state__in=LIVING,
            starts_at__lt=span.ends_at,
            ends_at__gt=span.starts_at,
        ).exists():
            raise Refused(Why.OVERLAPS)
        return _claim(span, volunteer, minutes, at)

    same = {
        "volunteer_id": volunteer.pk,
        "starts_at": span.starts_at,
        "ends_at": span.ends_at,
        "kind": span.kind,
    }
    row, _new = once(Hours, span.client_id, make, same)
    if any(getattr(row, name) != value for name, value in same.items()):
        raise Refused(Why.OTHER_CONTENT)
    return row


def _claim(span: Span, volunteer: Volunteer, minutes: int, at: datetime) -> Hours:
    row = Hours.objects.create(
        client_id=span.client_id,
        volunteer=volunteer,
        organisation=span.organisation,
        kind=span.kind,
        help=span.help,
        deed=span.deed,
        activity=span.activity,
        text=span.text,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        on=timezone.localdate(span.starts_at),
        minutes=minutes,
        at=at,
    )
    tell(
        row,
        "claim_hours",
        by=VOLUNTEER,
        at=at,
        organisation_id=row.organisation_id,
        after={"starts_at": row.starts_at, "ends_at": row.ends_at, "kind": row.kind},
    )
    counted("hours", [row.pk], at, new=True)
    use(volunteer, at)
    return row


def _hold(hours: Hours) -> Hours:
    row = (
        Hours.objects.select_for_update(of=("self",))
        .select_related("volunteer")
        .get(pk=hours.pk)
    )
    if row.state != Hours.State.CLAIMED:
        raise Refused(Why.NOT_NOW)
    return row


@transaction.atomic
def confirm(*, hours: Hours, minutes: int, by: By, at: datetime) -> Hours:
    """Confirm a span, whole or less; never more, and never one's own.

    Raises
    ------
    Refused
        NOT_NOW, MORE_THAN_SPAN, OWN.
    """
    row = _hold(hours)
    whole = minutes_between(row.starts_at, row.ends_at)
    if not 1 <= minutes <= whole:
        raise Refused(Why.MORE_THAN_SPAN, minutes=whole)
    return _decide(
        row, Hours.State.CONFIRMED, "confirm_hours", by=by, at=at, minutes=minutes
    )


@transaction.atomic
def refuse(*, hours: Hours, reason: str, by: By, at: datetime) -> Hours:
    """Do not confirm a span, and say why; the person may write it down rightly.

    Raises
    ------
    Refused
        NOT_NOW, OWN.
    """
    row = _hold(hours)
    return _decide(
        row, Hours.State.REFUSED, "refuse_hours", by=by, at=at, reason=reason
    )


def _decide(
    row: Hours,
    state: Hours.State,
    verb: str,
    *,
    by: By,
    at: datetime,
    **values: object,
) -> Hours:
    staff = person(by)
    if staff is not None and row.volunteer.user_id == staff.pk:
        raise Refused(Why.OWN)
    for name, value in values.items():
        setattr(row, name, value)
    row.state = state.value
    row.how = Hours.How.STAFF.value
    row.decided_at, row.decided_by = at, staff
    row.save()
    tell(
        row,
        verb,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after={"minutes": row.minutes},
    )
    counted("hours", [row.pk], at)
    return row


@transaction.atomic
def withdraw(*, hours: Hours, at: datetime) -> bool:
    """Take one's own span back before it is confirmed; False if it is too late."""
    try:
        row = _hold(hours)
    except Refused:
        return False
    row.state = Hours.State.WITHDRAWN.value
    row.save(update_fields=["state"])
    tell(
        row, "withdraw_hours", by=VOLUNTEER, at=at, organisation_id=row.organisation_id
    )
    counted("hours", [row.pk], at)
    return True
