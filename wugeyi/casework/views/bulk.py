"""One act for several cases: each on its own, and a page that says how each went."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wugeyi.casework.actions import handling
from wugeyi.casework.forms.refusals import explain
from wugeyi.casework.forms.steps import AssignForm
from wugeyi.casework.models import Case
from wugeyi.casework.queries import access as queries
from wugeyi.casework.rules import access
from wugeyi.casework.rules.refusals import Refused
from wugeyi.casework.rules.states import Step
from wugeyi.casework.views.exports import csv_of
from wugeyi.casework.views.staff import StaffRequest, show, staff

MOST = 100


@dataclass(frozen=True, slots=True)
class Failure:
    """A case the act was not carried out on, and why."""

    number: str
    text: str
    key: int
    why: str


@require_POST
@staff(*access.SEES_BY_HANDLER)
def bulk(request: StaffRequest) -> HttpResponseBase:
    """Carry out what was chosen for the picked cases."""
    picks = _picks(request)
    if not picks:
        return _back(request)
    act = request.POST.get("act", "")
    if act == "export" and request.reach.holds(*access.EXPORTS):
        keys = [key for key, _version in picks if _readable(request, key)]
        return csv_of(request, keys, more=False)
    if act == "accept":
        return _each(request, picks, Step.ACCEPT, _accept)
    if act == "assign":
        return _assign(request, picks)
    return _back(request)


def _picks(request: StaffRequest) -> list[tuple[int, int]]:
    """Read ``key:version`` pairs; what cannot be read was not picked."""
    found = []
    for pick in request.POST.getlist("pick")[:MOST]:
        key, _colon, version = pick.partition(":")
        if key.isdigit() and version.isdigit() and len(key) < 16 and len(version) < 10:
            found.append((int(key), int(version)))
    return found


def _readable(request: StaffRequest, key: int) -> Case | None:
    case = queries.load(key)
    if case is None or not access.sees(request.reach, queries.where(case)):
        return None
    return case


def _accept(request: StaffRequest, case: Case, version: int) -> None:
    handling.accept(case=case, by=request.user, at=timezone.now(), version=version)


def _assign(request: StaffRequest, picks: list[tuple[int, int]]) -> HttpResponseBase:
    """Ask to whom first; then send each."""
    asked = "reason" in request.POST
    form = AssignForm(request.POST if asked else None)
    if not asked or not form.is_valid():
        cases = [case for key, _v in picks if (case := _readable(request, key))]
        context = {
            "form": form,
            "picks": [f"{key}:{version}" for key, version in picks],
            "cases": cases,
            "listed": request.POST.get("list", ""),
        }
        return show(request, "bulk_assign.html", context, status=422 if asked else 200)
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]

    def act(request: StaffRequest, case: Case, version: int) -> None:
        handling.assign(
            case=case,
            to=to,
            reason=reason,
            by=request.user,
            at=timezone.now(),
            version=version,
        )

    return _each(request, picks, Step.ASSIGN, act)


def _each(
    request: StaffRequest,
    picks: list[tuple[int, int]],
    step: Step,
    act: Callable[[StaffRequest, Case, int], None],
) -> HttpResponseBase:
    done: list[Case] = []
    failed: list[Failure] = []
    for key, version in picks:
        case = _readable(request, key)
        if case is None:
            why = _("它刚刚转走了，不在您的职责范围里。")
            failed.append(Failure("", "", key, why))
            continue
        why = ""
        if not access.may(step, request.reach, queries.where(case)):
            why = _("这一步不在您的岗位职责内。现由「%(handler)s」办理。") % {
                "handler": case.handler.name
            }
        else:
            try:
                act(request, case, version)
            except Refused as refusal:
                why = explain(refusal.why)
        if why:
            failed.append(Failure(case.number, case.text, case.pk, why))
        else:
            done.append(case)
    context = {
        "done": done,
        "failed": failed,
        "step": step.value,
        "listed": request.POST.get("list", ""),
    }
    return show(request, "bulk_done.html", context)


def _back(request: StaffRequest) -> HttpResponseBase:
    listed = request.POST.get("list", "")
    return redirect(f"{reverse('desk:list')}?{listed}")
