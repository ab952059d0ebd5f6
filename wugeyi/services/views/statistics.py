"""The figures of a window: each opens onto its records."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.figures.queries.figures import figures
from wugeyi.figures.queries.parts import parts
from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import StaffRequest, staff, unit_or_404
from wugeyi.services.views.frame import show

CODES = (
    "service_visits",
    "service_left",
    "service_matters",
    "service_matters_done",
    "service_matters_on_the_spot",
    "service_trips_of_done",
    "service_waited",
    "service_waiting_seconds",
    "service_matters_late",
    "services_offered",
    "service_first_time_share",
    "service_told_at_once_share",
)
SPANS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Average:
    """A sum over a count, never without both; None where nothing is on record."""

    total: Figure
    count: Figure

    @property
    def value(self) -> float | None:
        """Return the average."""
        if not self.count.value or self.total.value is None:
            return None
        return self.total.value / self.count.value

    @property
    def minutes(self) -> float | None:
        """Return an average of seconds in minutes."""
        return None if self.value is None else self.value / 60


@dataclass(frozen=True, slots=True)
class Bar:
    """Who held what was late, and how wide its bar is drawn, of a hundred."""

    name: str
    code: str
    count: int
    width: int


def _stuck(unit: Organisation, period: Period) -> list[Bar]:
    """Return who held late matters longest, most first; two queries more than parts."""
    found = parts("service_matters_late", unit, period)
    rows = sorted(found, key=lambda part: (-part.records, part.dimension))
    names = dict(
        Organisation.objects.filter(
            code__in=[part.dimension for part in rows]
        ).values_list("code", "name")
    )
    most = max((part.records for part in rows), default=1)
    return [
        Bar(
            names.get(part.dimension, _("说不清在谁手里")),
            part.dimension,
            part.records,
            max(1, round(100 * part.records / most)),
        )
        for part in rows
    ]


@require_safe
@staff()
def statistics(request: StaffRequest, code: str) -> HttpResponse:
    """Show a window's figures; whoever holds a post sees them."""
    unit = unit_or_404(code)
    span = request.GET.get("span", "")
    span = span if span in SPANS else "year"
    period = Period.ending(timezone.localdate(), months=SPANS[span])
    found = figures(CODES, unit, period)
    tabs = {"month": _("本月"), "quarter": _("近 3 个月"), "year": _("近 12 个月")}
    context = {
        "desk": unit,
        "page": "statistics",
        "path": lineage(unit),
        "period": period,
        "figures": found,
        "trips": Average(found["service_trips_of_done"], found["service_matters_done"]),
        "waits": Average(found["service_waiting_seconds"], found["service_waited"]),
        "stuck": _stuck(unit, period),
        "tabs": [
            {"url": f"?span={name}", "label": label, "current": name == span}
            for name, label in tabs.items()
        ],
    }
    return show(request, "statistics.html", context)
