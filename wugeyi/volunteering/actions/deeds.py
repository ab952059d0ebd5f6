"""闪宣 and 闪除: what somebody did, seen, taken back; its photographs end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wugeyi.jobs import keeping
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.writing import (
    VOLUNTEER,
    By,
    Where,
    mark,
    once,
    person,
    tell,
    use,
)
from wugeyi.volunteering.models import Deed, Volunteer
from wugeyi.volunteering.rules.keeping import PHOTOS
from wugeyi.volunteering.rules.refusals import Refused, Why

# How long ago a deed may be written down; inferred.
LATE = timedelta(days=90)
PICTURED = Q(before__isnull=False) | Q(after__isnull=False)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did, checked by a form."""

    client_id: UUID
    kind: str
    text: str
    on: date
    sessions: int = 0
    pieces: int = 0
    before: Upload | None = None
    after: Upload | None = None
    written_at: datetime | None = None


def do(*, done: Done, where: Where, volunteer: Volunteer, at: datetime) -> Deed:
    """Record what somebody did; the same ``client_id`` gives the same row.

    Raises
    ------
    Refused
        FUTURE, PAST (over 90 days ago), OTHER_CONTENT.
    """
    today = timezone.localdate(at)

    def make() -> Deed:
        if done.on > today:
            raise Refused(Why.FUTURE)
        if done.on < today - LATE:
            raise Refused(Why.PAST, days=LATE.days)
        row = Deed.objects.create(
            client_id=done.client_id,
            kind=done.kind,
            volunteer=volunteer,
            organisation=where.organisation,
            text=done.text,
            spot=where.spot,
            lon=where.lon,
            lat=where.lat,
            sessions=done.sessions,
            pieces=done.pieces,
            before=done.before,
            after=done.after,
            on=done.on,
            at=at,
            written_at=done.written_at,
        )
        tell(
            row,
            f"do_{done.kind}",
            by=VOLUNTEER,
            at=at,
            organisation_id=row.organisation_id,
            after={"on": row.on, "sessions": row.sessions, "pieces": row.pieces},
        )
        counted("deeds", [row.pk], at, new=True)
        use(volunteer, at)
        return row

    same = {
        "volunteer_id": volunteer.pk,
        "kind": done.kind,
        "text": done.text,
        "on": done.on,
        "sessions": done.sessions,
        "pieces": done.pieces,
    }
    return once(Deed, done.client_id, make, same)[0]


def see(*, deed: Deed, by: By, at: datetime) -> bool:
    """Note that the community has looked at it; False if somebody had before."""
    return mark(deed, "see", by=by, at=at, seen_at=at, seen_by=person(by)) is not None


@transaction.atomic
def take_back(*, deed: Deed, by: By, at: datetime) -> bool:
    """Take a wrong entry back: by who wrote it, or the community.

    It stays, withdrawn; its photographs go.
    """
    done = mark(deed, "take_back", by=by, at=at, withdrawn_at=at)
    if done is not None:
        Deed.objects.filter(pk=done.pk).update(before=None, after=None)
        counted("deeds", [done.pk], at)
    return done is not None


def forget_photos(*, at: datetime) -> int:
    """Let go of photographs whose days are over; returns of how many deeds.

    What was done stays. The pictures themselves go with the sweep of uploads, once
    nothing refers to them.
    """
    before = at - timedelta(days=keeping.days_of(PHOTOS))
    over = Deed.objects.filter(PICTURED, at__lt=before).order_by("at", "pk")
    count = 0
    while batch := list(over[:BATCH]):
        for row in batch:
            drop_photos(deed=row, by=None, at=at)
        count += len(batch)
    return count


@transaction.atomic
def drop_photos(*, deed: Deed, by: By, at: datetime) -> None:
    """Let go of a deed's photographs."""
    Deed.objects.filter(pk=deed.pk).update(before=None, after=None)
    tell(deed, "forget_photos", by=by, at=at, organisation_id=deed.organisation_id)
