"""Taking personal values back: by the reporter at any time, by date for everybody.

The audit keeps only salted hashes; with the salt gone nobody can try values against
them, and the chain stays whole.
"""

from datetime import date, datetime

from django.db import transaction

from wugeyi.casework.actions.writing import By, put, take
from wugeyi.casework.models import Case, Reporter
from wugeyi.uploads.actions import forget

ERASED = "(内容已由诉求人删除)"


def _erase_reporter(case: Case, *, at: datetime) -> bool:
    return bool(
        Reporter.objects.filter(case=case, erased_at=None).update(
            name="", phone="", address="", salt="", erased_at=at, keep_until=None
        )
    )


@transaction.atomic
def erase_identity(*, case: Case, by: By, at: datetime) -> Case:
    """Erase who asked; the case goes on without."""
    case = take(case, step=None)
    _erase_reporter(case, at=at)
    return put(case, action="erase_identity", by=by, at=at, values={})


@transaction.atomic
def erase_all(*, case: Case, by: By, at: datetime) -> Case:
    """Erase who asked, their words, their pin and their photographs.

    What staff wrote stays; the public text goes, since it was made from the words.
    """
    case = take(case, step=None)
    _erase_reporter(case, at=at)
    for photo in case.photos.filter(by_staff=False).select_related("upload"):
        upload = photo.upload
        photo.delete()
        forget(upload=upload, by=None, at=at)
    values = {
        "text": ERASED,
        "public_text": "",
        "published_at": None,
        "spot": "",
        "lon": None,
        "lat": None,
        "cell": None,
    }
    # The event must not hold the words or the place in clear.
    Case.objects.filter(pk=case.pk).update(salt="", **values)
    case.refresh_from_db()
    return put(case, action="erase_all", by=by, at=at, values={})


def erase_expired(*, today: date, at: datetime, limit: int = 1000) -> int:
    """Erase reporters whose keep-until date has passed; returns how many. Safe to repeat."""
    expired = (
        Reporter.objects.filter(keep_until__lt=today, erased_at=None)
        .select_related("case")
        .order_by("keep_until", "id")[:limit]
    )
    count = 0
    for reporter in expired:
        erase_identity(case=reporter.case, by=None, at=at)
        count += 1
    return count
