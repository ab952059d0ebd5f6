"""Outlines of what lies right below an organisation, each with its number."""

import json
from typing import Any

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.dashboards import layouts
from wugeyi.dashboards.views.frame import Frame, address, frame_of, unit_or_404
from wugeyi.figures import queries as figures
from wugeyi.figures.rules import Figure
from wugeyi.figures.shown import shown
from wugeyi.organisations.models import Area
from wugeyi.organisations.queries.areas import outlines_around
from wugeyi.organisations.views.staff import StaffRequest, staff

MOST = 200
# Fewer records than this say little; the same bound as for percentages.
FEW = 10


@require_safe
@staff()
def areas(request: StaffRequest, code: str) -> JsonResponse:
    """Answer with GeoJSON; three shades: no record, under ten, more. Never by size."""
    frame = frame_of(request, unit_or_404(code))
    measure = request.GET.get("map", "")
    if measure not in layouts.board().places:
        raise Http404
    rows = figures.by_child(
        [measure],
        frame.organisation,
        frame.chosen.period,
        limit=MOST,
        as_of=frame.as_of,
    )
    found = {each.organisation.pk: each.figures[measure] for each in rows}
    response = JsonResponse(
        {
            "type": "FeatureCollection",
            "features": [
                _feature(frame, each, found.get(each.organisation_id))
                for each in outlines_around(frame.organisation, limit=MOST)
                if each.organisation_id != frame.organisation.pk
            ],
        },
        json_dumps_params={"ensure_ascii": False},
        content_type="application/geo+json",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _feature(frame: Frame, each: Area, figure: Figure | None) -> dict[str, Any]:
    text = shown(figure) if figure else None
    number = f"{text.text} {text.unit}".strip() if text and text.text else _("无记录")
    unit = each.organisation
    return {
        "type": "Feature",
        "properties": {
            "name": unit.name,
            "title": unit.name,
            "short": text.text if text else "",
            "text": f"{figure.name} {number}" if figure else number,
            "url": address("board", unit.code, frame.chosen),
            "band": band(figure),
        },
        "geometry": json.loads(each.geometry),
    }


def band(figure: Figure | None) -> str:
    """Return which of three shades a place has: by whether there is a record at all."""
    if figure is None or figure.value is None:
        return "none"
    return "few" if figure.records < FEW else "some"
