"""Scenarios: their list, one of them, several side by side, what they belong to."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.casework.queries import access as case_access
from wugeyi.casework.queries.desk import by_number
from wugeyi.casework.rules.access import sees
from wugeyi.circles import actions
from wugeyi.circles.forms import changes as texts
from wugeyi.circles.forms.circles import AttachForm, BuiltForm
from wugeyi.circles.forms.refusals import explain
from wugeyi.circles.models import Attachment, Circle, Scenario
from wugeyi.circles.queries import lists
from wugeyi.circles.queries.attachments import attachments_of
from wugeyi.circles.queries.effects import Effect, effect_of
from wugeyi.circles.queries.scenarios import best
from wugeyi.circles.rules import access
from wugeyi.circles.rules.refusals import Refused
from wugeyi.circles.views.common import (
    circle_of,
    frame,
    key,
    readers,
    scenario_of,
    show,
    writable_scenario,
    writers,
)
from wugeyi.circles.views.looking import (
    Look,
    bounds,
    chosen_kind,
    described,
    look,
    paces,
)
from wugeyi.circles.views.trying import moved, outcome
from wugeyi.organisations.queries import within
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.projects.models import Project

MOST_COMPARED = 4
MOST_OFFERED = 30


@require_safe
@readers
def scenarios(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the scenarios of a circle, to open one or compare several."""
    circle = circle_of(request, pk)
    page = lists.scenarios(
        circle,
        older=key(request.GET.get("older", "")),
        newer=key(request.GET.get("newer", "")),
    )
    context = {
        **frame(request, circle),
        "page": page,
        "rows": [(row, best(row)) for row in page.rows],
    }
    return show(request, "scenarios.html", context)


@require_safe
@readers
def scenario(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a scenario on today's streets, beside what was kept of it."""
    found = scenario_of(request, pk)
    circle = found.circle
    chosen = look(request, circle)
    context: dict[str, Any] = {
        **frame(request, circle),
        "scenario": found,
        "chosen": chosen,
        "paces": paces(),
        "query": chosen.query(),
        "outcomes": list(found.outcomes.all()),
        "attached": _attached(request, found),
        "built_form": BuiltForm(
            initial={"on": found.built_on, "version": found.version}
        ),
    }
    try:
        context |= _now(found, chosen)
    except Refused as refused:
        context["refusal"] = explain(refused)
    return show(request, "scenario.html", context)


def _now(found: Scenario, chosen: Look) -> dict[str, Any]:
    """Return what a scenario would do today, for the map and the table."""
    told = effect_of(found, chosen.setting, today=timezone.localdate())
    # The map shows the kind it helps most, unless another one was chosen.
    helped = max(told.kinds, key=lambda each: each.residents_gained)
    code = chosen.code or (helped.kind.code if helped.residents_gained else "")
    picked = chosen_kind(told.seen, code)
    if picked is None:
        return {}
    kind = picked[1]
    changes = [row.said() for row in found.changes.all()]
    kinds = [each.kind for each in told.seen.kinds]
    return {
        **described(told.seen, kind, chosen),
        "effect": told,
        "gain": next(each for each in told.kinds if each.kind.pk == kind.kind.pk),
        **moved(told, chosen),
        "listed": [
            texts.say(change, kinds, told.seen.facilities) for change in changes
        ],
        "written": [texts.write(change, kinds) for change in changes],
        "scene_query": chosen.query(kind=kind.kind.code),
        "tried_query": chosen.query(
            kind=kind.kind.code,
            change=[texts.write(change, kinds) for change in changes],
        ),
        "outcome": json.dumps(outcome(told.seen, kind, told, changes)),
        "bounds": bounds(told.seen.homes, found.circle.network),
    }


def _attached(request: StaffRequest, found: Scenario) -> list[tuple[Attachment, bool]]:
    """Return what it belongs to, and whether this person may open that."""
    rows = []
    for each in attachments_of(found):
        if each.case is not None:
            may = sees(request.reach, case_access.where(each.case))
        else:
            row = each.decision or each.project
            may = row is not None and access.reads(request.reach, row.organisation.path)
        rows.append((each, may))
    return rows


@require_safe
@readers
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Show scenarios side by side: the same kind, the same steps, on today's streets."""
    circle = circle_of(request, pk)
    chosen = look(request, circle)
    wanted = [each for each in map(key, request.GET.getlist("with")) if each]
    rows = lists.compared(circle, wanted[:MOST_COMPARED])
    context: dict[str, Any] = {
        **frame(request, circle),
        "chosen": chosen,
        "paces": paces(),
        "rows": rows,
        "with": [row.pk for row in rows],
    }
    if len(rows) > 1:
        context |= _beside(circle, chosen, rows)
    return show(request, "compare.html", context)


def _beside(circle: Circle, chosen: Look, rows: list[Scenario]) -> dict[str, Any]:
    today = timezone.localdate()
    effects: list[tuple[Scenario, Effect | None, str]] = []
    for row in rows:
        row.circle = circle
        try:
            told = effect_of(row, chosen.setting, today=today)
        except Refused as refused:
            effects.append((row, None, explain(refused)))
        else:
            effects.append((row, told, ""))
    shown = [told for _row, told, _refusal in effects if told is not None]
    code = chosen.code or _most_moved(shown)
    columns = [
        {"scenario": row, "refusal": refusal}
        if told is None
        else _column(chosen, code, row, told)
        for row, told, refusal in effects
    ]
    keys = [row.pk for row in rows]
    cells = [told.kinds if told else None for _row, told, _refusal in effects]
    # Kinds in which nothing changes in any of them say nothing.
    table = [
        (
            kind.kind,
            chosen.query(kind=kind.kind.code, **{"with": keys}),
            [each[place] if each else None for each in cells],
        )
        for place, kind in enumerate(shown[0].kinds if shown else ())
        if any(
            told.kinds[place].homes_gained or told.kinds[place].homes_lost
            for told in shown
        )
    ]
    return {"columns": columns, "table": table}


def _most_moved(shown: list[Effect]) -> str:
    """Return the code of the kind that most people come inside of, in any scenario."""
    gains = [each for told in shown for each in told.kinds if each.residents_gained]
    best = max(gains, key=lambda each: each.residents_gained, default=None)
    return best.kind.code if best else ""


def _column(chosen: Look, code: str, row: Scenario, told: Effect) -> dict[str, Any]:
    """Return what one scenario does, for its place among the others."""
    picked = chosen_kind(told.seen, code)
    assert picked is not None  # noqa: S101 (an effect has kinds)
    kind = picked[1]
    changes = [each.said() for each in row.changes.all()]
    kinds = [each.kind for each in told.kinds]
    return {
        **described(told.seen, kind, chosen),
        "scenario": row,
        "gain": next(each for each in told.kinds if each.kind.pk == kind.kind.pk),
        "listed": [
            texts.say(change, kinds, told.seen.facilities) for change in changes
        ],
        "outcome": json.dumps(outcome(told.seen, kind, told, changes)),
        "scene_query": chosen.query(kind=kind.kind.code),
        "bounds": bounds(told.seen.homes, told.seen.circle.network),
    }


@require_POST
@writers
def compute(request: StaffRequest, pk: int) -> HttpResponse:
    """Compute a scenario anew, on the streets of today."""
    found = writable_scenario(request, pk)
    try:
        actions.compute(
            scenario=found,
            on=timezone.localdate(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("已按现在的路网、住房和设施重新算。"))
    return redirect("circles:scenario", pk=pk)


@require_POST
@writers
def built(request: StaffRequest, pk: int) -> HttpResponse:
    """Say on which day it stood there."""
    found = writable_scenario(request, pk)
    form = BuiltForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("日期看不懂，没有保存。请写成 2026-11-22 这样。"))
        return redirect("circles:scenario", pk=pk)
    try:
        actions.mark_built(
            scenario=found,
            on=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
            version=form.cleaned_data["version"],
        )
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("建成日期记下了。"))
    return redirect("circles:scenario", pk=pk)


