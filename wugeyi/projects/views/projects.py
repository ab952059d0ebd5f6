"""One project: its page, its print, new ones, what is put right, what is published."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.audit.queries import about
from wugeyi.audit.queries import page as events_page
from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.casework.queries import access as case_access
from wugeyi.casework.queries.guesses import described
from wugeyi.casework.rules.access import sees
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.queries.readable import readable
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.projects import panels
from wugeyi.projects.actions import projects as actions
from wugeyi.projects.forms.projects import (
    ChangeForm,
    NewForm,
    PublishForm,
    StateForm,
    WhyForm,
)
from wugeyi.projects.forms.refusals import explain
from wugeyi.projects.models import Project
from wugeyi.projects.models.projects import STATE_NAMES
from wugeyi.projects.queries.chain import chain_of_project
from wugeyi.projects.queries.details import details
from wugeyi.projects.rules import access
from wugeyi.projects.rules.refusals import Refused, Why
from wugeyi.projects.rules.states import NEXT, State
from wugeyi.projects.views.common import (
    key,
    project_of,
    readers,
    show,
    writable,
    writers,
)

POSTS_SHOWN = 12
EVENTS = 30


@require_safe
@readers
def project(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a project."""
    found = project_of(request, pk)
    older = key(request.GET.get("older", ""))
    part = events_page(about(found), before_id=older, size=EVENTS)
    context = {
        **_context(request, found),
        "events": readable(part.events),
        "older": part.older,
        "panels": panels.shown(request, found),
    }
    return show(request, "project.html", context)


