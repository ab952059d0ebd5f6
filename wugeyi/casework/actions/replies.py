"""Sentences an organisation says often: kept, corrected, dropped."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.casework.models import SavedReply
from wugeyi.organisations.models import Organisation


@transaction.atomic
def add_reply(
    *, organisation: Organisation, title: str, text: str, by: User, at: datetime
) -> SavedReply:
    """Keep a reply for everybody of the organisation."""
    reply = SavedReply.objects.create(
        organisation=organisation, title=title, text=text, created_by=by, created_at=at
    )
    record(
        action="casework.add_reply",
        subject=reply,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"title": title, "text": text},
    )
    return reply


@transaction.atomic
def change_reply(
    *, reply: SavedReply, title: str, text: str, by: User, at: datetime
) -> SavedReply:
    """Correct a reply."""
    before = {"title": reply.title, "text": reply.text}
    reply.title = title
    reply.text = text
    reply.save(update_fields=["title", "text"])
    record(
        action="casework.change_reply",
        subject=reply,
        by=by,
        at=at,
        organisation_id=reply.organisation_id,
        before=before,
        after={"title": title, "text": text},
    )
    return reply


@transaction.atomic
def drop_reply(*, reply: SavedReply, by: User, at: datetime) -> None:
    """Drop a reply nobody needs; answers already given are not touched."""
    record(
        action="casework.drop_reply",
        subject=reply,
        by=by,
        at=at,
        organisation_id=reply.organisation_id,
        before={"title": reply.title, "text": reply.text},
    )
    reply.delete()
