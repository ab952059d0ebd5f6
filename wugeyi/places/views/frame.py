"""What every page of this app begins and ends with: the frame, what a refusal says."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views import staff
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.places.rules import access


def show(
    request: StaffRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of places, which no cache keeps."""
    unit: Organisation | None = (context or {}).get("unit")
    path = unit.path if unit is not None else None
    full = {
        "writes": request.reach.covers(access.WRITES, path),
        "reads_homes": request.reach.covers(access.READS_HOMES, path),
        **(context or {}),
    }
    return staff.show(request, f"places/{template}", full, status=status)


def said(problem: ValidationError) -> str:
    """Return what a refusal says."""
    return " ".join(problem.messages)
