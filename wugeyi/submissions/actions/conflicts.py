"""Other content under an id that was taken: kept for people to judge, and judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.audit.rules import Actor
from wugeyi.submissions.models import Conflict, ConflictPhoto, Submission
from wugeyi.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class First:
    """What was taken first under an id by a way of its own: another program's, say.

    ``kind`` is named with :func:`wugeyi.submissions.registry.name`; ``digest`` is of
    its content as whoever took it computes it.
    """

    client_id: UUID
    kind: str
    digest: str
    organisation_id: int
    staff_url: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Other:
    """What came second: ``content`` urlencoded, as :func:`..rules.content_of` has it."""

    kind: str
    digest: str
    content: str
    uploads: Sequence[Upload] = ()
    written_at: datetime | None = None


@transaction.atomic
def keep_beside(
    *, first: First, other: Other, by: AbstractBaseUser | Actor | None, at: datetime
) -> Conflict:
    """Keep other content that came under an id another app took; twice is once."""
    row, _made = Submission.objects.get_or_create(
        client_id=first.client_id,
        defaults={
            "kind": first.kind,
            "digest": first.digest,
            "organisation_id": first.organisation_id,
            "staff_url": first.staff_url,
            "received_at": first.received_at,
        },
    )
    return keep(first=row, other=other, by=by, at=at)


@transaction.atomic
def keep(
    *,
    first: Submission,
    other: Other,
    by: AbstractBaseUser | Actor | None,
    at: datetime,
) -> Conflict:
    """Keep other content that came under an id that was taken; twice is once."""
    # Held, so that two at once are one.
    Submission.objects.select_for_update(of=("self",)).get(pk=first.pk)
    known = Conflict.objects.filter(submission=first, digest=other.digest).first()
    if known is not None:
        return known
    row = Conflict.objects.create(
        submission=first,
        kind=other.kind,
        digest=other.digest,
        content=other.content,
        by=by if isinstance(by, User) else None,
        written_at=other.written_at,
        received_at=at,
    )
    ConflictPhoto.objects.bulk_create(
        ConflictPhoto(conflict=row, upload=upload) for upload in other.uploads
    )
    record(
        action="submissions.conflict",
        subject=row,
        by=by,
        at=at,
        organisation_id=first.organisation_id,
        after={
            "sent_as": other.kind,
            "first_received": first.pk,
            "photos": len(other.uploads),
        },
    )
    return row


@transaction.atomic
def review(*, conflict: Conflict, note: str, by: User, at: datetime) -> None:
    """Note what was found; the content goes a month later."""
    held = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if held.reviewed_at is not None:
        return
    held.note, held.reviewed_by, held.reviewed_at = note, by, at
    held.save(update_fields=["note", "reviewed_by", "reviewed_at"])
    record(
        action="submissions.review",
        subject=held,
        by=by,
        at=at,
        organisation_id=conflict.submission.organisation_id,
        after={"review": note},
    )
