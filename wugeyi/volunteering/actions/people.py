"""Registering by choice, the personal link, what is public, leaving."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.audit.rules import new_salt
from wugeyi.jobs import keeping
from wugeyi.volunteering.actions.certificates import close_all
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.takes import let_go
from wugeyi.volunteering.actions.writing import VOLUNTEER, By, hidden, once, tell, use
from wugeyi.volunteering.models import (
    CheckIn,
    Deed,
    Emergency,
    Membership,
    SignUp,
    Voice,
    Volunteer,
)
from wugeyi.volunteering.rules.keeping import WORDS
from wugeyi.volunteering.rules.links import hash_of

PERSONAL = ("name", "phone")
BATCH = 200


@dataclass(frozen=True, slots=True)
class Joined:
    """A volunteer, and the secret of their link if it was made just now."""

    volunteer: Volunteer
    secret: str


def register(
    *,
    client_id: UUID,
    name: str,
    phone: str,
    user: User | None,
    at: datetime,
) -> Joined:
    """Register somebody on their own wish; the same ``client_id`` gives the same one.

    The secret is handed out once; a repeat gives a new one, so that who lost the answer
    gets in, and the first one ends.

    Raises
    ------
    Refused
        OTHER_CONTENT.
    """
    secret = secrets.token_urlsafe(24)

    def make() -> Volunteer:
        row = Volunteer.objects.create(
            client_id=client_id,
            user=user,
            key_hash=hash_of(secret),
            name=name,
            phone=phone,
            salt=new_salt(),
            joined_at=at,
            used_on=timezone.localdate(at),
        )
        tell(row, "register", by=VOLUNTEER, at=at, after=hidden(row, *PERSONAL))
        return row

    known = _of(user)
    if known is not None:
        return Joined(known, "")
    row, new = once(
        Volunteer,
        client_id,
        make,
        {"name": name, "phone": phone, "user_id": user.pk if user else None},
    )
    return Joined(row, secret if new else renew_link(volunteer=row, at=at))


def _of(user: User | None) -> Volunteer | None:
    if user is None:
        return None
    return Volunteer.objects.filter(user=user, ended_at=None).first()


@transaction.atomic
def renew_link(*, volunteer: Volunteer, at: datetime) -> str:
    """Make a new personal link; the old one opens nothing from now on."""
    secret = secrets.token_urlsafe(24)
    volunteer.key_hash = hash_of(secret)
    volunteer.save(update_fields=["key_hash"])
    tell(volunteer, "renew_link", by=VOLUNTEER, at=at)
    return secret


@transaction.atomic
def correct(
    *, volunteer: Volunteer, name: str, phone: str, public: bool, at: datetime
) -> None:
    """Put one's own words right, and say whether the name may stand on team pages."""
    before = {**hidden(volunteer, *PERSONAL), "public": volunteer.public}
    volunteer.name, volunteer.phone, volunteer.public = name, phone, public
    volunteer.save(update_fields=["name", "phone", "public"])
    use(volunteer, at)
    tell(
        volunteer,
        "correct",
        by=VOLUNTEER,
        at=at,
        before=before,
        after={**hidden(volunteer, *PERSONAL), "public": public},
    )


@transaction.atomic
def reveal(
    *, volunteer: Volunteer, by: By, at: datetime, organisation_id: int
) -> Volunteer:
    """Let somebody call a volunteer; every look is written down."""
    tell(volunteer, "reveal", by=by, at=at, organisation_id=organisation_id)
    return volunteer


@transaction.atomic
def leave(*, volunteer: Volunteer, end: Volunteer.End, by: By, at: datetime) -> bool:
    """Delete what is known of a volunteer; what was done stays, as nobody's.

    Requests they hold are free again, teams and check-ins end today, certificates with
    their name are revoked. False if they left before.
    """
    row = (
        Volunteer.objects.select_for_update(of=("self",))
        .filter(pk=volunteer.pk, ended_at=None)
        .first()
    )
    if row is None:
        return False
    today = timezone.localdate(at)
    let_go(volunteer=row, by=by, at=at)
    Membership.objects.filter(volunteer=row, until=None).update(until=today)
    SignUp.objects.filter(volunteer=row, withdrawn_at=None).update(withdrawn_at=at)
    stood = list(CheckIn.objects.filter(volunteer=row, until=None))
    CheckIn.objects.filter(pk__in=[each.pk for each in stood]).update(until=today)
    counted("check_ins", [each.pk for each in stood], at)
    close_all(volunteer=row, by=by, at=at)
    Voice.objects.filter(volunteer=row).update(volunteer=None)
    Deed.objects.filter(volunteer=row).update(before=None, after=None)
    Emergency.objects.filter(volunteer=row).update(volunteer=None)
    for name in (*PERSONAL, "salt", "key_hash"):
        setattr(row, name, "")
    row.user = None
    row.public = False
    row.ended_at = at
    row.end = end.value
    row.save()
    tell(row, "leave", by=by, at=at, after={"end": row.end})
    return True


def expire(*, at: datetime) -> int:
    """Delete those who did nothing here for long; returns how many."""
    before = timezone.localdate(at) - timedelta(days=keeping.days_of(WORDS))
    over = Volunteer.objects.filter(ended_at=None, used_on__lt=before)
    count = 0
    while batch := list(over.order_by("used_on", "pk")[:BATCH]):
        for row in batch:
            leave(volunteer=row, end=Volunteer.End.EXPIRED, by=None, at=at)
        count += len(batch)
    return count
