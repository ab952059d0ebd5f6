"""Scenarios of a line: their list, one of them, ready-made series, asking for plans."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.buslines.actions import planning, scenarios, series
from wugeyi.buslines.actions.series import Member
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.forms.planning import (
    PlanForm,
    ScenarioForm,
    describe_fares,
    initial,
)
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import FareTable, Line, Scenario
from wugeyi.buslines.queries import scenarios as queries
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.buslines.queries.scenarios import fare_tables, vehicles
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    key_of,
    line_of,
    need_writing,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.jobs.models import Work

SEPARATIONS = range(11)
STOPS = (4, 6)


@require_safe
@readers
def listed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a line's scenarios with their newest plans, and the ready-made series."""
    line = line_of(request, pk)
    page = queries.scenarios(
        line,
        older=key_of(request.GET.get("older", "")) or None,
        newer=key_of(request.GET.get("newer", "")) or None,
    )
    rows = [
        (row, queries.best_of(queries.latest(row)), _unfinished(row))
        for row in page.rows
    ]
    context = {
        **frame(request, line),
        "page": page,
        "rows": rows,
        "client_id": uuid4(),
        "lacking": ", ".join(engine.lacking()),
        "today": timezone.localdate(),
    }
    return show(request, "scenarios.html", context)


def _unfinished(row: Scenario) -> Work | None:
    works = (plan.work for plan in queries.latest(row))
    return next((work for work in works if work and work.unfinished), None)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a scenario."""
    line = writable(request, pk)
    given = {"client_id": uuid4(), "on": timezone.localdate()}
    form = _form(request, line, given)
    if form.is_bound and form.is_valid():
        try:
            made = scenarios.create(
                line=line,
                client_id=form.cleaned_data["client_id"],
                said=form.said(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            return redirect("buslines:scenario", pk=made.pk)
    context = {**frame(request, line), "form": form, "title": _("新方案")}
    status = 422 if form.is_bound else 200
    return show(request, "scenario_form.html", context, status=status)


def _form(request: StaffRequest, line: Line, given: dict[str, Any]) -> ScenarioForm:
    on = given["on"]
    return ScenarioForm(
        request.POST if request.method == "POST" else None,
        initial=given,
        vehicles=vehicles(line, on),
        tables=fare_tables(line),
    )


def scenario_of(request: StaffRequest, pk: int) -> Scenario:
    """Return a scenario of a line this person may read; else 404."""
    found = queries.load_scenario(pk)
    if found is None or not access.reads(request.reach, found.line.organisation.path):
        raise Http404
    return found


def writable_scenario(request: StaffRequest, pk: int) -> Scenario:
    """Return a scenario this person may write; 404 if it may not even be read."""
    found = scenario_of(request, pk)
    need_writing(request, found.line)
    return found


@require_safe
@readers
def scenario(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a scenario changes, what stands in the way, and its plans."""
    found = scenario_of(request, pk)
    gathered = case_of(found.line, found.on, overrides=queries.overrides_of(found))
    plans = queries.plans_of(found)
    context = {
        **frame(request, found.line),
        "scenario": found,
        "fares": describe_fares(found.fares) if found.fares else "",
        "plans": plans,
        "unfinished": next(
            (p.work for p in plans if p.work and p.work.unfinished), None
        ),
        "findings": [engine.kept(each) for each in gathered.findings],
        "sound": gathered.sound and "ways" not in gathered.missing,
        "requests": len(gathered.case.requests),
        "form": PlanForm(initial={"client_id": uuid4()}),
        "lacking": ", ".join(engine.lacking()),
    }
    return show(request, "scenario.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a scenario; with plans, only what it is called."""
    found = writable_scenario(request, pk)
    form = _form(request, found.line, initial(found))
    if form.is_bound and form.is_valid():
        try:
            scenarios.change(
                scenario=found,
                said=form.said(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            return redirect("buslines:scenario", pk=found.pk)
    context = {
        **frame(request, found.line),
        "form": form,
        "scenario": found,
        "title": _("改方案"),
    }
    status = 422 if form.is_bound else 200
    return show(request, "scenario_form.html", context, status=status)


@require_POST
@writers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a scenario out of the list."""
    found = writable_scenario(request, pk)
    try:
        scenarios.withdraw(scenario=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect("buslines:scenario", pk=pk)
    messages.success(request, _("方案已撤回，算过的结果还能看。"))
    return redirect("buslines:scenarios", pk=found.line_id)


@require_POST
@writers
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for a plan of a scenario."""
    found = writable_scenario(request, pk)
    form = PlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选算多细。"))
        return redirect("buslines:scenario", pk=pk)
    try:
        plan = planning.ask_for_plan(
            scenario=found,
            client_id=form.cleaned_data["client_id"],
            steps=form.cleaned_data["steps"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect("buslines:scenario", pk=pk)
    return redirect("buslines:plan", pk=plan.pk)


@require_POST
@writers
def series_of(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a ready-made series and show it side by side."""
    line = writable(request, pk)
    on = timezone.localdate()
    members = _members(line, request.POST.get("kind", ""), on)
    if not members:
        messages.error(request, _("没有可比的：请先登记车辆或另一份票价。"))
        return redirect("buslines:scenarios", pk=pk)
    try:
        made = series.make_series(
            line=line,
            client_id=_uuid(request.POST.get("client_id", "")),
            members=members,
            on=on,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect("buslines:scenarios", pk=pk)
    if len(made) == 1:
        return redirect("buslines:scenario", pk=made[0].pk)
    keys = "&".join(f"with={each.pk}" for each in made)
    return redirect(f"{reverse('buslines:compare', args=[pk])}?{keys}")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _members(line: Line, kind: str, on: date) -> list[Member]:
    base = Member(_("按现有数据"))
    if kind == "base":
        return [base]
    if kind == "separation":
        return [
            Member(_("错开 %(n)s 分钟") % {"n": n}, {"hard_minutes": n})
            for n in SEPARATIONS
        ]
    if kind == "stops":
        return [
            Member(_("每班最多停 %(n)s 站") % {"n": n}, {"stops_limit": n})
            for n in STOPS
        ]
    if kind == "bus":
        more = [
            Member(
                _("多一辆 %(vehicle)s") % {"vehicle": each},
                {"fleet": {each.pk: each.count + 1}},
            )
            for each in vehicles(line, on)
        ]
        return [base, *more] if more else []
    if kind == "fares":
        return _fare_members(base, fare_tables(line))
    return []


def _fare_members(base: Member, tables: Any) -> list[Member]:
    other: list[FareTable] = [each for each in tables if each.trial]
    more = [
        Member(_("票价 %(fares)s") % {"fares": describe_fares(each)}, {"fares": each})
        for each in other
    ]
    return [base, *more] if more else []
