"""Figures that change by the clock alone: a term passes, and nobody did anything."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.queries.supervision import TASK
from wugeyi.figures.actions import advance, refresh


@transaction.atomic
def count_due(*, at: datetime) -> int:
    """Refresh the cases whose term passed since the last run; return how many.

    The first run looks at every open case with a term that has passed.
    """
    since = advance(name=TASK, at=at)
    contact = Q(contacted_at=None, contact_due_at__lte=at)
    due = Q(state__in=OPEN_STATES, due_at__lte=at)
    if since is not None:
        contact &= Q(contact_due_at__gt=since)
        due &= Q(due_at__gt=since)
    # Two conditions, two indexes: as one it would be neither.
    keys = {
        *Case.objects.filter(contact).values_list("pk", flat=True),
        *Case.objects.filter(due).values_list("pk", flat=True),
    }
    refresh(source="cases", records=keys, at=at)
    return len(keys)
