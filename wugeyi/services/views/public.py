"""Pages for everybody: find a window, what to bring, whose turn it is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wugeyi.casework.rules.intake import clean_line
from wugeyi.organisations.queries import lineage, search
from wugeyi.organisations.views.staff import unit_or_404
from wugeyi.services.queries import catalogue as queries
from wugeyi.services.queries.queue import board
from wugeyi.services.views.frame import in_hospital
from wugeyi.services.views.window import qr

FOUND = 12
SIZE = 50
REFRESH_SECONDS = 10


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    full = {"now": timezone.now(), **context}
    return render(request, f"services/public/{template}", full)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Find a window by its name, or in the list."""
    words = clean_line(request.GET.get("q", ""))[:60]
    after = clean_line(request.GET.get("after", ""))[:32]
    rows = queries.desks(on=timezone.localdate(), after=after, limit=SIZE)
    context = {
        "q": words,
        "found": search(words, limit=FOUND) if words else [],
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].code if len(rows) > SIZE else "",
    }
    return _show(request, "home.html", context)


@require_safe
def catalogue(request: HttpRequest, code: str) -> HttpResponse:
    """List what is done at a window."""
    desk = unit_or_404(code)
    services = list(queries.offered(desk, on=timezone.localdate()))
    context = {
        "desk": desk,
        "path": lineage(desk),
        "services": services,
        "hospital": in_hospital(desk),
    }
    return _show(request, "catalogue.html", context)


@require_safe
def service(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Tell everything about a service at once: what to bring, how long, how much."""
    desk = unit_or_404(code)
    found = queries.one_offered(desk, pk, on=timezone.localdate())
    if found is None:
        raise Http404
    address = request.build_absolute_uri(
        reverse("services:service", args=[desk.code, found.pk])
    )
    rows = queries.materials(found)
    context = {
        "desk": desk,
        "path": lineage(desk),
        "service": found,
        "always": [row for row in rows if not row.condition],
        "sometimes": [row for row in rows if row.condition],
        "steps": queries.steps(found, desk),
        "hospital": in_hospital(desk),
        "address": address,
        "qr": qr(address),
    }
    return _show(request, "service.html", context)


@never_cache
@require_safe
def waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Show numbers only, read afresh every ten seconds without a script."""
    desk = unit_or_404(code)
    still = "still" in request.GET
    context = {
        "desk": desk,
        "board": board(desk, timezone.localdate()),
        "refresh": None if still else REFRESH_SECONDS,
        "still": still,
    }
    return _show(request, "waiting.html", context)
