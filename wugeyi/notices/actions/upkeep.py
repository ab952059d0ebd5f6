"""Dropping what nobody asks for any more."""

from datetime import datetime, timedelta

from wugeyi.notices.models import Letter, Notice, Subscriber

# Longer than anything is told twice by the same key.
KEPT_FOR = timedelta(days=400)
BATCH = 1000


def forget(*, at: datetime) -> int:
    """Drop messages told long ago, and who ended long ago; returns how many rows.

    No act: nobody decided anything, and no address is in these rows.
    """
    before = at - KEPT_FOR
    old = Notice.objects.filter(told_at__lt=before).values_list("pk", flat=True)
    keys = list(old.order_by("told_at")[:BATCH])
    dropped = Notice.objects.filter(pk__in=keys).delete()[0]
    dropped += Letter.objects.filter(begun_at__lt=before, deliveries=None).delete()[0]
    gone = Subscriber.objects.filter(ended_at__lt=before, user=None)
    return dropped + gone.delete()[0]
