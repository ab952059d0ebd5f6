"""What is due, what was decided, what waits; and the regular duties by period."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.queries import records
from wugeyi.branchwork.queries.duties import sheet
from wugeyi.branchwork.queries.units import home_unit, own_units
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.periods import Every, Standing, span
from wugeyi.branchwork.views.lists import lined, tabs
from wugeyi.branchwork.views.specs import BY_SLUG
from wugeyi.branchwork.views.staff import StaffRequest, addressed, show, staff
from wugeyi.figures.queries import Period, figures
from wugeyi.organisations.models import Organisation

SHOWN = 5
FIGURES = (
    "decisions_joined",
    "opinions_adopted",
    "suggestions_made",
    "suggestions_done",
)


def _unit(request: StaffRequest) -> Organisation | None:
    """Return the organisation looked at: the one asked for, else that of one's post."""
    return addressed(request) or home_unit(request.reach, access.READS)


@require_safe
@staff(*access.READS)
def home(request: StaffRequest) -> HttpResponse:
    """Show what a branch has before it; a fixed number of queries."""
    today = timezone.localdate()
    unit = _unit(request)
    below = unit.path if unit is not None else ""
    decisions, suggestions = BY_SLUG["decisions"], BY_SLUG["suggestions"]
    waiting = records.listed(records.waiting_decisions(request.reach, below=below))
    open_ones = records.listed(records.open_suggestions(request.reach, below=below))
    latest = records.listed(records.readable(Decision, request.reach, below=below))
    lines = sheet(unit, day=today, today=today) if unit is not None else []
    context = {
        "tabs": tabs(request),
        "unit": unit,
        "units": own_units(request.reach, access.READS),
        "due": [line for line in lines if line.standing is Standing.DUE],
        "coming": sum(line.standing is Standing.COMING for line in lines),
        "has_duties": bool(lines),
        "waiting": [
            lined(decisions, row) for row in waiting.order_by("held_on", "pk")[:SHOWN]
        ],
        "open": [
            lined(suggestions, row)
            for row in open_ones.order_by("made_on", "pk")[:SHOWN]
        ],
        "latest": [
            lined(decisions, row) for row in latest.order_by("-held_on", "-pk")[:SHOWN]
        ],
        "figures": _figures(unit, today),
        "year": today.year,
        "may_write": request.reach.holds(*access.WRITES),
        "writes_here": unit is not None and access.writes(request.reach, unit.path),
    }
    return show(request, "home.html", context)


def _figures(unit: Organisation | None, today: date) -> list[object]:
    if unit is None:
        return []
    period = Period(date(today.year, 1, 1), today)
    found = figures(FIGURES, unit, period)
    return [found[code] for code in FIGURES if code in found]


@require_safe
@staff(*access.READS)
def duties(request: StaffRequest) -> HttpResponse:
    """Show the regular duties of one organisation in the periods around a day."""
    today = timezone.localdate()
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    day = min(asked, today) if asked is not None and asked.year >= 1950 else today
    unit = _unit(request)
    month = span(Every.MONTH, day)
    later = month.last + timedelta(days=1)
    at = f"&at={unit.code}" if unit is not None else ""
    here = reverse("branchwork:duties")
    context = {
        "tabs": tabs(request, "duties"),
        "unit": unit,
        "units": own_units(request.reach, access.READS),
        "lines": sheet(unit, day=day, today=today) if unit is not None else [],
        "day": day,
        "current": today in month,
        "before_url": f"{here}?on={month.first - timedelta(days=1):%Y-%m-%d}{at}",
        "after_url": f"{here}?on={min(later, today):%Y-%m-%d}{at}"
        if later <= today
        else "",
        "may_write": unit is not None and access.writes(request.reach, unit.path),
    }
    return show(request, "duties.html", context)
