"""The desk: what is due first, filters, bulk acts, what I did today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wugeyi.casework.forms.desk import FilterForm, filters_of
from wugeyi.casework.models import Case
from wugeyi.casework.queries import desk as queries
from wugeyi.casework.queries.access import where
from wugeyi.casework.queries.desk import Due, Filters, Tab
from wugeyi.casework.queries.history import acts_of
from wugeyi.casework.queries.lines import Row, names_of
from wugeyi.casework.queries.waiting import counts
from wugeyi.casework.rules import access
from wugeyi.casework.views.staff import StaffRequest, show, staff
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.navigation import places
from wugeyi.organisations.queries import units_below
from wugeyi.organisations.queries.names import Named
from wugeyi.organisations.rules import Reach, Role, inside

TAB_NAMES: dict[Tab, Promise] = {
    Tab.WORK: _("我们办的"),
    Tab.AREA: _("本辖区"),
    Tab.ASKED: _("请我们协办"),
    Tab.CALLBACK: _("待回访"),
    Tab.OBJECTED: _("待裁定退回"),
    Tab.PAUSED: _("暂停或未定时限"),
    Tab.ALL: _("全部记录"),
}
HEADINGS: dict[Due, Promise] = {
    Due.LATE: _("已超期"),
    Due.TODAY: _("今天到期"),
    Due.SOON: _("三天内到期"),
    Due.LATER: _("更晚"),
}
EMPTY: dict[Tab, tuple[Promise, Promise]] = {
    Tab.WORK: (_("手上没有要办的事"), _("新派来的会出现在这里，最急的排在最前面。")),
    Tab.AREA: (_("辖区里没有在办的诉求"), _("居民一反映，这里就看得到。")),
    Tab.ASKED: (_("没有请我们协办的"), _("别的单位请本单位帮忙时，会出现在这里。")),
    Tab.CALLBACK: (
        _("没有等回访的"),
        _("办理单位答复以后，在这里回访核实，确认解决才算办结。"),
    ),
    Tab.OBJECTED: (_("没有等裁定的退回"), _("下级退回的诉求由上一级在这里裁定。")),
    Tab.PAUSED: (
        _("没有暂停或未定时限的"),
        _("计时暂停的，或没有时限规则的，排在这里，不会被忘记。"),
    ),
    Tab.ALL: (_("还没有记录"), _("登记过的诉求，包括办结的，都在这里。")),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows below one heading."""

    name: str
    heading: Promise | str
    rows: list[Row]


def unit_of(code: str, reach: Reach) -> Organisation | None:
    """Return the organisation of this code if it lies in one's reach."""
    if not code:
        return None
    unit = Organisation.objects.filter(code=code).first()
    reached = unit is not None and any(
        inside(unit.path, holding.path) for holding in reach.holdings
    )
    return unit if reached else None


def reading(request: StaffRequest) -> tuple[FilterForm, Filters]:
    """Read the filters of the address."""
    units: Sequence[Named | Organisation] = units_below(
        holding.organisation_id for holding in request.reach.holdings
    )
    code = request.GET.get("below", "")
    chosen = next((unit for unit in units if unit.code == code), None)
    if code and chosen is None:
        # A figure may open onto an organisation further down.
        chosen = unit_of(code, request.reach)
        units = [*units, chosen] if chosen else units
    form = FilterForm(request.GET, units=units)
    filters = filters_of(request.GET, form, me=request.user, unit=chosen)
    return form, filters


def sections(rows: Sequence[Row], tab: Tab, now: datetime) -> list[Section]:
    """Divide a page's rows below the headings of their deadlines."""
    if queries.ORDERS[tab] != queries.Order.DUE:
        return [Section("plain", "", list(rows))] if rows else []
    found: list[Section] = []
    for row in rows:
        due = queries.group(row, now) or Due.LATER
        if not found or found[-1].name != due.value:
            found.append(Section(due.value, HEADINGS[due], []))
        found[-1].rows.append(row)
    return found


