"""Checking in with a community, teams: joined by choice, left at any time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.writing import (
    VOLUNTEER,
    By,
    mark,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import CheckIn, Membership, Team, Volunteer
from wugeyi.volunteering.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class TeamWords:
    """What a team is called and does."""

    name: str
    name_en: str = ""
    partner: str = ""
    about: str = ""


def check_in(
    *, client_id: UUID, volunteer: Volunteer, organisation: Organisation, at: datetime
) -> CheckIn:
    """Check in with a community; who is there already stays as they are."""

    def make() -> CheckIn:
        row = CheckIn.objects.create(
            client_id=client_id,
            volunteer=volunteer,
            organisation=organisation,
            since=timezone.localdate(at),
            at=at,
        )
        tell(row, "check_in", by=VOLUNTEER, at=at, organisation_id=organisation.pk)
        counted("check_ins", [row.pk], at, new=True)
        use(volunteer, at)
        return row

    standing = CheckIn.objects.filter(
        volunteer=volunteer, organisation=organisation, until=None
    ).first()
    if standing is not None:
        return standing
    try:
        same = {"volunteer_id": volunteer.pk, "organisation_id": organisation.pk}
        return once(CheckIn, client_id, make, same)[0]
    except IntegrityError:
        # At the same moment under another id.
        return CheckIn.objects.get(
            volunteer=volunteer, organisation=organisation, until=None
        )


@transaction.atomic
def check_out(*, row: CheckIn, by: By, at: datetime) -> bool:
    """Take a check-in back from today; False if it was already."""
    done = mark(row, "check_out", by=by, at=at, until=timezone.localdate(at))
    if done is not None:
        counted("check_ins", [done.pk], at)
    return done is not None


def found_team(
    *,
    client_id: UUID,
    organisation: Organisation,
    words: TeamWords,
    by: By,
    at: datetime,
) -> Team:
    """Begin a team at a community; the same ``client_id`` gives the same one."""

    def make() -> Team:
        row = Team.objects.create(
            client_id=client_id,
            organisation=organisation,
            name=words.name,
            name_en=words.name_en,
            partner=words.partner,
            about=words.about,
            since=timezone.localdate(at),
            at=at,
            recorded_by=person(by),
        )
        tell(
            row,
            "found_team",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            after={"name": row.name, "partner": row.partner},
        )
        return row

    same = {"organisation_id": organisation.pk, "name": words.name}
    return once(Team, client_id, make, same)[0]


@transaction.atomic
def close_team(*, team: Team, by: By, at: datetime) -> bool:
    """End a team and everybody's membership today; False if it was already."""
    today = timezone.localdate(at)
    done = mark(team, "close_team", by=by, at=at, closed_on=today)
    if done is not None:
        Membership.objects.filter(team=done, until=None).update(until=today)
    return done is not None


@transaction.atomic
def join(*, team: Team, volunteer: Volunteer, at: datetime) -> Membership:
    """Join a team from today; who is in it stays in it.

    Raises
    ------
    Refused
        CLOSED.
    """
    row = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if row.closed_on is not None:
        raise Refused(Why.CLOSED)
    made, new = Membership.objects.get_or_create(
        team=row,
        volunteer=volunteer,
        until=None,
        defaults={"since": timezone.localdate(at), "at": at},
    )
    if new:
        tell(made, "join", by=VOLUNTEER, at=at, organisation_id=row.organisation_id)
        use(volunteer, at)
    return made


def quit_team(*, team: Team, volunteer: Volunteer, at: datetime) -> bool:
    """Leave a team today, without a reason; False if they were not in it."""
    row = Membership.objects.filter(team=team, volunteer=volunteer, until=None).first()
    if row is None:
        return False
    today, whose = timezone.localdate(at), team.organisation_id
    done = mark(row, "quit", by=VOLUNTEER, at=at, organisation_id=whose, until=today)
    return done is not None
