"""Open cases on a map; the list is its equal."""

from typing import Any

from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import OPEN_STATES, STATE_NAMES
from wugeyi.casework.queries import desk as queries
from wugeyi.casework.queries.desk import Filters, Tab
from wugeyi.casework.rules import access
from wugeyi.casework.rules.states import State
from wugeyi.casework.views.desk import TAB_NAMES, reading
from wugeyi.casework.views.staff import StaffRequest, case_and_place, show, staff
from wugeyi.ui.phrases import due

MOST = 1500


def _filters(request: StaffRequest) -> Filters:
    """Read the filters; a map holds open cases, of the area unless asked otherwise."""
    if "tab" not in request.GET:
        query = request.GET.copy()
        has_area = bool(request.reach.roots(access.SEES_BY_PLACE))
        query["tab"] = (Tab.AREA if has_area else Tab.WORK).value
        request.GET = query  # type: ignore[assignment]
    _form, filters = reading(request)
    return filters


def _box(query: QueryDict) -> tuple[float, float, float, float] | None:
    """Read west, south, east, north in degrees; None for anything else."""
    try:
        west, south, east, north = map(float, query.get("bbox", "").split(","))
    except ValueError:
        return None
    return west, south, east, north


@require_safe
@staff(*access.SEES_BY_HANDLER)
def open_map(request: StaffRequest) -> HttpResponse:
    """Show the map and, below it, the same cases as a list."""
    filters = _filters(request)
    now = timezone.now()
    found = queries.shown(queries.cases(filters, request.reach, now=now), filters.tab)
    placed = found.filter(lon__isnull=False, state__in=OPEN_STATES)
    rows = list(placed.order_by(*queries.order_of(filters.tab))[: queries.SIZE])
    query = request.GET.urlencode()
    context = {
        "now": now,
        "rows": rows,
        "filters": filters,
        "tab_name": TAB_NAMES[filters.tab],
        "listed": query,
        "data_url": f"{reverse('desk:map-points')}?{query}",
        "most": MOST,
    }
    return show(request, "map.html", context)


@require_safe
@staff(*access.SEES_BY_HANDLER)
def points(request: StaffRequest) -> HttpResponse:
    """Give the points of the filters, within a box if one is named, as GeoJSON."""
    filters = _filters(request)
    now = timezone.now()
    found = queries.shown(queries.cases(filters, request.reach, now=now), filters.tab)
    found = found.filter(lon__isnull=False, state__in=OPEN_STATES)
    box = _box(request.GET)
    if box is not None:
        found = found.filter(lon__range=(box[0], box[2]), lat__range=(box[1], box[3]))
    found = found.only(*POINT_FIELDS)
    rows = found.order_by(*queries.order_of(filters.tab))[:MOST]
    return _geojson([_feature(row, request) for row in rows])


POINT_FIELDS = (
    "lon",
    "lat",
    "state",
    "due_at",
    "registered_on",
    "category__name",
    "category__name_en",
    "place__name",
    "handler__name",
    "worker__name",
)


@require_safe
@staff()
def case_point(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the one point of a case."""
    case, _where = case_and_place(request, pk)
    case.snippet = case.text[: queries.SNIPPET]  # type: ignore[attr-defined]
    return _geojson([_feature(case, request)] if case.lon is not None else [])


def _feature(case: Case, request: StaffRequest) -> dict[str, Any]:
    parts = [str(case.category), str(STATE_NAMES[State(case.state)])]
    if case.due_at is not None:
        parts.append(due(case.due_at, timezone.now())[1])
    snippet: str = case.snippet  # type: ignore[attr-defined]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [case.lon, case.lat]},
        "properties": {
            "title": snippet[:60],
            "text": " · ".join(parts),
            "url": reverse("desk:case", args=[case.pk]),
        },
    }


def _geojson(features: list[dict[str, Any]]) -> JsonResponse:
    response = JsonResponse(
        {"type": "FeatureCollection", "features": features},
        json_dumps_params={"ensure_ascii": False},
        content_type="application/geo+json",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