@require_safe
@readers
def printed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a project for paper."""
    found = project_of(request, pk)
    return show(request, "printed.html", _context(request, found))


def _context(request: StaffRequest, found: Project) -> dict[str, Any]:
    writes = found.withdrawn_at is None and access.writes(
        request.reach, found.organisation.path
    )
    return {
        "project": found,
        "details": details(found),
        "chain": chain_of_project(found, request.reach),
        "path": lineage(found.organisation),
        "writes": writes,
        "today": timezone.localdate(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: StaffRequest) -> HttpResponse:
    """Take a project down on one screen."""
    source = request.POST if request.method == "POST" else request.GET
    decision = _decision(request, source.get("decision", ""))
    case = _case(request, source.get("case", ""))
    place = _place(request, decision, case)
    roots = request.reach.roots(access.WRITES)
    own = _own(request) if place is None else []
    usual: dict[str, Any] = {
        "roots": roots,
        "place_known": place is not None,
        "suggested": described(own) if len(own) > 1 else (),
    }
    if place is None and len(own) == 1 and own[0].path in roots and _is_leaf(own[0]):
        place, usual["place_known"] = own[0], True
    if request.method == "POST":
        form = NewForm(request.POST, **usual)
        if form.is_valid():
            made = _begin(request, form, place, decision, case)
            messages.success(request, _("已登记。接下来可以加进度、资金和照片。"))
            return redirect("projects:project", pk=made.pk)
    else:
        form = NewForm(initial=_initial(request, decision, case), **usual)
    context = {"form": form, "decision": decision, "case": case, "unit": place}
    status = 422 if form.is_bound else 200
    return show(request, "new.html", context, status=status)


def _begin(
    request: StaffRequest,
    form: NewForm,
    place: Organisation | None,
    decision: Decision | None,
    case: Case | None,
) -> Project:
    values = form.cleaned_data
    begun = actions.begin(
        plan=actions.Plan(
            client_id=values["client_id"],
            organisation=place or values["to"],
            kind=values["kind"],
            other_kind=values["other_kind"],
            title=values["title"],
            started_on=values["started_on"],
            goal=_goal(values),
            number=values["number"],
            level=values["level"],
            decision=decision,
            state=State(values["state"]),
            budget_fen=values["budget"] or 0,
        ),
        cases=[case] if case is not None else [],
        by=request.user,
        at=timezone.now(),
    )
    return begun.project


def _goal(values: dict[str, Any]) -> actions.Goal:
    return actions.Goal(
        text=values["goal"],
        measure=values["measure"],
        indicator=values["indicator"],
        unit=values["unit"],
        baseline=values["baseline"],
        baseline_on=values["baseline_on"]
        or (values["started_on"] if values["baseline"] is not None else None),
        target=values["target"],
        target_on=values["target_on"],
    )


def _initial(
    request: StaffRequest, decision: Decision | None, case: Case | None
) -> dict[str, Any]:
    """Fill in what is known already."""
    today = timezone.localdate()
    initial: dict[str, Any] = {"client_id": uuid4(), "started_on": today}
    if decision is not None:
        first = decision.matter.splitlines()[0] if decision.matter else ""
        initial |= {
            "decision": decision.pk,
            "title": first[:120],
            "started_on": decision.held_on,
            "goal": decision.opinion[:2000],
        }
    if case is not None:
        initial["case"] = case.pk
    kind = request.GET.get("kind", "")
    return {**initial, "kind": kind} if kind else initial


def _decision(request: StaffRequest, typed: str) -> Decision | None:
    found = key(typed)
    if found is None:
        return None
    row = (
        Decision.objects.select_related("organisation")
        .filter(pk=found, withdrawn_at=None)
        .first()
    )
    if row is None or not access.writes(request.reach, row.organisation.path):
        raise PermissionDenied(_("这条决策不在您能登记项目的单位里。"))
    return row


def _case(request: StaffRequest, typed: str) -> Case | None:
    found = key(typed)
    if found is None:
        return None
    row = case_access.load(found)
    if row is None or not sees(request.reach, case_access.where(row)):
        raise PermissionDenied(_("这件诉求您看不到，不能从它开始一个项目。"))
    return row


def _place(
    request: StaffRequest, decision: Decision | None, case: Case | None
) -> Organisation | None:
    """Return whose project it will be, where that need not be asked."""
    if decision is not None:
        return decision.organisation
    if case is not None and access.writes(request.reach, case.place.path):
        return case.place
    return None


def _own(request: StaffRequest) -> list[Organisation]:
    keys = {
        held.organisation_id
        for held in request.reach.holdings
        if held.role in access.WRITES
    }
    return list(Organisation.objects.filter(pk__in=keys).order_by("path")[:POSTS_SHOWN])


def _is_leaf(unit: Organisation) -> bool:
    return not Organisation.objects.filter(parent=unit, valid_to=None).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put right what was said of a project; the history keeps what stood there."""
    found = writable(request, pk)
    if request.method == "POST":
        form = ChangeForm(request.POST)
        if form.is_valid():
            values = dict(form.cleaned_data)
            version = values.pop("version")
            try:
                actions.change(
                    project=found,
                    values=values,
                    version=version,
                    by=request.user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                return _again(request, found, form, refusal.why, _("更正项目"))
            messages.success(request, _("已更正。原来的内容在“经过”里。"))
            return redirect("projects:project", pk=pk)
    else:
        form = ChangeForm(
            initial={
                name: getattr(found, name)
                for name in ChangeForm.base_fields
                if name != "other_kind"
            }
            | {"other_kind": found.other_kind_id}
        )
    status = 422 if form.is_bound else 200
    return _form(request, found, form, _("更正项目"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def state(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a project to its next state."""
    found = writable(request, pk)
    states = [(to.value, STATE_NAMES[to]) for to in NEXT[State(found.state)]]
    title = _("更新状态")
    if request.method == "POST":
        form = StateForm(request.POST, states=states)
        if form.is_valid():
            values = form.cleaned_data
            try:
                actions.move_on(
                    project=found,
                    to=State(values["to"]),
                    on=values["on"],
                    reason=values["reason"],
                    version=values["version"],
                    by=request.user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                return _again(request, found, form, refusal.why, title)
            messages.success(request, _("状态已更新。"))
            return redirect("projects:project", pk=pk)
    else:
        initial = {"on": timezone.localdate(), "version": found.version}
        form = StateForm(initial=initial, states=states)
    return _form(request, found, form, title, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Withdraw a project that was recorded by mistake."""
    found = writable(request, pk)
    title = _("撤回项目")
    form = WhyForm(
        request.POST if request.method == "POST" else None,
        initial={"version": found.version},
    )
    if form.is_valid():
        try:
            actions.withdraw(
                project=found,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            return _again(request, found, form, refusal.why, title)
        messages.success(request, _("已撤回，不再计入任何数字。"))
        return redirect("projects:project", pk=pk)
    lead = _("只用于记错的项目。做了没有成功的，请更新状态为“未成功”，它会留着。")
    status = 422 if form.is_bound else 200
    return _form(request, found, form, title, lead=lead, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish a summary in words a person looked at."""
    found = writable(request, pk)
    title = _("公开这个项目")
    if request.method == "POST":
        form = PublishForm(request.POST)
        if form.is_valid():
            values = form.cleaned_data
            try:
                actions.publish(
                    project=found,
                    goal=values["goal"],
                    result=values["result"],
                    version=values["version"],
                    by=request.user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                return _again(request, found, form, refusal.why, title)
            messages.success(request, _("已公开。"))
            return redirect("projects:project", pk=pk)
    else:
        form = PublishForm(
            initial={
                "goal": found.public_goal or found.goal,
                "result": found.public_result,
                "version": found.version,
            }
        )
    lead = _("所有人都能看到名称、目标、状态和结果；资金、伙伴和照片不公开。")
    status = 422 if form.is_bound else 200
    return _form(request, found, form, title, lead=lead, status=status)


@require_POST
@writers
def unpublish(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a project off the public page."""
    found = writable(request, pk)
    actions.unpublish(project=found, by=request.user, at=timezone.now())
    messages.success(request, _("已从公开页撤下。"))
    return redirect("projects:project", pk=pk)


def _form(
    request: StaffRequest,
    found: Project,
    form: Form,
    title: str,
    *,
    lead: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "project": found,
        "form": form,
        "title": title,
        "lead": lead,
        "wide": isinstance(form, ChangeForm),
    }
    return show(request, "form.html", context, status=status)


def _again(
    request: StaffRequest, found: Project, form: Form, why: Why, title: str
) -> HttpResponse:
    """Show what was typed once more, with what stands in its way."""
    fresh = project_of(request, found.pk)
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    form.data = data
    form.add_error(None, explain(why))
    return _form(request, fresh, form, title, status=409)
