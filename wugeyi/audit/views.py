"""The public page of published heads.

The list of events itself is shown by a higher app, which knows who may see what; it
uses ``audit.queries`` and the fragment ``audit/_events.html``.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.audit import queries, rules


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Show the published heads, newest first."""
    before = request.GET.get("before", "")
    page, older = queries.head_page(before=whole(before))
    context = {
        "heads": page,
        "older": f"?before={older}" if older else "",
        "first_page": not before,
        "last": queries.last_seal(),
        "unsealed": queries.unsealed_count(),
        "now": timezone.now(),
    }
    return render(request, "audit/heads.html", context)


@require_safe
def heads_text(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out every published head as ``wugeyi audit verify --heads-file`` reads it."""

    def lines() -> Iterator[str]:
        for head in queries.all_heads():
            when = rules.moment(head.published_at)
            yield f"{head.position} {head.digest} {when}\n"

    return StreamingHttpResponse(
        lines(),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def whole(text: str) -> int | None:
    """Read a position; anything else is as if it were not there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
