"""What labels were said to mean: looked at, withdrawn."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.reports.actions.cells import forget_match
from wugeyi.reports.messages import title
from wugeyi.reports.models import Learned
from wugeyi.reports.queries.memory import learned_page
from wugeyi.reports.rules import access
from wugeyi.reports.views.common import may, show

PAGE = 50


@require_safe
@staff(*access.SEES)
def listed(request: StaffRequest) -> HttpResponse:
    """Show the remembered pairs, newest first."""
    given = request.GET.get("before", "")
    after = int(given) if given.isdigit() and len(given) < 16 else 0
    rows = learned_page(request.reach, after=after, limit=PAGE)
    context = {
        "rows": [
            (
                row,
                title(row.code),
                access.fills(request.reach, row.organisation.path),
            )
            for row in rows[:PAGE]
        ],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    }
    return show(request, "words.html", context)


@require_POST
@staff(*access.WRITES)
def forget(request: StaffRequest, pk: int) -> HttpResponse:
    """Withdraw one pair."""
    found = Learned.objects.select_related("organisation").filter(pk=pk).first()
    if found is None or not access.sees_filling(request.reach, found.organisation.path):
        raise Http404
    may(access.fills(request.reach, found.organisation.path))
    try:
        forget_match(learned=found, by=request.user, at=timezone.now())
        messages.success(request, _("撤回了。以后遇到同样的格子会再问。"))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("reports:words")
