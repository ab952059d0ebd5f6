"""A suggestion: written down, then followed to its end."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.actions.suggestions import follow as follow_action
from wugeyi.branchwork.forms.records import SuggestionForm
from wugeyi.branchwork.forms.steps import FollowForm
from wugeyi.branchwork.models import Decision, Suggestion
from wugeyi.branchwork.queries.cases import among
from wugeyi.branchwork.queries.records import load
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.refusals import Refused
from wugeyi.branchwork.rules.suggestions import NEXT, State
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

SPEC = BY_SLUG["suggestions"]


def _key(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0


def _decision(request: StaffRequest) -> Decision | None:
    source = request.POST if request.method == "POST" else request.GET
    key = _key(source.get("decision", ""))
    return load(Decision, key, request.reach) if key else None


def _case(request: StaffRequest) -> Case | None:
    source = request.POST if request.method == "POST" else request.GET
    found = among([_key(source.get("case", ""))], request.reach)
    return found[0] if found else None


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def new(request: StaffRequest) -> HttpResponse:
    """Write a suggestion down; it may belong to a decision or a case one came from."""
    decision, case = _decision(request), _case(request)
    at_home = addressed(request, writing=True)
    if decision is not None and access.writes(
        request.reach, decision.organisation.path
    ):
        at_home = decision.organisation
    units = units_of(request, at_home)
    initial: dict[str, Any] = {
        "client_id": uuid4(),
        "made_on": decision.held_on if decision else timezone.localdate(),
        "decision": decision.pk if decision else None,
        "case": case.pk if case else None,
    }
    form = SuggestionForm(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and form.is_valid():
        added = add(
            model=Suggestion,
            organisation=form.cleaned_data["organisation"],
            values={**form.values(), "decision": decision, "case": case},
            client_id=form.cleaned_data["client_id"],
            by=request.user,
            at=timezone.now(),
        )
        return saved(request, added.row, created=added.created)
    return form_page(request, SPEC, form, of_decision=decision, of_case=case)


@require_safe
@staff(*access.READS)
def suggestion(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a suggestion and how far it has come."""
    found = readable_or_404(request, Suggestion, pk)
    context = page_of(request, SPEC, found)
    decision = found.decision
    if decision is not None and load(Decision, decision.pk, request.reach) is None:
        decision = None
    seen = among([found.case_id] if found.case_id else [], request.reach)
    context |= {
        "suggestion": found,
        "of_decision": decision,
        "of_case": seen[0] if seen else None,
        "goes_on": bool(NEXT[State(found.state)]) and context["may_follow"],
    }
    return show(request, "suggestion.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.FOLLOWS)
def follow(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell how a suggestion goes on."""
    found = readable_or_404(request, Suggestion, pk)
    writable(request, found, follow=True)
    now = State(found.state)
    if not NEXT[now] and request.method != "POST":
        return redirect(found)
    first = {
        "version": found.version,
        "on": timezone.localdate(),
        "state": request.GET.get("state", ""),
        "result": found.result,
    }
    form = FollowForm(request.POST or None, initial=first, now=now)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            follow_action(
                suggestion=found,
                state=State(values["state"]),
                result=values["result"],
                on=values["on"],
                version=values["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            messages.warning(request, refusal(problem))
        else:
            messages.success(request, _("已记下。"))
        return redirect(found)
    wrong = form.is_bound and not form.is_valid()
    context = {"row": found, "suggestion": found, "form": form}
    return show(request, "follow.html", context, status=422 if wrong else 200)
