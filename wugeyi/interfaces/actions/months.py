"""A month that is over: written down once, so that webhooks may tell of its figures."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wugeyi.audit.actions import record
from wugeyi.audit.models import AuditEvent
from wugeyi.interfaces.models import Interest
from wugeyi.interfaces.queries.telling.volunteering import MONTH, MONTH_OVER
from wugeyi.organisations.queries import installation


@transaction.atomic
def end_month(*, at: datetime) -> bool:
    """Note that the last month is over, where somebody listens; once in a month."""
    heard = Interest.objects.filter(event=MONTH, target__removed_at=None)
    held = installation()
    here = timezone.localtime(at)
    begun = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    noted = AuditEvent.objects.filter(action=MONTH_OVER, at__gte=begun)
    if held is None or not heard.exists() or noted.exists():
        return False
    last = begun.date() - timedelta(days=1)
    record(
        action=MONTH_OVER,
        subject=held,
        by=None,
        at=at,
        after={"first_day": last.replace(day=1)},
    )
    return True
