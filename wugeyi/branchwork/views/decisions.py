"""A decision: written down on one screen, then its outcome and its cases."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.branchwork import panels
from wugeyi.branchwork.actions import decisions as actions
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.forms.records import DecisionForm
from wugeyi.branchwork.forms.steps import OutcomeForm
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.queries import cases as case_queries
from wugeyi.branchwork.queries.procedure import procedure
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.refusals import Refused
from wugeyi.branchwork.views.records import form_page, page_of, saved
from wugeyi.branchwork.views.specs import BY_SLUG
from wugeyi.branchwork.views.staff import (
    StaffRequest,
    addressed,
    readable_or_404,
    refusal,
    show,
    staff,
    units_of,
    writable,
)
from wugeyi.casework.models import Case
from wugeyi.organisations.models import Kind

SPEC = BY_SLUG["decisions"]
VILLAGE_KINDS = frozenset({Kind.VILLAGE.value, Kind.COMMUNITY.value})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def new(request: StaffRequest) -> HttpResponse:
    """Write a decision down; ``?case=`` is the case one came from."""
    units = units_of(request, addressed(request, writing=True))
    picked = _picked(request)
    look = "find" in request.POST
    initial = {"client_id": uuid4(), "held_on": timezone.localdate()}
    form = DecisionForm(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and not look and form.is_valid():
        added = add(
            model=Decision,
            organisation=form.cleaned_data["organisation"],
            values=form.values(),
            client_id=form.cleaned_data["client_id"],
            cases=picked,
            by=request.user,
            at=timezone.now(),
        )
        return saved(request, added.row, created=added.created)
    more: dict[str, Any] = {"looking": look, "picks_cases": True, "picked": picked}
    return form_page(request, SPEC, form, **more, **_found(request, picked))


def _picked(request: StaffRequest) -> list[Case]:
    """Return the cases chosen so far, as far as they may be read."""
    source = request.POST if request.method == "POST" else request.GET
    typed = source.getlist("case")[:50]
    keys = [int(each) for each in typed if each.isascii() and each.isdigit()]
    return case_queries.among((key for key in keys if key < 2**62), request.reach)


def _found(request: StaffRequest, picked: list[Case]) -> dict[str, Any]:
    text = request.POST.get("words", "")[:60] if "find" in request.POST else ""
    if not text.strip():
        return {"words": text, "found": [], "searched": False}
    have = {case.pk for case in picked}
    found = case_queries.find(text, request.reach, now=timezone.now())
    return {
        "words": text,
        "found": [case for case in found if case.pk not in have],
        "searched": True,
    }


@require_safe
@staff(*access.READS_DECISIONS)
def decision(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a decision with what caused it and what came of it."""
    found = readable_or_404(request, Decision, pk)
    suggestions = found.suggestions.filter(withdrawn_at=None).order_by("made_on", "pk")
    seen, unseen = case_queries.causes(found, request.reach)
    steps = procedure(found)
    context = {
        **page_of(request, SPEC, found),
        "decision": found,
        "cases": seen,
        "unseen": unseen,
        "suggestions": list(suggestions[:50]),
        "procedure": steps,
        "offers_procedure": found.organisation.kind in VILLAGE_KINDS
        or bool(found.track)
        or steps.recorded,
        "panels": panels.shown(request, found),
        "only_decisions": not request.reach.holds(*access.READS),
    }
    return show(request, "decision.html", context)


@require_safe
@staff(*access.READS_DECISIONS)
def printed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a decision for one sheet of paper."""
    found = readable_or_404(request, Decision, pk)
    seen, unseen = case_queries.causes(found, request.reach)
    context = {
        **page_of(request, SPEC, found),
        "decision": found,
        "cases": seen,
        "unseen": unseen,
        "procedure": procedure(found),
        "suggestions": list(found.suggestions.filter(withdrawn_at=None)[:50]),
    }
    return show(request, "printed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.FOLLOWS)
def outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell whether the opinion was adopted, and what came of it."""
    found = readable_or_404(request, Decision, pk)
    writable(request, found, follow=True)
    first = {
        "version": found.version,
        "adopted": found.adopted if found.adopted != "pending" else "yes",
        "outcome": found.outcome,
        "outcome_on": found.outcome_on or timezone.localdate(),
    }
    form = OutcomeForm(request.POST or None, initial=first, decision=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.record_outcome(
                decision=found,
                adopted=values["adopted"],
                outcome=values["outcome"],
                on=values["outcome_on"],
                version=values["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            messages.warning(request, refusal(problem))
        else:
            messages.success(request, _("结果已记下。"))
        return redirect(found)
    wrong = form.is_bound and not form.is_valid()
    context = {"decision": found, "row": found, "form": form}
    return show(request, "outcome.html", context, status=422 if wrong else 200)


@require_POST
@staff(*access.WRITES)
def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Name a case that caused the decision, by its number; or take one off."""
    found = readable_or_404(request, Decision, pk)
    writable(request, found)
    at = timezone.now()
    typed = request.POST.get("drop", "")
    try:
        if typed.isascii() and typed.isdigit() and len(typed) < 16:
            actions.unlink_case(
                decision=found, case_id=int(typed), by=request.user, at=at
            )
            messages.success(request, _("已取消关联。"))
            return redirect(found)
        cases = case_queries.find(request.POST.get("words", ""), request.reach, now=at)
        if len(cases) != 1:
            messages.warning(request, _many(len(cases)))
            return redirect(found)
        actions.link_cases(decision=found, cases=cases, by=request.user, at=at)
    except Refused as problem:
        messages.warning(request, refusal(problem))
    else:
        messages.success(request, _("已关联。"))
    return redirect(found)


def _many(number: int) -> str:
    if number:
        return _("有几件诉求符合。请输入编号，或多写几个字。")
    return _("没有找到这件诉求。请核对编号，或换几个字。")
