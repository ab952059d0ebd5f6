"""Activities: offered, never assigned; insured first where there is risk."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.actions.writing import (
    VOLUNTEER,
    By,
    mark,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import Activity, SignUp, Team, Volunteer
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.hours import LONGEST
from wugeyi.volunteering.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class Offer:
    """What a community offers to do together."""

    client_id: UUID
    title: str
    spot: str
    starts_at: datetime
    ends_at: datetime
    team: Team | None = None
    cover: Cover = field(default_factory=Cover)


def offer(*, what: Offer, organisation: Organisation, by: By, at: datetime) -> Activity:
    """Offer an activity; the same ``client_id`` gives the same one.

    Raises
    ------
    Refused
        BACKWARDS, TOO_LONG, PAST, NEEDS_INSURANCE (art. 17), OTHER_CONTENT.
    """
    if what.ends_at <= what.starts_at:
        raise Refused(Why.BACKWARDS)
    if what.ends_at - what.starts_at > LONGEST:
        raise Refused(Why.TOO_LONG)
    what.cover.check(timezone.localdate(what.ends_at))

    def make() -> Activity:
        if what.starts_at <= at:
            raise Refused(Why.PAST)
        row = Activity.objects.create(
            client_id=what.client_id,
            organisation=organisation,
            team=what.team,
            title=what.title,
            spot=what.spot,
            starts_at=what.starts_at,
            ends_at=what.ends_at,
            risk=what.cover.risk,
            insurer=what.cover.insurer,
            insured_until=what.cover.until,
            at=at,
            recorded_by=person(by),
        )
        tell(
            row,
            "offer",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            after={"title": row.title, "risk": row.risk, "insurer": row.insurer},
        )
        return row

    same = {"organisation_id": organisation.pk, "title": what.title}
    return once(Activity, what.client_id, make, same)[0]


def cancel(*, activity: Activity, by: By, at: datetime) -> bool:
    """Call an activity off; False if it was already."""
    return mark(activity, "cancel", by=by, at=at, cancelled_at=at) is not None


@transaction.atomic
def sign_up(*, activity: Activity, volunteer: Volunteer, at: datetime) -> SignUp:
    """Say that one means to come; who said so already stays so.

    Raises
    ------
    Refused
        NOT_OPEN: called off, or over.
    """
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if row.cancelled_at is not None or row.ends_at <= at:
        raise Refused(Why.NOT_OPEN)
    made, new = SignUp.objects.get_or_create(
        activity=row, volunteer=volunteer, withdrawn_at=None, defaults={"at": at}
    )
    if new:
        tell(made, "sign_up", by=VOLUNTEER, at=at, organisation_id=row.organisation_id)
        use(volunteer, at)
    return made


def sign_off(*, activity: Activity, volunteer: Volunteer, at: datetime) -> bool:
    """Take that back, without a reason; False if there was nothing."""
    row = SignUp.objects.filter(
        activity=activity, volunteer=volunteer, withdrawn_at=None
    ).first()
    if row is None:
        return False
    whose = activity.organisation_id
    done = mark(
        row, "sign_off", by=VOLUNTEER, at=at, organisation_id=whose, withdrawn_at=at
    )
    return done is not None
