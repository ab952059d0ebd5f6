"""Networks: an organisation's versions, one of them with its findings, its ground."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from wugeyi.organisations.views.staff import StaffRequest, key_of, staff, unit_or_404
from wugeyi.places import adapter, gateway, queries
from wugeyi.places.models import Network, NetworkFinding
from wugeyi.places.queries import networks as reads
from wugeyi.places.views.frame import show
from wugeyi.places.views.records import bounds, collection

SIZE = 50
FOR_A_YEAR_SECONDS = 365 * 24 * 3600


@require_safe
@staff()
def listed(request: StaffRequest, code: str) -> HttpResponse:
    """List the versions of an organisation's network; name the one it walks on."""
    unit = unit_or_404(code)
    rows = queries.networks_of(unit, older=key_of(request.GET.get("older", "")))
    shown, older = (rows[:-1], rows[-2].version) if len(rows) > 25 else (rows, None)
    context = {
        "unit": unit,
        "page": "networks",
        "network": queries.network_of(unit, day=timezone.localdate()),
        "rows": shown,
        "older": older,
    }
    return show(request, "networks.html", context)


@require_safe
@staff()
def network(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a network: where it comes from, its map, what was noticed in it."""
    found = reads.network(pk)
    if found is None:
        raise Http404
    severity = request.GET.get("severity", "")
    if severity not in NetworkFinding.Severity:
        severity = ""
    rows = reads.findings(
        found,
        severity=severity,
        after=key_of(request.GET.get("after", "")),
        limit=SIZE,
    )
    more = rows[SIZE - 1].pk if len(rows) > SIZE else None
    context = {
        "unit": found.organisation,
        "page": "networks",
        "network": found,
        "rows": rows[:SIZE],
        "after": more,
        "severity": severity,
        "bounds": bounds(found),
        "data": marked(rows[:SIZE]),
    }
    return show(request, "network.html", context)


def marked(rows: list[NetworkFinding]) -> dict[str, object]:
    """Return findings that have a place as GeoJSON."""
    return collection([_feature(row) for row in rows if row.lon is not None])


def _feature(row: NetworkFinding) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {
            "title": str(row)[:80],
            "text": row.subject,
            "urgent": row.severity == NetworkFinding.Severity.ERROR,
        },
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
    }


@require_safe
def ground(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the streets of a network as lines for a map; streets are no secret."""
    found = Network.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        content = adapter.ground(gateway.network_path(found))
    except adapter.Unusable as problem:
        raise Http404 from problem
    response = HttpResponse(content, content_type="application/octet-stream")
    # The arrays of a network never change.
    patch_cache_control(response, public=True, max_age=FOR_A_YEAR_SECONDS)
    return response
