"""A person's own calendar address: made, renewed, taken back."""

import secrets as random
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.interfaces.models import Calendar
from wugeyi.interfaces.rules import secrets


@dataclass(frozen=True, slots=True)
class Made:
    """The row, and the secret of its address: nobody can read it again."""

    row: Calendar
    secret: str


@transaction.atomic
def renew(*, duties: bool, deadlines: bool, by: User, at: datetime) -> Made:
    """Give a person an address; the one they had opens nothing any more."""
    secret = secrets.spell(random.randbits(5 * secrets.LENGTH))
    row, _new = Calendar.objects.update_or_create(
        person=by,
        defaults={
            "digest": secrets.digest(secret),
            "duties": duties,
            "deadlines": deadlines,
            "made_at": at,
            "used_on": None,
        },
    )
    record(
        action="interfaces.renew_calendar",
        subject=row,
        by=by,
        at=at,
        after={"duties": duties, "deadlines": deadlines},
    )
    return Made(row, secret)


@transaction.atomic
def take_back(*, calendar: Calendar, by: User, at: datetime) -> None:
    """Close a calendar's address."""
    record(action="interfaces.end_calendar", subject=calendar, by=by, at=at)
    Calendar.objects.filter(pk=calendar.pk).delete()


def note_use(*, calendar: Calendar, on: date) -> None:
    """Write down the day it was last read; one statement a day."""
    if calendar.used_on != on:
        Calendar.objects.filter(pk=calendar.pk).update(used_on=on)
