"""Which cases are followed on this device: a signed cookie, no account, no session row.

The cookie holds keys of cases, not receipt codes: who copies the code list of a device
gets nothing. It only lets somebody read; every act carries the code itself.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "followed"
SALT = "casework.followed"
MOST = 20
DAYS = 180
# For browsers without cookies: one address that opens one case for ten minutes.
TICKET_SALT = "casework.ticket"
TICKET_SECONDS = 600


def keys(request: HttpRequest) -> list[int]:
    """Return the keys of the cases followed here, newest first."""
    try:
        found = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=DAYS * 86400
        )
    except signing.BadSignature:
        return []
    return [key for key in found if isinstance(key, int)][:MOST]


def remember(request: HttpRequest, response: HttpResponse, key: int) -> None:
    """Put a case first on this device's list."""
    _write(response, [key, *(other for other in keys(request) if other != key)])


def drop(request: HttpRequest, response: HttpResponse, key: int) -> None:
    """Take a case off this device's list."""
    _write(response, [other for other in keys(request) if other != key])


def _write(response: HttpResponse, found: list[int]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(found[:MOST], salt=SALT),
        max_age=DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def ticket(key: int) -> str:
    """Return a ticket that opens one case for ten minutes."""
    return signing.dumps(key, salt=TICKET_SALT)


def opens(request: HttpRequest, key: int) -> bool:
    """Tell whether this request may read a case: by the device's list or a ticket."""
    if key in keys(request):
        return True
    try:
        found = signing.loads(
            request.GET.get("t", ""), salt=TICKET_SALT, max_age=TICKET_SECONDS
        )
    except signing.BadSignature:
        return False
    return bool(found == key)


def picture_ticket(key: int) -> str:
    """Return a ticket that shows one photograph for an hour."""
    return signing.dumps(key, salt=f"{TICKET_SALT}.picture")


def read_picture_ticket(token: str) -> int | None:
    """Return the photograph a ticket shows; None if it is forged or too old."""
    try:
        key = signing.loads(token, salt=f"{TICKET_SALT}.picture", max_age=3600)
    except signing.BadSignature:
        return None
    return key if isinstance(key, int) else None