def tabs(request: StaffRequest, chosen: Tab) -> list[dict[str, Any]]:
    """Return the tabs this person has a use for, with counts where they are cheap."""
    reach = request.reach
    # The navigation shows one of these too.
    request.waiting = counted = counts(reach)
    numbers = {Tab.OBJECTED: counted.objected, Tab.ASKED: counted.asked}
    shown = [Tab.WORK]
    if reach.roots(access.SEES_BY_PLACE):
        shown.append(Tab.AREA)
    if numbers.get(Tab.ASKED) or chosen == Tab.ASKED:
        shown.append(Tab.ASKED)
    if reach.holds(*access.CALLS_BACK):
        shown.append(Tab.CALLBACK)
    if reach.holds(Role.DISPATCHER, Role.SUPERVISOR):
        shown.append(Tab.OBJECTED)
    shown += [Tab.PAUSED, Tab.ALL]
    address = reverse("desk:list")
    return [
        {
            "name": tab.value,
            "label": TAB_NAMES[tab],
            "url": f"{address}?tab={tab.value}",
            "current": tab == chosen,
            "count": _count(numbers.get(tab)),
        }
        for tab in shown
    ]


def _count(number: int | None) -> str:
    if not number:
        return ""
    return f"{queries.MANY - 1}+" if number >= queries.MANY else str(number)


@require_safe
@staff(*access.SEES_BY_HANDLER)
def cases(request: StaffRequest) -> HttpResponse:
    """Show one page of a list."""
    form, filters = reading(request)
    now = timezone.now()
    if filters.text:
        found = _exactly(filters.text, request.reach)
        if found is not None:
            return redirect("desk:case", pk=found)
    page = queries.page(
        filters,
        request.reach,
        now=now,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    query = _without(request, "after", "before")
    context = {
        "now": now,
        "form": form,
        "filters": filters,
        "filtered": _filtered(filters),
        "tabs": tabs(request, filters.tab),
        "tab_name": TAB_NAMES[filters.tab],
        "sections": sections(page.rows, filters.tab, now),
        "page": page,
        "names": names_of(
            page.rows, (holding.path for holding in request.reach.holdings)
        ),
        "query": query,
        "listed": query,
        "empty": EMPTY[filters.tab],
        "window": queries.WINDOW if filters.text or filters.stuck else None,
        "may_export": request.reach.holds(*access.EXPORTS),
        "columns_due": queries.ORDERS[filters.tab] == queries.Order.DUE,
    }
    return show(request, "list.html", context)


def _filtered(filters: Filters) -> bool:
    return filters != Filters(tab=filters.tab)


def _exactly(typed: str, reach: Reach) -> int | None:
    """Return the case whose number was typed, if this person may read it."""
    key = queries.by_number(typed)
    if key is None:
        return None
    case = (
        Case.objects.filter(pk=key)
        .select_related("place", "handler", "reported_party")
        .first()
    )
    return case.pk if case and access.sees(reach, where(case)) else None


def _without(request: StaffRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Go where this person's work is: the desk, the people kept, a register, the own account."""
    reach: Reach = request.reach  # type: ignore[attr-defined]
    if reach.holds(*access.SEES_BY_HANDLER):
        return redirect("desk:list")
    if reach.holds(Role.ADMINISTRATOR):
        return redirect("organisations:people")
    for place in places():
        if place.roles and reach.holds(*place.roles):
            return redirect(place.view)
    return redirect("accounts:mine")


@require_safe
@staff()
def today(request: StaffRequest) -> HttpResponse:
    """Show what I did today."""
    now = timezone.now()
    acts = acts_of(request.user, on=timezone.localdate(now))
    keys = [
        act.subject_id
        for act in acts
        if act.subject_id is not None and act.subject_type == Case._meta.label_lower
    ]
    found = (
        Case.objects.filter(pk__in=keys)
        .select_related("category", "place")
        .only("registered_on", "state", "outcome", "category__name", "place__name")
    )
    by_key = {case.pk: case for case in found}
    entries = [(act, by_key.get(act.subject_id or 0)) for act in acts]
    return show(request, "today.html", {"entries": entries, "now": now})
