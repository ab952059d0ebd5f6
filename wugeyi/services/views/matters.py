"""What came to a window: the list, and one matter with its trips."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.casework.queries import access as cases
from wugeyi.casework.rules import access as case_access
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import StaffRequest, need, staff, unit_or_404
from wugeyi.services.queries import matters as queries
from wugeyi.services.queries.catalogue import steps
from wugeyi.services.rules import access
from wugeyi.services.views.frame import show

SIZE = 25


@require_safe
@staff(*access.READS)
def matters(request: StaffRequest, code: str) -> HttpResponse:
    """List a window's matters, newest first."""
    desk = unit_or_404(code)
    need(request, access.READS, desk)
    tabs = {
        "": _("全部"),
        "open": _("在办"),
        "late": _("超过承诺"),
        "first": _("跑一趟办成"),
        "again": _("没有一次告知"),
    }
    state = request.GET.get("state", "")
    state = state if state in tabs else ""
    older = request.GET.get("older", "")
    rows = queries.page(
        desk,
        state=state,
        older=int(older[:18]) if older.isascii() and older.isdigit() else 0,
        limit=SIZE,
    )
    context = {
        "desk": desk,
        "page": "matters",
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].pk if len(rows) > SIZE else None,
        "tabs": [
            {
                "url": f"?state={name}" if name else "?",
                "label": label,
                "current": name == state,
            }
            for name, label in tabs.items()
        ],
    }
    return show(request, "matters.html", context)


@require_safe
@staff(*access.READS)
def matter(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one matter: service, trips, steps behind the window."""
    found = queries.load(pk)
    if found is None or not request.reach.covers(access.READS, found.organisation.path):
        raise Http404
    context = {
        "desk": found.organisation,
        "page": "matters",
        "matter": found,
        "path": lineage(found.organisation),
        "trips": queries.trips(found),
        "steps": steps(found.service, found.organisation),
        "opens": case_access.sees(request.reach, cases.where(found.case)),
    }
    return show(request, "matter.html", context)
