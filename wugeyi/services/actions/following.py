"""Computing a matter from its trips and its case: nobody types how it went."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from wugeyi.services.actions.counting import count_matters
from wugeyi.services.models import Matter
from wugeyi.services.queries.promises import Course, course
from wugeyi.services.rules.trips import done_first_time, held_seconds, stuck

BATCH = 200
# Cases end, and may be reopened, well within this time.
WATCHED = timedelta(days=400)
COMPUTED = (
    "done_at",
    "done_on",
    "done_first_time",
    "ended",
    "late_on",
    "stuck_at_id",
    "stuck_seconds",
    "case_version",
)


def follow(matter: Matter, *, at: datetime) -> bool:
    """Compute a matter afresh in the caller's transaction; tell whether it changed.

    Leaves no audit event: every fact it is computed from left its own.
    """
    found = course(matter.case)
    before = [getattr(matter, name) for name in COMPUTED]
    matter.done_at = found.done_at
    matter.done_on = timezone.localdate(found.done_at) if found.done_at else None
    matter.done_first_time = done_first_time(
        trips=matter.trips, done=found.done_at is not None
    )
    matter.ended = found.ended
    _late(matter, found, at)
    main = matter.case.merged_into or matter.case
    matter.case_version = main.version
    if before == [getattr(matter, name) for name in COMPUTED]:
        return False
    matter.save(update_fields=[name.removesuffix("_id") for name in COMPUTED])
    return True


def _late(matter: Matter, found: Course, at: datetime) -> None:
    """Find out whether the promise was broken, and who held the matter longest."""
    until = found.done_at or matter.case.closed_at or at
    promised, start = matter.promised_at, matter.accepted_at
    if promised is None or start is None or until <= promised:
        matter.late_on, matter.stuck_at_id, matter.stuck_seconds = None, None, None
        return
    held = held_seconds(found.holdings, found.pauses, start=start, until=until)
    matter.late_on = timezone.localdate(promised)
    matter.stuck_at_id = stuck(held)
    matter.stuck_seconds = held.get(matter.stuck_at_id or 0)


def follow_changed(*, at: datetime) -> int:
    """Follow every matter whose case was written since, or whose promise just broke.

    Returns how many changed. Safe to repeat, and to run while people work.
    """
    written = ~Q(case_version=F("case__version")) & Q(case__merged_into=None)
    joined = Q(case__merged_into__isnull=False) & ~Q(
        case_version=F("case__merged_into__version")
    )
    broken = Q(done_at=None, ended=False, late_on=None, promised_at__lt=at)
    watched = Matter.objects.filter(opened_at__gte=at - WATCHED)
    return _follow_all(
        watched.filter(written | joined | broken).values_list("pk", flat=True), at=at
    )


def follow_late(*, at: datetime) -> int:
    """Follow what is late and open, once a day: who holds it longest may change."""
    late = Matter.objects.filter(done_at=None, ended=False, promised_at__lt=at)
    return _follow_all(late.values_list("pk", flat=True), at=at)


def _follow_all(keys: Iterable[int], *, at: datetime) -> int:
    ordered = sorted(keys)
    changed = 0
    for first in range(0, len(ordered), BATCH):
        changed += _follow_batch(ordered[first : first + BATCH], at=at)
    return changed


@transaction.atomic
def _follow_batch(keys: list[int], *, at: datetime) -> int:
    rows = (
        Matter.objects.select_for_update(of=("self",))
        .select_related("case__merged_into")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    changed = [row for row in rows if follow(row, at=at)]
    if changed:
        count_matters(changed, at=at)
    return len(changed)
