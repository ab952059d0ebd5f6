"""The residents' page: what is within fifteen minutes of the door; nobody is known here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.circles.forms.changes import point
from wugeyi.circles.forms.refusals import explain
from wugeyi.circles.models import Circle
from wugeyi.circles.queries import access as queries
from wugeyi.circles.queries.lists import published
from wugeyi.circles.queries.nearby import Nearby, around, public_table
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused
from wugeyi.circles.templatetags.circles import mark_of, minutes
from wugeyi.circles.views.common import key
from wugeyi.circles.views.looking import bounds
from wugeyi.organisations.queries import lineage, lineages
from wugeyi.places.queries import homes_of

# What a resident chooses between: quick or slow steps, not planners' conventions.
PACES = (Pace.ADULT, Pace.ELDER)


@require_safe
def neighbourhoods(request: HttpRequest) -> HttpResponse:
    """Show every circle that was opened to everybody."""
    page = published(
        older=key(request.GET.get("older", "")),
        newer=key(request.GET.get("newer", "")),
    )
    units = {row.organisation_id: row.organisation for row in page.rows}
    above = lineages(units.values()) if units else {}
    rows = [
        (row, [each.name for each in above[row.organisation_id][-2:]])
        for row in page.rows
    ]
    context = {"page": page, "rows": rows, "now": timezone.now()}
    return render(request, "circles/neighbourhoods.html", context)


@require_safe
def neighbourhood(request: HttpRequest, code: str) -> HttpResponse:
    """Let a resident point at their door, and say what is near it."""
    circle = queries.load_public(code)
    if circle is None:
        raise Http404
    pace = request.GET.get("pace", "")
    walked = Pace(pace) if pace in set(PACES) else Pace.ADULT
    homes = homes_of(circle.organisation, day=timezone.localdate())
    context: dict[str, Any] = {
        "circle": circle,
        "path": lineage(circle.organisation),
        "pace": walked.value,
        "table": public_table(circle),
        "bounds": bounds(homes, circle.network),
        "now": timezone.now(),
    }
    status = 200
    if request.GET.get("lon") or request.GET.get("lat"):
        try:
            context |= _near(request, circle, walked)
        except Refused as refused:
            context["refusal"] = explain(refused)
            status = 422
    return render(request, "circles/neighbourhood.html", context, status=status)


def _near(request: HttpRequest, circle: Circle, pace: Pace) -> dict[str, Any]:
    lon, lat = point(f"{request.GET.get('lon', '')},{request.GET.get('lat', '')}")
    rows = around(
        circle, circle.setting(pace), lon=lon, lat=lat, today=timezone.localdate()
    )
    inside = [row for row in rows if row.inside]
    return {
        "lon": f"{lon:.6f}",
        "lat": f"{lat:.6f}",
        "near": rows,
        "inside": len(inside),
        "scene": _scene(inside),
    }


def _scene(rows: list[Nearby]) -> dict[str, Any]:
    """Return the map of what is near: facilities only, no homes."""
    return {
        "limit": 0,
        "homes": {
            name: [] for name in ("id", "lon", "lat", "seconds", "residents", "name")
        },
        "facilities": [
            {
                "id": row.facility.key,
                "lon": round(row.facility.lon, 6),
                "lat": round(row.facility.lat, 6),
                "name": row.facility.name,
                "mark": mark_of(row.kind),
                "text": f"{row.kind} · {minutes(row.seconds)}",
            }
            for row in rows
            if row.facility is not None
        ],
        "area": [],
    }
