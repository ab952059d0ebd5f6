"""Keys for other programs: made, shown once, revoked."""

import secrets as random
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.interfaces.models import ApiKey, Terms
from wugeyi.interfaces.rules import secrets
from wugeyi.organisations.models import Organisation

KEPT = ("name", "start", "writes", "per_minute", "per_day", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a key is for, checked by a form."""

    organisation: Organisation
    name: str
    writes: bool
    per_minute: int
    per_day: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The row, and the key itself: nobody can read it again."""

    row: ApiKey
    key: str


@transaction.atomic
def make(*, plan: Plan, by: User | None, at: datetime) -> Made:
    """Make a key."""
    text = secrets.PREFIX + secrets.spell(random.randbits(5 * secrets.LENGTH))
    row = ApiKey.objects.create(
        organisation=plan.organisation,
        name=plan.name,
        start=secrets.start_of(text),
        digest=secrets.digest(text),
        writes=plan.writes,
        per_minute=plan.per_minute,
        per_day=plan.per_day,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        made_by=by,
        made_at=at,
    )
    record(
        action="interfaces.make_key",
        subject=row,
        by=by,
        at=at,
        organisation_id=plan.organisation.pk,
        after=changes(row, KEPT),
    )
    return Made(row, text)


@transaction.atomic
def revoke(*, key: ApiKey, by: User, at: datetime) -> ApiKey:
    """End a key at once; a second time changes nothing."""
    row = ApiKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if row.revoked_at is not None:
        return row
    row.revoked_at, row.revoked_by = at, by
    row.save(update_fields=["revoked_at", "revoked_by"])
    record(
        action="interfaces.revoke_key",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before={"revoked_at": None},
        after={"revoked_at": at},
    )
    return row


def note_use(*, key: ApiKey, on: date) -> None:
    """Write down the day a key was last used; one statement a day."""
    if key.used_on != on:
        ApiKey.objects.filter(pk=key.pk).update(used_on=on)


@transaction.atomic
def set_terms(
    *,
    licence: str,
    licence_url: str,
    contact: str,
    key_service: str,
    by: User,
    at: datetime,
) -> Terms:
    """Say on what terms public data may be used, and whom to ask."""
    row = Terms.objects.filter(pk=1).first() or Terms(pk=1)
    names = ("licence", "licence_url", "contact", "key_service")
    before = changes(row, names)
    row.licence, row.licence_url = licence, licence_url
    row.contact, row.key_service = contact, key_service
    row.changed_at = at
    row.save()
    record(
        action="interfaces.set_terms",
        subject=row,
        by=by,
        at=at,
        before=before,
        after=changes(row, names),
    )
    return row
