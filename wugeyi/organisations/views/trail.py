"""The audit trail of what lies below an auditor's posts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wugeyi.audit.queries import last_seal, unsealed_count
from wugeyi.organisations.forms.trail import TrailForm
from wugeyi.organisations.queries.readable import readable
from wugeyi.organisations.queries.trail import (
    Filters,
    TrailPage,
    scope_of,
    trail_page,
)
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.common import allow, page, reach_of_request

UNSEALED_SHOWN = 10_000


@never_cache
@login_required
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show events of one's subtree, newest first, and how far they are sealed."""
    reach = reach_of_request(request)
    allow(reach.holds(Role.AUDITOR))
    scope = scope_of(reach)
    form = TrailForm(request.GET, roots=scope.roots)
    found = TrailPage([], None, stopped=False)
    if form.is_valid():
        data = form.cleaned_data
        filters = Filters(data["action"], data["person"], data["unit"], data["day"])
        found = trail_page(scope, filters, before=_key(request.GET.get("older", "")))
    unsealed = unsealed_count(most=UNSEALED_SHOWN)
    return page(
        request,
        "trail/trail.html",
        {
            "form": form,
            "narrowed": any(request.GET.get(name) for name in form.fields),
            "events": readable(found.events),
            "found": found,
            "begun": "older" in request.GET,
            "loose": scope.loose,
            "seal": last_seal(),
            "unsealed": unsealed,
            "unsealed_many": unsealed >= UNSEALED_SHOWN,
            "heads_url": request.build_absolute_uri(reverse("audit:heads")),
            "now": timezone.now(),
        },
        status=400 if form.errors else 200,
    )


def _key(text: str) -> int | None:
    """Read a key; anything else begins at the newest."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
