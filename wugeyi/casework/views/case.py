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
from wugeyi.casework.models import Case
from wugeyi.casework.queries import desk
from wugeyi.casework.queries.course import MOST_KIN, Course, course_of
from wugeyi.casework.queries.deadlines import rule_for
from wugeyi.casework.queries.history import timeline
from wugeyi.casework.rules import access
from wugeyi.casework.rules.access import Where
from wugeyi.casework.views.desk import unit_of
from wugeyi.casework.views.specs import Facts, offered
from wugeyi.casework.views.staff import StaffRequest, case_and_place, show, staff
from wugeyi.organisations.queries import chain
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
    course = course_of(found)
    facts = Facts(course.pause, course.exclusion)
    now = timezone.now()
    context = {
        "case": found,
        "now": now,
        "pause": facts.pause,
        "exclusion": facts.exclusion,
        "groups": offered(found, where, request.reach, facts),
        "path": chain(found.place.path),
        "timeline": timeline(found, course),
        "photos": list(found.photos.order_by("pk")) if course.has_photos else [],
        "assignment": course.assignment,
        "rule": _rule(found),
        "requests": _requests(request, course),
        "identifies": access.identifies(request.reach, where),
        "approves": access.approves_exclusion(request.reach, where),
        "audits": request.reach.covers(AUDITORS, where.place),
        "panels": panels.shown(request, found),
        **_around(request, found),
        "merged": course.merged,
        "parts": course.parts[:MOST_KIN],
        **more,
    }
    return show(request, "case.html", context)


def _rule(found: Case) -> object:
    """Return the rule the deadline follows, for its source; None for danger to life."""
    if found.danger:
        return None
    day = timezone.localdate(found.counting_from)
    return rule_for(found.category, found.urgency, found.handler.kind, on=day)


def _requests(request: StaffRequest, course: Course) -> list[Any]:
    """Return who was asked for help, and whether this person may reply."""
    for row in course.requests:
        row.replies = row.replied_at is None and request.reach.covers(  # type: ignore[attr-defined]
            access.SEES_BY_HANDLER, row.organisation.path
        )
    return course.requests


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
    course = course_of(found)
    context = {
        "case": found,
        "path": chain(found.place.path),
        "assignment": course.assignment,
        "timeline": list(reversed(timeline(found, course))),
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
