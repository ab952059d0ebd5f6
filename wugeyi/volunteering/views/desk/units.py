"""Where one works, and what was asked at a unit."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.figures.queries.figures import figures
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest, key_of, staff
from wugeyi.organisations.views.staff import show as staff_show
from wugeyi.volunteering.models import Help
from wugeyi.volunteering.models.helps import LIVING
from wugeyi.volunteering.queries import emergencies, helps
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.views.desk.common import show, unit_in_reach

CODES = (
    "flash_helps",
    "flash_helps_done",
    "flash_reports",
    "flash_publicity",
    "flash_cleanups",
    "flash_emergencies",
    "volunteer_minutes",
    "volunteer_check_ins",
    "rider_needs",
    "rider_needs_solved",
)
MOST = 200


@require_safe
@staff(*access.READS)
def home(request: StaffRequest) -> HttpResponse:
    """Name the organisations one works at; go on at once if it is one."""
    held = {
        each.organisation_id
        for each in request.reach.holdings
        if each.role in access.READS
    }
    own = list(Organisation.objects.filter(pk__in=held).order_by("path")[:MOST])
    if len(own) == 1:
        return redirect("volunteering:desk-unit", code=own[0].code)
    return staff_show(request, "volunteering/desk/home.html", {"own": own})


@require_safe
@staff(*access.READS)
def unit(request: StaffRequest, code: str) -> HttpResponse:
    """Show requests at and below a unit, and its figures of the year."""
    found = unit_in_reach(request, code)
    state = request.GET.get("state", "")
    states = [
        *((code, Help.State(code).label) for code in LIVING),
        (helps.ENDED, _("已结束")),
    ]
    state = state if state in dict(states) else ""
    period = Period.ending(timezone.localdate(), months=12)
    context = {
        "rows": helps.at_unit(
            found, state=state, older=key_of(request.GET.get("older", ""))
        ),
        "state": state,
        "states": states,
        "figures": figures(CODES, found, period),
        "waits": emergencies.waits(found, period.first, period.last),
        "period": period,
    }
    return show(request, "unit.html", found, "helps", context)
