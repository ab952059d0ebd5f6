"""What the desk's pages share: the frame, the unit, an act and how it went."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import StaffRequest, need, unit_or_404
from wugeyi.organisations.views.staff import show as staff_show
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.views.trying import attempt


def show(
    request: StaffRequest,
    template: str,
    unit: Organisation,
    page: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of a unit; ``page`` is the tab it stands under."""
    full = {
        "unit": unit,
        "path": lineage(unit),
        "page_name": page,
        "writes": request.reach.covers(access.WRITES, unit.path),
        **context,
    }
    return staff_show(request, f"volunteering/desk/{template}", full, status=status)


def unit_in_reach(request: StaffRequest, code: str) -> Organisation:
    """Return a unit one may read.

    Raises
    ------
    django.http.Http404, django.core.exceptions.PermissionDenied
    """
    found = unit_or_404(code)
    need(request, access.READS, found)
    return found


def act(
    request: StaffRequest, action: Callable[..., object], said: str, **values: Any
) -> bool:
    """Act in the name of who is signed in, and tell how it went."""
    return attempt(request, action, said, by=request.user, **values)
