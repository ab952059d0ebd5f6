"""What every page of the register needs: the unit, the reach, the refusal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Reach, Role


def reach_of_request(request: HttpRequest) -> Reach:
    """Return what the person asking may reach."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    return reach


def person(request: HttpRequest) -> User:
    """Return who asks; only behind ``login_required``."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def unit_or_404(code: str) -> Organisation:
    """Return the organisation of a code, abolished ones included."""
    return get_object_or_404(Organisation.objects.select_related("parent"), code=code)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, None if it was not: an empty one counts."""
    return request.POST if request.method == "POST" else None


def allow(permitted: bool) -> None:  # noqa: FBT001
    """Refuse with the page that explains it."""
    if not permitted:
        raise PermissionDenied


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render inside the desk for staff, inside the public frame for anybody else."""
    staff = reach_of_request(request).holds(*Role)
    frame = {
        "frame": "ui/staff.html" if staff else "ui/page.html",
        "now": timezone.now(),
    }
    return render(request, f"organisations/{template}", frame | context, status=status)
