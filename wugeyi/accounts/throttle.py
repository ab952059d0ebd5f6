"""Limit how often something may be done: counts per fixed window, kept in the database.

The counts live in one table, so they hold over several server processes, and one
statement both checks and counts, so they hold when requests arrive together. Keys hold
a salted hash of the address or name they count, never the value.

    allow(key_of("report", client_address(request)), limit=10, per=HOUR, at=now)

or, for a whole view, ``@throttled(limit=10, per=timedelta(hours=1), scope="report")``.
"""

import functools
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wugeyi.accounts.models import Throttle
from wugeyi.accounts.rules import forwarded_address, normal_address, window_of

Args = ParamSpec("Args")
View = Callable[Concatenate[HttpRequest, Args], HttpResponse]
"""A view function, with whatever its address captures."""
Refusal = Callable[[HttpRequest, datetime], HttpResponse]

# Refused uses are not written at all: a flood costs an index look-up, not a row.
COUNT = """
INSERT INTO accounts_throttle ("key", "starts_at", "ends_at", "count")
VALUES (%s, %s, %s, 1)
ON CONFLICT ("key", "starts_at")
DO UPDATE SET "count" = accounts_throttle."count" + 1
WHERE accounts_throttle."count" < %s
RETURNING "count"
"""


def allow(key: str, *, limit: int, per: timedelta, at: datetime) -> bool:
    """Count one use of ``key`` and say whether it was within the limit.

    Call it outside any transaction that may be rolled back, or the count is lost with
    it. At the seam of two windows up to twice the limit can pass within ``per``.

    Parameters
    ----------
    key
        What is counted, at most 120 characters; see ``key_of``.
    limit
        Uses allowed in one window; 0 or less allows none.
    per
        Length of the window, at least one second.
    at
        An aware time.

    Raises
    ------
    ValueError
        When ``at`` is naive or ``per`` is shorter than a second.
    """
    window = window_of(at, per)
    if limit <= 0:
        return False
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, adapt(window.start), adapt(window.end), limit])
        return cursor.fetchone() is not None


def allow_here(key: str, *, limit: int, per: timedelta, at: datetime) -> bool:
    """Do the same as ``allow``, counting in this server process only.

    For what only reads and is asked many times a minute, as while somebody types: it
    costs no statement, and with several processes somewhat more than ``limit`` passes.
    """
    if limit <= 0:
        return False
    slot = f"{key}:{window_of(at, per).start.timestamp():.0f}"
    cache.add(slot, 0, timeout=per.total_seconds())
    try:
        return cache.incr(slot) <= limit
    except ValueError:  # dropped in between to make room: begins anew
        return True


def forget(key: str) -> None:
    """Drop every count of ``key``, as when the person proved who they are."""
    Throttle.objects.filter(key=key).delete()


def purge(*, at: datetime) -> int:
    """Delete windows that ended before ``at`` and return how many; run it with ``tick``."""
    deleted, _by_model = Throttle.objects.filter(ends_at__lte=at).delete()
    return deleted


def key_of(scope: str, *whom: str) -> str:
    """Return the key that counts ``scope`` for someone: only a salted hash of them.

    The salt is the installation's secret, so the table alone does not tell whether a
    given address was here.
    """
    digest = salted_hmac(
        f"wugeyi.accounts.throttle.{scope}", "\x1f".join(whom), algorithm="sha256"
    ).hexdigest()
    return f"{scope[:56]}:{digest[:40]}"


def client_address(request: HttpRequest) -> str:
    """Return the address a visitor is counted by (an IPv6 visitor: the /64).

    ``X-Forwarded-For`` is believed only as far as our own proxies wrote it
    (``settings.TRUSTED_PROXIES``, from WUGEYI_PROXIES), and not at all when that is 0.
    """
    return normal_address(
        forwarded_address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            settings.TRUSTED_PROXIES,
        )
    )


def too_often(
    request: HttpRequest, retry_at: datetime, *, content: HttpResponse | None = None
) -> HttpResponse:
    """Answer 429: a page that says when to try again, or ``content`` with its status set."""
    seconds = max(1, math.ceil((retry_at - timezone.now()).total_seconds()))
    response = (
        render(
            request,
            "accounts/too_often.html",
            {
                "retry_at": retry_at,
                "minutes": math.ceil(seconds / 60),
                "typed": typed(request),
            },
        )
        if content is None
        else content
    )
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


# Never echoed: what is typed in fields of these names is secret or machinery.
UNSPOKEN = ("csrfmiddlewaretoken", "password", "code", "token")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the names and values of a refused form, so that a page can send it again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and not any(word in name for word in UNSPOKEN)
    ]


def throttled(
    *,
    limit: int,
    per: timedelta,
    scope: str,
    methods: tuple[str, ...] = ("POST",),
    refuse: Refusal | None = None,
    shared: bool = True,
) -> Callable[[View[Args]], View[Args]]:
    """Let one address call a view ``limit`` times per window; then answer 429.

    Parameters
    ----------
    limit, per, scope
        See ``allow``; views that share a scope share the count.
    methods
        The request methods that are counted; others pass.
    refuse
        Makes the page of the refusal from the request and the time from which it may
        be tried again, for instance the form as it was typed. Its status and
        ``Retry-After`` are set here. Without it a plain page is shown that carries
        what was typed along and offers to send it again.
    shared
        Whether all server processes count together; see ``allow_here``.
    """
    count = allow if shared else allow_here

    def decorate(view: View[Args]) -> View[Args]:
        @functools.wraps(view)
        def guarded(
            request: HttpRequest, *args: Args.args, **kwargs: Args.kwargs
        ) -> HttpResponse:
            if request.method not in methods:
                return view(request, *args, **kwargs)
            now = timezone.now()
            key = key_of(scope, client_address(request))
            if count(key, limit=limit, per=per, at=now):
                return view(request, *args, **kwargs)
            retry_at = window_of(now, per).end
            content = refuse(request, retry_at) if refuse else None
            return too_often(request, retry_at, content=content)

        return cast("View[Args]", guarded)

    return decorate
