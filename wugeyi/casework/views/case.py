"""One case on one page, its print, its trail, and who asked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.audit.queries import about, changed, page
from wugeyi.casework import panels
from wugeyi.casework.actions.identity import reveal
from wugeyi.casework.forms.desk import FilterForm, filters_of
from wugeyi.casework.models import Assignment, Case
from wugeyi.casework.queries import desk
from wugeyi.casework.queries.deadlines import rule_for
from wugeyi.casework.queries.history import timeline
from wugeyi.casework.rules import access
from wugeyi.casework.rules.access import Where
from wugeyi.casework.views.desk import unit_of
from wugeyi.casework.views.specs import offered
from wugeyi.casework.views.staff import StaffRequest, case_and_place, show, staff
from wugeyi.casework.views.steps import facts_of
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import Role

AUDITORS = frozenset({Role.AUDITOR, Role.SUPERVISOR})


@require_safe
@staff()
def case(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a case."""
    found, where = case_and_place(request, pk)
    return _page(request, found, where)


def _page(
    request: StaffRequest, found: Case, where: Where, **more: Any
) -> HttpResponse:
    facts = facts_of(found)
    now = timezone.now()
    context = {
        "case": found,
        "now": now,
        "pause": facts.pause,
        "exclusion": facts.exclusion,
        "groups": offered(found, where, request.reach, facts),
        "path": lineage(found.place),
        "timeline": timeline(found),
        "photos": list(found.photos.order_by("pk")),
        "assignment": _assignment(found),
        "rule": _rule(found),
        "requests": _requests(request, found),
        "identifies": access.identifies(request.reach, where),
        "approves": access.approves_exclusion(request.reach, where),
        "audits": request.reach.covers(AUDITORS, where.place),
        "panels": panels.shown(request, found),
        **_around(request, found),
        **_kin(found),
        **more,
    }
    return show(request, "case.html", context)


def _assignment(found: Case) -> Assignment | None:
    return (
        found.assignments.filter(ended_at=None)
        .select_related("organisation", "duty_list")
        .first()
    )


def _rule(found: Case) -> object:
    """Return the rule the deadline follows, for its source; None for danger to life."""
    if found.danger:
        return None
    day = timezone.localdate(found.counting_from)
    return rule_for(found.category, found.urgency, found.handler.kind, on=day)


def _requests(request: StaffRequest, found: Case) -> list[Any]:
    """Return who was asked for help, and whether this person may reply."""
    rows = list(found.requests.select_related("organisation").order_by("pk"))
    for row in rows:
        row.replies = row.replied_at is None and request.reach.covers(  # type: ignore[attr-defined]
            access.SEES_BY_HANDLER, row.organisation.path
        )
    return rows


def _kin(found: Case) -> dict[str, Any]:
    """Return the cases merged into this one and split from it; two queries."""
    brief = ("registered_on", "state", "outcome", "merged_into", "split_from")
    return {
        "merged": list(Case.objects.filter(merged_into=found).only(*brief)[:50]),
        "parts": list(Case.objects.filter(split_from=found).only(*brief)[:50]),
    }


def _around(request: StaffRequest, found: Case) -> dict[str, Any]:
    """Return the neighbours in the list one came from; nothing without a list."""
    listed = request.GET.get("list", request.POST.get("list", ""))
    if not listed:
        return {"listed": "", "earlier": None, "later": None}
    query = QueryDict(listed)
    unit = unit_of(query.get("below", ""), request.reach)
    form = FilterForm(query, units=[unit] if unit else [])
    filters = filters_of(query, form, me=request.user, unit=unit)
    earlier, later = desk.neighbours(found, filters, request.reach, now=timezone.now())
    return {"listed": listed, "earlier": earlier, "later": later}


@require_POST
@staff()
def reporter(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who asked, to those who call back; every look is written down."""
    found, where = case_and_place(request, pk)
    if not access.identifies(request.reach, where):
        raise PermissionDenied(
            _("诉求人的身份只给负责回访的人看；被反映的单位看不到。")
        )
    person = reveal(case=found, by=request.user, at=timezone.now())
    return _page(request, found, where, revealed=True, reporter=person)


@require_safe
@staff()
def printed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a case for one sheet of paper; who asked is not on it."""
    found, _where = case_and_place(request, pk)
    context = {
        "case": found,
        "path": lineage(found.place),
        "assignment": _assignment(found),
        "timeline": list(reversed(timeline(found))),
        "rule": _rule(found),
    }
    return show(request, "printed.html", context)


@require_safe
@staff(*AUDITORS)
def trail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every audit event of a case."""
    found, where = case_and_place(request, pk)
    if not request.reach.covers(AUDITORS, where.place):
        raise PermissionDenied(_("只有审计和督办人员可以查看完整留痕。"))
    before = request.GET.get("older", "")
    part = page(about(found), before_id=int(before) if before.isdigit() else None)
    events = [(event, changed(event)) for event in part.events]
    context = {"case": found, "events": events, "older": part.older}
    return show(request, "trail.html", context)
