"""How far long work is, and stopping it."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wugeyi.accounts.models import User
from wugeyi.jobs import actions, queries
from wugeyi.jobs.models import Work
from wugeyi.jobs.registry import kind_of, may_look, may_stop
from wugeyi.jobs.templatetags.jobs import facts


@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a piece of work is; only the part itself when htmx asks."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = _work_or_404(pk)
    if not may_look(request, found):
        raise Http404
    part = bool(request.headers.get("HX-Request"))
    template = "jobs/_progress.html" if part else "jobs/work.html"
    response = render(
        request, template, {**facts(found, request), "now": timezone.now()}
    )
    response.headers["Cache-Control"] = "no-store"
    if part and not found.unfinished:
        # The page around it shows the result now.
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a piece of work and go back to where it was asked for."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = _work_or_404(pk)
    if not may_stop(request, found):
        raise Http404
    by = request.user if isinstance(request.user, User) else None
    actions.cancel(work=found, by=by, at=timezone.now())
    kind = kind_of(found)
    if kind is not None and kind.address is not None:
        return redirect(kind.address(found))
    return redirect("jobs:work", pk=found.pk)


def _work_or_404(pk: int) -> Work:
    found = queries.find(pk)
    if found is None:
        raise Http404
    return found
