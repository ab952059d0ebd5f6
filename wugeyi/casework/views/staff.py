"""What every staff page begins and ends with: who is it, may they, and the frame."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.casework.models import Case
from wugeyi.casework.queries import access as queries
from wugeyi.casework.queries.waiting import Waiting
from wugeyi.casework.rules import access
from wugeyi.casework.rules.access import Where
from wugeyi.organisations.rules import Reach, Role

Given = ParamSpec("Given")


class StaffRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: User
    reach: Reach
    # What the desk counted, for its navigation.
    waiting: Waiting


View = Callable[Concatenate[StaffRequest, Given], HttpResponseBase]


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
    """Render a desk page; what it shows is never kept by a cache."""
    full = {"now": timezone.now(), **(context or {})}
    response = render(request, f"casework/desk/{template}", full, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def case_and_place(request: StaffRequest, pk: int) -> tuple[Case, Where]:
    """Return a case this person may read, with what permissions rest on; else 404."""
    case = queries.load(pk)
    if case is None:
        raise Http404
    place = queries.where(case)
    if not access.sees(request.reach, place):
        raise Http404
    return case, place
