"""Who is asking, and what is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models import (
    Activity,
    Certificate,
    CheckIn,
    Deed,
    Hours,
    Membership,
    SignUp,
    Take,
    Team,
    Voice,
    Volunteer,
)
from wugeyi.volunteering.rules.links import hash_of

SHOWN = 20
# So long one's own page says what the community took back.
RECALLED = timedelta(days=30)


def of_secret(secret: str) -> Volunteer | None:
    """Return whose link it is; None for one that was renewed or never was."""
    if not secret or len(secret) > 64:
        return None
    return Volunteer.objects.filter(key_hash=hash_of(secret), ended_at=None).first()


def of_key(pk: int, key: str) -> Volunteer | None:
    """Return the volunteer whose device holds the beginning of the link's hash."""
    row = Volunteer.objects.filter(pk=pk, ended_at=None).first()
    return row if row is not None and key and row.key_hash.startswith(key) else None


def of_user(user: User) -> Volunteer | None:
    """Return the volunteer of an account."""
    return Volunteer.objects.filter(user=user, ended_at=None).first()


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything on somebody's own page."""

    voices: list[Voice]
    held: list[Take]
    recalled: list[Take]
    deeds: list[Deed]
    hours: list[Hours]
    certificates: list[Certificate]
    check_ins: list[CheckIn]
    memberships: list[Membership]
    sign_ups: list[SignUp]


def mine(volunteer: Volunteer, *, at: datetime) -> Mine:
    """Return what is somebody's own, newest first; nine queries."""
    taken = Take.objects.filter(volunteer=volunteer, given_back_at=None)
    taken = taken.select_related("help__organisation").order_by("-pk")
    return Mine(
        voices=list(voices(volunteer)[:SHOWN]),
        held=list(taken.filter(help__state__in=["taken", "done"])[:SHOWN]),
        recalled=list(
            Take.objects.filter(volunteer=volunteer, given_back_at__gt=at - RECALLED)
            .exclude(reason="")
            .select_related("help")
            .order_by("-pk")[:SHOWN]
        ),
        deeds=list(
            Deed.objects.filter(volunteer=volunteer)
            .select_related("organisation")
            .order_by("-pk")[:SHOWN]
        ),
        hours=list(hours(volunteer)[:SHOWN]),
        certificates=list(
            Certificate.objects.filter(volunteer=volunteer).order_by("-pk")[:SHOWN]
        ),
        check_ins=list(
            CheckIn.objects.filter(volunteer=volunteer, until=None)
            .select_related("organisation")
            .order_by("pk")
        ),
        memberships=list(
            Membership.objects.filter(volunteer=volunteer, until=None)
            .select_related("team__organisation")
            .order_by("pk")
        ),
        sign_ups=list(
            SignUp.objects.filter(
                volunteer=volunteer, withdrawn_at=None, activity__ends_at__gt=at
            )
            .select_related("activity__organisation")
            .order_by("pk")[:SHOWN]
        ),
    )


def voices(volunteer: Volunteer) -> QuerySet[Voice]:
    """Return what somebody reported, with the case as it is now."""
    return (
        Voice.objects.filter(volunteer=volunteer)
        .select_related(
            "case__place",
            "case__handler",
            "case__category__parent",
            "case__merged_into__handler",
        )
        .order_by("-pk")
    )


def hours(volunteer: Volunteer) -> QuerySet[Hours]:
    """Return somebody's own spans, newest written first."""
    return (
        Hours.objects.filter(volunteer=volunteer)
        .select_related("organisation")
        .order_by("-pk")
    )


def checked_in(volunteer: Volunteer | None) -> list[Organisation]:
    """Return the communities somebody checked in with; one query."""
    if volunteer is None:
        return []
    rows = CheckIn.objects.filter(
        volunteer=volunteer, until=None, organisation__valid_to=None
    )
    return [row.organisation for row in rows.select_related("organisation")]


@dataclass(frozen=True, slots=True)
class Place:
    """What goes on at a community: for everybody."""

    teams: list[Team]
    activities: list[Activity]


def at_place(unit: Organisation, *, at: datetime) -> Place:
    """Return teams with the names of those who agreed, and what is coming; three queries.

    Names stand in the order in which people came, never by what they did.
    """
    named = (
        Membership.objects.filter(
            until=None, volunteer__public=True, volunteer__ended_at=None
        )
        .select_related("volunteer")
        .order_by("pk")
    )
    return Place(
        list(
            Team.objects.filter(organisation=unit, closed_on=None)
            .prefetch_related(Prefetch("members", named, to_attr="named"))
            .order_by("pk")[:50]
        ),
        coming(unit, at=at),
    )


def coming(unit: Organisation, *, at: datetime) -> list[Activity]:
    """Return what is still to come at a community, soonest first; one query."""
    return list(
        Activity.objects.filter(organisation=unit, cancelled_at=None, ends_at__gt=at)
        .select_related("team")
        .order_by("starts_at")[:50]
    )


def everything(volunteer: Volunteer) -> dict[str, object]:
    """Return all that is kept of somebody, for themselves; eight queries.

    Of those they helped only what every volunteer may read.
    """
    return {
        "name": volunteer.name,
        "phone": volunteer.phone,
        "public_name": volunteer.public,
        "joined_at": volunteer.joined_at.isoformat(),
        "used_on": volunteer.used_on.isoformat(),
        "check_ins": [
            {
                "organisation": row.organisation.name,
                "since": row.since.isoformat(),
                "until": row.until.isoformat() if row.until else None,
            }
            for row in volunteer.check_ins.select_related("organisation")
        ],
        "teams": [
            {
                "team": row.team.name,
                "since": row.since.isoformat(),
                "until": row.until.isoformat() if row.until else None,
            }
            for row in volunteer.memberships.select_related("team")
        ],
        "helps": [
            {
                "kind": row.help.kind,
                "near": row.help.near,
                "taken_at": row.taken_at.isoformat(),
                "given_back_at": row.given_back_at.isoformat()
                if row.given_back_at
                else None,
                "taken_back_because": row.reason,
            }
            for row in volunteer.takes.select_related("help")
        ],
        "deeds": [
            {"kind": row.kind, "on": row.on.isoformat(), "text": row.text}
            for row in volunteer.deeds.all()
        ],
        "reports": [
            {"kind": row.kind, "case": row.case.number, "text": row.case.text}
            for row in volunteer.voices.select_related("case")
        ],
        "hours": [
            {
                "kind": row.kind,
                "organisation": row.organisation.name,
                "starts_at": row.starts_at.isoformat(),
                "ends_at": row.ends_at.isoformat(),
                "minutes": row.minutes,
                "state": row.state,
            }
            for row in volunteer.hours.select_related("organisation").order_by("pk")
        ],
        "certificates": [
            {"code": row.code, "digest": row.digest}
            for row in volunteer.certificates.all()
        ],
        "activities": [
            {"title": row.activity.title, "at": row.at.isoformat()}
            for row in volunteer.sign_ups.select_related("activity")
        ],
    }
