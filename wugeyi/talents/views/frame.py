"""What every staff page of this app begins and ends with."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Reach
from wugeyi.organisations.views import staff
from wugeyi.talents.rules import access


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of cards, which no cache keeps."""
    unit: Organisation | None = (context or {}).get("unit")
    reach: Reach | None = getattr(request, "reach", None)
    reads = unit and reach and reach.covers(access.READS, unit.path)
    full = {"reads": reads, **(context or {})}
    return staff.show(request, f"talents/{template}", full, status=status)
