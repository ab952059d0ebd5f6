"""What every staff page of a desk begins and ends with."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import Reach
from wugeyi.organisations.views import staff
from wugeyi.services.rules import access

HOSPITAL = "hospital"


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk, which no cache keeps."""
    full = {**_tabs(request, context or {}), **(context or {})}
    return staff.show(request, f"services/{template}", full, status=status)


def _tabs(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, bool]:
    """Tell which pages of the window this person may open."""
    desk: Organisation | None = context.get("desk")
    reach: Reach | None = getattr(request, "reach", None)
    if desk is None or reach is None:
        return {}
    return {
        "serves": reach.covers(access.WINDOW, desk.path),
        "reads": reach.covers(access.READS, desk.path),
    }


def in_hospital(desk: Organisation) -> bool:
    """Tell whether a desk stands in a hospital; one query at most."""
    return desk.kind == HOSPITAL or any(unit.kind == HOSPITAL for unit in lineage(desk))
