"""What is open to everybody: a page for people, a description for programs."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.interfaces.description import description
from wugeyi.interfaces.events import labels
from wugeyi.interfaces.queries.keys import terms
from wugeyi.interfaces.registry import grouped
from wugeyi.interfaces.views.common import (
    FRESH_SECONDS,
    JSON,
    for_programs,
    let_in,
    site,
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List every open table and every way in."""
    context = {
        "groups": grouped(),
        "events": labels(),
        "said": terms(),
        "site": site(request),
        "now": timezone.now(),
    }
    return render(request, "interfaces/home.html", context)


@require_safe
@for_programs
def openapi(request: HttpRequest) -> HttpResponse:
    """Describe the whole public interface as OpenAPI 3.1."""
    let_in(request)
    found = json.dumps(description(site(request)), ensure_ascii=False)
    response = HttpResponse(found, content_type=JSON)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response
