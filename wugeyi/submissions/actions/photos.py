"""Photographs that arrive in parts, and forgetting those nobody sent to the end."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.submissions import gateway
from wugeyi.submissions.models import Conflict, Photo, Submission
from wugeyi.submissions.rules import (
    ANSWERS_KEPT,
    PHOTOS_KEPT,
    REVIEWED_KEPT,
    UNREVIEWED_KEPT,
)
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError


class WrongPlace(Exception):
    """The part does not follow what is here; the phone goes on from ``received_bytes``."""

    def __init__(self, photo: Photo) -> None:
        super().__init__(str(photo.received_bytes))
        self.photo = photo


def receive(
    *, key: UUID, size_bytes: int, offset: int, octets: bytes, at: datetime
) -> Photo:
    """Keep the next part of a photograph; with the last one it is written anew.

    A part that was kept already, sent once more, changes nothing. When the picture is
    refused, the row says why and nothing else of it stays. (Nobody acts here yet: the
    audit's event is the upload's, and then that of the record it belongs to.)

    Raises
    ------
    WrongPlace
        ``offset`` is not where the next part goes.
    """
    photo, fits = _keep_part(key, size_bytes, offset, octets, at)
    if not fits:
        raise WrongPlace(photo)
    done = photo.upload_id is not None or bool(photo.problem)
    if not done and photo.received_bytes == photo.size_bytes:
        _finish(photo, at=at)
    return photo


@transaction.atomic
def _keep_part(
    key: UUID, size_bytes: int, offset: int, octets: bytes, at: datetime
) -> tuple[Photo, bool]:
    """Return the row, and whether the part fits where it was said to go."""
    photo, _made = Photo.objects.select_for_update(of=("self",)).get_or_create(
        pk=key, defaults={"size_bytes": size_bytes, "touched_at": at}
    )
    if photo.upload_id is not None or photo.problem:
        return photo, True
    if not photo.received_bytes and size_bytes > settings.UPLOAD_MAX_BYTES:
        photo.problem = _(
            "照片超过 %(most)d MB。请用手机相册缩小，或截一张图再发。"
        ) % {"most": settings.UPLOAD_MAX_BYTES // 2**20}
        photo.save(update_fields=["problem"])
        return photo, True
    if not gateway.has(key, photo.received_bytes):
        # A file that was lost, with a disk or by hand, begins anew.
        photo.received_bytes = 0
        photo.save(update_fields=["received_bytes"])
    end = offset + len(octets)
    if size_bytes != photo.size_bytes or end > size_bytes:
        return photo, False
    if end <= photo.received_bytes:
        return photo, True
    if offset > photo.received_bytes:
        return photo, False
    gateway.write(key, offset, octets)
    photo.received_bytes, photo.touched_at = end, at
    photo.save(update_fields=["received_bytes", "touched_at"])
    return photo, True


def _finish(photo: Photo, *, at: datetime) -> None:
    """Write the picture anew; outside of transactions, for it takes a while."""
    try:
        if photo.size_bytes == 0:
            raise PictureError(_("这个文件是空的。请重新选一张照片。"))
        with gateway.whole(photo.pk) as file:
            photo.upload = store(file=file, by=None, at=at)
    except PictureError as problem:
        photo.problem = str(problem)[:300]
    Photo.objects.filter(pk=photo.pk, upload=None).update(
        upload=photo.upload, problem=photo.problem
    )
    gateway.remove(photo.pk)


def clean(at: datetime) -> int:
    """Forget photographs that were abandoned, old answers and conflicts; return how many.

    The pictures themselves go with the sweep of uploads, once nothing refers to them.
    """
    count = 0
    for key in Photo.objects.filter(touched_at__lt=at - PHOTOS_KEPT).values_list(
        "pk", flat=True
    )[:10_000]:
        gateway.remove(key)
        count += Photo.objects.filter(pk=key).delete()[0]
    known = set(Photo.objects.filter(upload=None).values_list("pk", flat=True))
    for key in gateway.left_over(known, (at - PHOTOS_KEPT).timestamp()):
        gateway.remove(key)
        count += 1
    reviewed = Conflict.objects.filter(reviewed_at__lt=at - REVIEWED_KEPT)
    forgotten = Conflict.objects.filter(received_at__lt=at - UNREVIEWED_KEPT)
    count += (reviewed | forgotten).distinct().count()
    Conflict.objects.filter(pk__in=(reviewed | forgotten).values("pk")).delete()
    return count + _forget_answers(at - ANSWERS_KEPT)


def _forget_answers(before: datetime) -> int:
    """Forget what was answered, and by whom; that something came later still counts."""
    old = Submission.objects.filter(received_at__lt=before, conflicts__isnull=True)
    old = old.exclude(digest="")
    count = 0
    for batch in iter(lambda: list(old.values_list("pk", flat=True)[:1000]), []):
        rows = Submission.objects.filter(pk__in=batch)
        count += len(batch)
        rows.filter(queued_on=None).delete()
        rows.update(digest="", url="", text="", key="", by=None, written_at=None)
    return count
