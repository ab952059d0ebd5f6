"""What every page of staff begins and ends with: who asks, may they, the frame."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.rules import Reach, Role

Given = ParamSpec("Given")


class StaffRequest(HttpRequest):
    """A request of somebody who signed in and holds a post."""

    user: User
    reach: Reach


View = Callable[Concatenate[Any, Given], HttpResponseBase]


def staff(
    *roles: Role,
) -> Callable[[View[Given]], Callable[..., HttpResponseBase]]:
    """Let in who is signed in and holds one of ``roles`` somewhere (none: any post)."""
    wanted = roles or tuple(Role)

    def decorate(view: View[Given]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(
            request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            asking: Any = request
            if not asking.reach.holds(*wanted):
                raise PermissionDenied(
                    _("您现在的岗位不包括这一项。请联系本单位管理员核对岗位。")
                )
            return view(asking, *args, **kwargs)

        return checked

    return decorate


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page; what it shows is never kept by a cache."""
    full = {"now": timezone.now(), **(context or {})}
    response = render(request, template, full, status=status)
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


def need_seat(request: StaffRequest) -> None:
    """Let on only who keeps what holds for the whole installation: its dictionaries.

    Raises
    ------
    PermissionDenied
        With what to do about it.
    """
    if not keeps_installation(request.reach):
        raise PermissionDenied(
            _("这里的字典对全市都有效，只有主管单位的管理员可以修改。")
        )


def key_of(text: str) -> int:
    """Read the key of a page or a row from an address; 0 for anything else."""
    short = text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if short else 0


def page_keys(request: HttpRequest) -> dict[str, int]:
    """Return the keys of the page an address asks for."""
    return {name: key_of(request.GET.get(name, "")) for name in ("older", "newer")}
