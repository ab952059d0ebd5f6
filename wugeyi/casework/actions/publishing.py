"""What the public may read of a case: masked, and looked at by a person first."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.casework.actions.writing import put, take
from wugeyi.casework.models import Case
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.casework.rules.states import Step


@transaction.atomic
def publish(
    *,
    case: Case,
    public_text: str,
    photos: Iterable[int] = (),
    by: User,
    at: datetime,
    version: int | None = None,
) -> Case:
    """Show ``public_text`` and the named photographs to everybody."""
    case = take(case, step=Step.PUBLISH, version=version)
    if not public_text.strip():
        raise Refused(Why.NEEDS_TEXT)
    chosen = set(photos)
    for photo in case.photos.all():
        if photo.public != (photo.pk in chosen):
            photo.public = photo.pk in chosen
            photo.save(update_fields=["public"])
    values = {"public_text": public_text, "published_at": case.published_at or at}
    told = {"photos": sorted(chosen)}
    return put(case, action="publish", by=by, at=at, values=values, told=told)


@transaction.atomic
def unpublish(
    *, case: Case, by: User, at: datetime, version: int | None = None
) -> Case:
    """Take a case off the public page."""
    case = take(case, step=Step.PUBLISH, version=version)
    case.photos.filter(public=True).update(public=False)
    values = {"public_text": "", "published_at": None}
    return put(case, action="unpublish", by=by, at=at, values=values)
