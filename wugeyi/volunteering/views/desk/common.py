"""What the desk's pages share: the frame, the unit, an act and how it went."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import StaffRequest, need, unit_or_404
from wugeyi.organisations.views.staff import show as staff_show
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.refusals import Refused


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


def attempt(
    request: StaffRequest, act: Callable[..., object], said: str, **values: Any
) -> bool:
    """Act, and tell how it went."""
    try:
        act(by=request.user, at=timezone.now(), **values)
    except Refused as refused:
        messages.error(request, explain(refused))
        return False
    messages.success(request, said)
    return True
