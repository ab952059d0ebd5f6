"""Pages for riders: the list, a station, its sign. Nobody signs in, nothing is kept.

A position in the address is read for this answer only and written nowhere; the script
of the page sorts on the phone itself, so that it is not even sent.
"""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.casework.rules.intake import Point, read_point
from wugeyi.organisations.queries import lineage
from wugeyi.stations.forms.public import BrokenForm
from wugeyi.stations.paper import sign as paper
from wugeyi.stations.paper.making import sign_of
from wugeyi.stations.queries import public as queries
from wugeyi.stations.queries.public import Asked
from wugeyi.stations.queries.shown import Shown, shown
from wugeyi.stations.queries.staff import checklists, held_against
from wugeyi.stations.rules.gaps import Place
from wugeyi.stations.views.common import page_keys, words
from wugeyi.submissions.registry import is_copy

CONTEXT = {"@version": 1}


def _near(request: HttpRequest) -> Place | None:
    point = read_point(request.GET.get("lon", ""), request.GET.get("lat", ""))
    return (point.lon, point.lat) if isinstance(point, Point) else None


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List stations with their map: what is open now, what has what one needs."""
    now = timezone.now()
    offered = queries.filters()
    codes = {item.code for item in offered}
    asked = Asked(
        text=words(request, "q"),
        open_now=request.GET.get("open") == "1",
        items=tuple(code for code in request.GET.getlist("has") if code in codes),
        kind=words(request, "kind", 20),
        near=_near(request),
    )
    kept = is_copy(request)
    size = queries.KEPT if kept else queries.PAGE
    page = queries.listed(asked, now=now, size=size, **page_keys(request))
    rows = shown(page.rows, now=now, near=asked.near)
    narrowed = bool(asked.text or asked.open_now or asked.items or asked.kind)
    context = {
        "rows": rows,
        "page": page,
        # Everything there is, for the script, where one page of it is shown.
        "more": not (kept or narrowed) and bool(page.older or page.newer),
        "kept": kept,
        "asked": asked,
        "offered": [(item, item.code in asked.items) for item in offered],
        "narrowed": narrowed,
        "data": {
            "type": "FeatureCollection",
            "features": [_feature(row) for row in rows],
        },
        "now": now,
    }
    response = render(request, "stations/public/list.html", context)
    if asked.near is not None:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Give the lines of all stations, for a phone that sorts them by its position."""
    context = {"rows": queries.everything(timezone.now())}
    response = render(request, "stations/public/_rows.html", context)
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _feature(row: Shown) -> dict[str, Any]:
    station = row.station
    text = _("现在开着") if row.open_now else _("现在没开")
    return {
        "type": "Feature",
        "properties": {
            "title": str(station),
            "text": text,
            "url": reverse("stations:station", args=[station.code]),
        },
        "geometry": {"type": "Point", "coordinates": [station.lon, station.lat]},
    }


def station_or_404(code: str) -> Shown:
    """Return a station by the code on its sign."""
    found = queries.load(code)
    if found is None:
        raise Http404
    return shown([found], now=timezone.now())[0]


@require_safe
def station(request: HttpRequest, code: str) -> HttpResponse:
    """Show a station: open or not, what it has, and the two taps for what is broken."""
    row = station_or_404(code)
    return page_of(request, row)


def page_of(
    request: HttpRequest,
    row: Shown,
    form: BrokenForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a station's page, its form perhaps with errors."""
    there = {had.item.pk for had in row.had if had.state != "no"}
    context = {
        "row": row,
        "station": row.station,
        "path": lineage(row.station.organisation)[-2:],
        "lists": held_against(checklists(row.today), row.had),
        "form": form
        or BrokenForm(station=row.station, had=there, initial={"client_id": uuid4()}),
        "data": {"type": "FeatureCollection", "features": [_feature(row)]},
        "now": row.now,
    }
    return render(request, "stations/public/station.html", context, status=status)


@require_safe
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Print the sign of a station: A4, with a code that opens its page."""
    row = station_or_404(code)
    address = request.build_absolute_uri(
        reverse("stations:station", args=[row.station.code])
    )
    content = paper.pdf(sign_of(row, address))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"station-{row.station.code}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Give every station in few letters, for a phone to keep and look through offline."""
    now = timezone.now()
    rows = queries.everything(now)
    answer = JsonResponse(
        {
            **CONTEXT,
            "at": now.isoformat(timespec="seconds"),
            "zone": "Asia/Shanghai",
            "items": {
                item.code: [item.name_zh, item.name_en] for item in queries.breakable()
            },
            "stations": queries.compact(rows),
        },
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@require_safe
def as_geojson(request: HttpRequest) -> HttpResponse:
    """Give every station as GeoJSON, as everybody may read it."""
    rows = queries.everything(timezone.now())
    answer = JsonResponse(
        {"type": "FeatureCollection", "features": [feature_of(row) for row in rows]},
        json_dumps_params={"ensure_ascii": False},
        content_type="application/geo+json",
    )
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def feature_of(row: Shown) -> dict[str, Any]:
    """Return a station as a feature that names nobody."""
    station = row.station
    told = queries.compact([row])[0]
    return {
        "type": "Feature",
        "id": station.code,
        "properties": {
            "name": station.name_zh,
            "name_en": station.name_en,
            "kind": station.kind.code,
            "run_by": station.run_by,
            "address": station.address,
            "organisation": station.organisation.name,
            "in_use": row.in_use,
            "hours": told["h"],
            "days_off": told["o"],
            "has": told["f"],
            "broken": told["b"],
            "invented": station.invented,
        },
        "geometry": {"type": "Point", "coordinates": [station.lon, station.lat]},
    }
