"""Reads of targets and of what they were sent."""

from datetime import datetime

from django.db.models import Q, QuerySet

from wugeyi.interfaces.models import Delivery, Target
from wugeyi.interfaces.rules.access import KEEPS
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def targets(reach: Reach) -> QuerySet[Target]:
    """Return the targets this person may see, in no order yet."""
    return Target.objects.filter(
        within("organisation__path", reach.roots(KEEPS)), removed_at=None
    ).select_related("organisation")


def listening() -> list[Target]:
    """Return the targets that are told of what happens; two queries."""
    rows = Target.objects.filter(state=Target.State.ACTIVE, removed_at=None)
    return list(rows.select_related("organisation").prefetch_related("interests"))


def due(at: datetime) -> list[Target]:
    """Return the targets for which something waits that may be sent now; one query."""
    free = Q(held_until=None) | Q(held_until__lte=at)
    rows = Target.objects.filter(
        free, state=Target.State.ACTIVE, removed_at=None, next_at__lte=at
    )
    waiting = Delivery.objects.filter(delivered_at=None).values("target")
    return list(rows.filter(pk__in=waiting).order_by("next_at", "pk"))


def first_waiting(target: Target) -> Delivery | None:
    """Return what a target hears next: the oldest it has not taken."""
    rows = Delivery.objects.filter(target=target, delivered_at=None)
    return rows.order_by("pk").first()