@require_POST
@writers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a scenario out of the lists."""
    found = writable_scenario(request, pk)
    try:
        actions.withdraw(scenario=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("方案已撤回。"))
    return redirect("circles:scenarios", pk=found.circle_id)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def attach(request: StaffRequest, pk: int) -> HttpResponse:
    """Lay a scenario beside the case, decision or project it belongs to."""
    found = writable_scenario(request, pk)
    offered = _offered(request)
    form = AttachForm(
        request.POST if request.method == "POST" else None,
        initial={"case": request.GET.get("case", "")[:30]},
        decisions=[(row.pk, str(row.matter)[:60]) for row in offered[0]],
        projects=[(row.pk, row.title) for row in offered[1]],
    )
    if form.is_valid():
        to = _target(request, form, offered)
        if to is None:
            form.add_error(
                "case", _("找不到这个编号，或者它不在您能看到的范围里。请核对。")
            )
        else:
            try:
                actions.attach(
                    scenario=found, to=to, by=request.user, at=timezone.now()
                )
            except Refused as refused:
                form.add_error(None, explain(refused))
            else:
                messages.success(request, _("附上了。那边的页面上也能看到这个方案。"))
                return redirect("circles:scenario", pk=pk)
    context = {
        **frame(request, found.circle),
        "scenario": found,
        "form": form,
        "title": _("附到诉求、决策或项目上"),
        "button": _("附上"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _offered(request: StaffRequest) -> tuple[list[Decision], list[Project]]:
    """Return the latest decisions and projects this person writes."""
    inside = within("organisation__path", request.reach.roots(access.WRITES))
    decisions = Decision.objects.filter(inside, withdrawn_at=None)
    projects = Project.objects.filter(inside, withdrawn_at=None)
    return (
        list(decisions.order_by("-pk")[:MOST_OFFERED]),
        list(projects.order_by("-pk")[:MOST_OFFERED]),
    )


def _target(
    request: StaffRequest,
    form: AttachForm,
    offered: tuple[list[Decision], list[Project]],
) -> Case | Decision | Project | None:
    values = form.cleaned_data
    if values.get("decision"):
        return next(row for row in offered[0] if row.pk == values["decision"])
    if values.get("project"):
        return next(row for row in offered[1] if row.pk == values["project"])
    number = by_number(values["case"]) or key(values["case"])
    case = case_access.load(number) if number else None
    if case is None or not sees(request.reach, case_access.where(case)):
        return None
    return case


@require_POST
@writers
def detach(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a scenario away from what it was attached to."""
    row = Attachment.objects.select_related("scenario").filter(pk=pk).first()
    if row is None:
        raise Http404
    writable_scenario(request, row.scenario_id)
    actions.detach(attachment=row, by=request.user, at=timezone.now())
    messages.success(request, _("已取下。"))
    return redirect("circles:scenario", pk=row.scenario_id)
