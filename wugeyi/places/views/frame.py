"""What every page of this app begins and ends with: who asks, may they, the frame."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Reach, Role
from wugeyi.places.rules import access

Given = ParamSpec("Given")


class StaffRequest(HttpRequest):
    """A request of somebody who signed in and holds a post."""

    user: User
    reach: Reach


View = Callable[Concatenate[StaffRequest, Given], HttpResponseBase]


def staff(view: View[Given]) -> Callable[..., HttpResponseBase]:
    """Let in who is signed in and holds any post."""

    @wraps(view)
    def checked(
        request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        asking: Any = request
        if not asking.reach.holds(*Role):
            raise PermissionDenied(
                _("您现在没有岗位，看不了这一页。请联系本单位管理员。")
            )
        return view(asking, *args, **kwargs)

    return checked


def show(
    request: StaffRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page that no cache keeps."""
    unit: Organisation | None = (context or {}).get("unit")
    path = unit.path if unit is not None else None
    full = {
        "now": timezone.now(),
        "writes": request.reach.covers(access.WRITES, path),
        "reads_homes": request.reach.covers(access.READS_HOMES, path),
        **(context or {}),
    }
    response = render(request, f"places/{template}", full, status=status)
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


def said(problem: ValidationError) -> str:
    """Return what a refusal says."""
    return " ".join(problem.messages)
