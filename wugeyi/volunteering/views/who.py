"""Who is asking: by their account, or by the personal link kept on the phone.

The cookie holds a key and the beginning of the link's hash, signed: a renewed link ends
every device that had the old one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from wugeyi.accounts.models import User
from wugeyi.volunteering.models import Volunteer
from wugeyi.volunteering.queries import people
from wugeyi.volunteering.rules.keeping import LINK_DAYS
from wugeyi.volunteering.rules.links import BEGINNING

COOKIE = "volunteer"
SALT = "volunteering.device"
Given = ParamSpec("Given")


class VolunteerRequest(HttpRequest):
    """A request of somebody who registered."""

    volunteer: Volunteer


def volunteer_of(request: HttpRequest) -> Volunteer | None:
    """Return who is asking; None for everybody who did not register. Read once."""
    known: Any = request
    if not hasattr(known, "_volunteer"):
        known._volunteer = _by_link(request) or _by_account(request)
    found: Volunteer | None = known._volunteer
    return found


def _by_account(request: HttpRequest) -> Volunteer | None:
    user = getattr(request, "user", None)
    return people.of_user(user) if isinstance(user, User) else _lazy(user)


def _lazy(user: Any) -> Volunteer | None:
    """Return the volunteer of a user that is read only now."""
    if user is None or not user.is_authenticated:
        return None
    return people.of_user(user)


def _by_link(request: HttpRequest) -> Volunteer | None:
    try:
        found = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LINK_DAYS * 86400
        )
    except signing.BadSignature:
        return None
    pk, key = found if isinstance(found, list) and len(found) == 2 else (0, "")
    return people.of_key(pk, key) if isinstance(pk, int) else None


def remember(response: HttpResponse, volunteer: Volunteer) -> None:
    """Let this device in from now on."""
    value = [volunteer.pk, volunteer.key_hash[:BEGINNING]]
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=SALT),
        max_age=LINK_DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Let this device in no more."""
    response.delete_cookie(COOKIE, samesite="Lax")


def registered(
    view: Callable[Concatenate[Any, Given], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in who registered; everybody else is asked whether they want to."""

    @wraps(view)
    def checked(
        request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        found = volunteer_of(request)
        if found is None:
            return to_join(request)
        asking: Any = request
        asking.volunteer = found
        return view(asking, *args, **kwargs)

    return checked


def to_join(request: HttpRequest) -> HttpResponse:
    """Go where one registers, and come back here afterwards."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return redirect(f"{reverse('volunteering:join')}{query}")


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page for everybody; what is somebody's own no cache keeps."""
    full = {
        "now": timezone.now(),
        "volunteer": volunteer_of(request),
        **(context or {}),
    }
    response = render(request, f"volunteering/public/{template}", full, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
