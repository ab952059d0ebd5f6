"""A figure opened: what it means, its parts, and the records behind it."""

from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.figures import queries
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation, TreeView
from wugeyi.organisations.rules import Reach, Role


@require_safe
@login_required
def opened(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Show a figure with everything behind it."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    if not reach.holds(*Role):
        raise PermissionDenied(
            _("您现在的岗位不包括这一项。请联系本单位管理员核对岗位。")
        )
    if code not in catalogue():
        raise Http404
    organisation = get_object_or_404(Organisation, code=unit)
    now = timezone.now()
    today = timezone.localdate(now)
    period = _period(request, today)
    view = TreeView.objects.filter(code=request.GET.get("view", "")).first()
    as_of = _moment(request.GET.get("as_of", ""))
    context = {
        "now": now,
        "organisation": organisation,
        "period": period,
        "figure": queries.figure(code, organisation, period, as_of=as_of, view=view),
        "parts": queries.parts(code, organisation, period, as_of=as_of, view=view),
        "behind": queries.records(
            code,
            organisation,
            period,
            reach=reach,
            today=today,
            as_of=as_of,
            view=view,
            after=request.GET.get("after", ""),
        ),
    }
    return render(request, "figures/open.html", context)


def _period(request: HttpRequest, today: date) -> Period:
    try:
        return Period(
            date.fromisoformat(request.GET.get("from", "")),
            date.fromisoformat(request.GET.get("to", "")),
        )
    except ValueError:
        return Period.ending(today)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)
