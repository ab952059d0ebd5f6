"""The lists of records, paged by key, with their filters."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wugeyi.branchwork.queries import records
from wugeyi.branchwork.queries.units import own_units
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.views.specs import BY_SLUG, SPECS, Spec
from wugeyi.branchwork.views.staff import StaffRequest, addressed, show, staff

SHORTEST = 2


def spec_or_404(kind: str) -> Spec[Any]:
    """Return the kind of records an address names."""
    spec = BY_SLUG.get(kind)
    if spec is None:
        raise Http404
    return spec


def tabs(request: StaffRequest, current: str = "") -> list[dict[str, Any]]:
    """Return the lists as tabs, keeping the organisation looked at."""
    at = request.GET.get("at", "")[:32]
    tail = f"?at={at}" if at.isascii() and at else ""
    pages = [("", reverse("branchwork:home")), ("duties", reverse("branchwork:duties"))]
    listed = [spec for spec in SPECS if spec.slug != "duty-records"]
    found = [
        {
            "label": BY_SLUG["duty-records"].plural if slug else None,
            "url": url + tail,
            "current": slug == current,
            "slug": slug,
        }
        for slug, url in pages
    ]
    return found + [
        {
            "label": spec.plural,
            "url": reverse("branchwork:records", args=[spec.slug]) + tail,
            "current": spec.slug == current,
            "slug": spec.slug,
        }
        for spec in listed
    ]


@require_safe
@staff(*access.READS)
def listing(request: StaffRequest, kind: str) -> HttpResponse:
    """List the standing records of a kind within reach, newest first."""
    spec = spec_or_404(kind)
    unit = addressed(request)
    rows = records.readable(
        spec.model, request.reach, below=unit.path if unit is not None else ""
    )
    rows = spec.narrowed(rows, request.GET)
    text = request.GET.get("text", "").strip()[:60]
    if len(text) >= SHORTEST and spec.words:
        rows = records.containing(rows, spec.words, text)
    page = records.page(
        records.listed(rows),
        older=request.GET.get("older", ""),
        newer=request.GET.get("newer", ""),
    )
    filters = [
        {
            "name": each.name,
            "label": each.label,
            "choices": each.choices,
            "value": request.GET.get(each.name, ""),
        }
        for each in spec.filters
    ]
    context = {
        "spec": spec,
        "tabs": tabs(request, "duties" if kind == "duty-records" else kind),
        "rows": [lined(spec, row) for row in page.rows],
        "page": page,
        "filters": filters,
        "text": text,
        "unit": unit,
        "units": own_units(request.reach, access.READS),
        "filtered": bool(text or any(each["value"] for each in filters)),
        "may_write": request.reach.holds(*access.WRITES),
    }
    return show(request, "list.html", context)


def lined(spec: Spec[Any], row: Any) -> dict[str, Any]:
    """Return what a line of a list shows of a record."""
    return {
        "row": row,
        "title": str(row),
        "url": row.get_absolute_url(),
        "line": spec.line(row),
        "state": spec.state(row),
        "unit": row.organisation.name,
    }
