"""What every staff page of a desk begins and ends with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.casework.views.staff import StaffRequest
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import Reach, Role
from wugeyi.services.queries.catalogue import by_code
from wugeyi.services.rules import access

HOSPITAL = "hospital"


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk that no cache keeps."""
    full = {"now": timezone.now(), **_tabs(request, context or {}), **(context or {})}
    response = render(request, f"services/{template}", full, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


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


def unit_or_404(code: str) -> Organisation:
    """Return a living organisation by its code."""
    found = by_code(code)
    if found is None:
        raise Http404
    return found


def need(request: StaffRequest, roles: Iterable[Role], unit: Organisation) -> None:
    """Let on only who holds one of ``roles`` over an organisation.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not request.reach.covers(roles, unit.path):
        raise PermissionDenied(
            _("这个窗口不在您岗位的范围里。请联系本单位管理员核对岗位。")
        )


def in_hospital(desk: Organisation) -> bool:
    """Tell whether a desk stands in a hospital; one query at most."""
    return desk.kind == HOSPITAL or any(unit.kind == HOSPITAL for unit in lineage(desk))
