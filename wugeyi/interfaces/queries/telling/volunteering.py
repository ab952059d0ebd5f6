"""Activities that were announced, and months that are over; nobody is named."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.models import AuditEvent
from wugeyi.interfaces.events import EVERYBODY, Teller, Told
from wugeyi.interfaces.queries.data.volunteering import (
    ACTIVITIES,
    MONTHS,
    activity,
    key_before,
)
from wugeyi.interfaces.queries.telling.chain import (
    asked_for,
    row_of,
    subjects,
    told_of,
)
from wugeyi.volunteering.models import Activity

MONTH = "volunteering.month"
MONTH_OVER = "interfaces.month_over"
DONE = {
    "volunteering.offer": "activity.announced",
    "volunteering.cancel": "activity.cancelled",
}


def tell_activities(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of activities as their communities' pages show them."""
    found = Activity.objects.filter(pk__in=subjects(happened))
    rows = found.select_related("organisation", "team").in_bulk()
    asked = asked_for(timezone.localdate())

    def one(event: AuditEvent) -> Told | None:
        row, code = rows.get(event.subject_id or 0), DONE.get(event.action)
        if row is None or code is None:
            return None
        data = {"id": row.pk} | row_of(ACTIVITIES, activity(row, asked))
        return Told(code, row.organisation.path, data)

    return [one(event) for event in happened]


def tell_months(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell that a month is over, and where its figures begin: everybody's, by unit."""

    def one(event: AuditEvent) -> Told | None:
        first = told_of(event).get("first_day", "")
        if event.action != MONTH_OVER or not first:
            return None
        after = key_before(date.fromisoformat(first))
        table = reverse("interfaces:data", kwargs={"code": MONTHS.code, "form": "json"})
        data = {"month": first[:7], "table": f"{table}?after={after}"}
        return Told(MONTH, EVERYBODY, data)

    return [one(event) for event in happened]


TELLERS = (
    Teller(
        "volunteering.activity",
        {
            "activity.announced": _("有新的志愿活动"),
            "activity.cancelled": _("志愿活动取消了"),
        },
        tell_activities,
    ),
    Teller(
        "organisations.installation",
        {MONTH: _("志愿服务的一个月过完了，月报的数齐了")},
        tell_months,
    ),
)
