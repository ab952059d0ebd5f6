"""Taking personal values back: by the reporter at any time, by date for everybody.

The audit keeps only salted hashes. Erasing replaces the salt by a fresh one, so nobody
can try values against the old hashes any more, later acts still have a salt of their
own, and the chain stays whole.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from wugeyi.audit.rules import new_salt
from wugeyi.casework.actions import telling
from wugeyi.casework.actions.writing import By, put, take
from wugeyi.casework.models import Callback, Case, Reporter, Retention
from wugeyi.notices.actions import following
from wugeyi.uploads.actions import forget

ERASED = "(内容已由诉求人删除)"
EXPIRED = "(内容已过保存期限,已删除)"
WITHOUT_WORDS = (ERASED, EXPIRED)
BATCH = 500


def _erase_reporter(case: Case, *, at: datetime) -> bool:
    following.erase(topic=telling.TOPIC, key=case.pk, at=at)
    return bool(
        Reporter.objects.filter(case=case, erased_at=None).update(
            name="", phone="", address="", salt="", erased_at=at, keep_until=None
        )
    )


@transaction.atomic
def erase_identity(*, case: Case, by: By, at: datetime) -> Case:
    """Erase who asked; the case goes on without."""
    case = take(case, step=None)
    if not _erase_reporter(case, at=at):
        return case
    return put(case, action="erase_identity", by=by, at=at, values={})


@transaction.atomic
def erase_all(*, case: Case, by: By, at: datetime, leaving: str = ERASED) -> Case:
    """Erase who asked, their words, their pin and their photographs.

    What staff wrote stays; the public text goes, since it was made from the words, and
    so do the words in cases split from this one. ``leaving`` is what stands instead;
    EXPIRED also takes photographs staff made.
    """
    case = take(case, step=None)
    _erase_reporter(case, at=at)
    if case.text in WITHOUT_WORDS:
        return case
    photos = case.photos.select_related("upload")
    for photo in photos if leaving == EXPIRED else photos.filter(by_staff=False):
        upload = photo.upload
        photo.delete()
        forget(upload=upload, by=None, at=at)
    case.callbacks.filter(method=Callback.Method.RECEIPT).update(text="")
    values = {
        "text": leaving,
        "public_text": "",
        "published_at": None,
        "spot": "",
        "lon": None,
        "lat": None,
        "cell": None,
    }
    # Not through put(): the event must not hold the old words or the place.
    Case.objects.filter(pk=case.pk).update(salt=new_salt(), **values)
    case.refresh_from_db()
    for part in case.parts.all():
        erase_all(case=part, by=by, at=at, leaving=leaving)
    return put(case, action="erase_all", by=by, at=at, values={})


def erase_reporters(*, today: date, at: datetime) -> int:
    """Erase every reporter whose keep-until date has passed; returns how many.

    Each is an act of its own, so it may be stopped and repeated at any time.
    """
    expired = (
        Reporter.objects.filter(keep_until__lt=today, erased_at=None)
        .select_related("case")
        .order_by("keep_until", "pk")
    )
    count = 0
    while batch := list(expired[:BATCH]):
        for reporter in batch:
            erase_identity(case=reporter.case, by=None, at=at)
        count += len(batch)
    return count


def erase_words(*, today: date, at: datetime) -> int:
    """Erase words, pins and photographs of cases that ended too long ago.

    A merged case ends with the one it went into. Returns how many; safe to repeat. It
    reads past all cases erased before, so it is made to run once a day.
    """
    rule = Retention.objects.filter(field="text").first()
    if rule is None:
        return 0
    before = today - timedelta(days=rule.days)
    kept = Case.objects.exclude(text__in=WITHOUT_WORDS)
    ended = kept.filter(closed_on__lt=before).order_by("closed_on", "pk")
    merged = kept.filter(merged_into__closed_on__lt=before).order_by("pk")
    return _expire(ended, at=at) + _expire(merged, at=at)


def _expire(cases: QuerySet[Case], *, at: datetime) -> int:
    count = 0
    while batch := list(cases[:BATCH]):
        for case in batch:
            erase_all(case=case, by=None, at=at, leaving=EXPIRED)
        count += len(batch)
    return count
