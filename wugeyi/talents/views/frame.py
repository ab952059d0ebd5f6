"""What every staff page of this app begins and ends with."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.casework.views.staff import StaffRequest
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Reach, Role
from wugeyi.talents.rules import access


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page that no cache keeps."""
    unit: Organisation | None = (context or {}).get("unit")
    reach: Reach | None = getattr(request, "reach", None)
    reads = unit and reach and reach.covers(access.READS, unit.path)
    full = {"now": timezone.now(), "reads": reads, **(context or {})}
    response = render(request, f"talents/{template}", full, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def unit_or_404(code: str) -> Organisation:
    """Return a living organisation by its code."""
    # PostgreSQL refuses to look for a NUL.
    rows = Organisation.objects.filter(code=code, valid_to=None)
    found = rows.first() if code.isprintable() else None
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
            _("这里不在您岗位的范围里。请联系本单位管理员核对岗位。")
        )


def key_of(text: str) -> int:
    """Read the key of a page; 0 for anything else."""
    return int(text[:18]) if text.isascii() and text.isdigit() else 0
