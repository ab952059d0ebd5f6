"""What a line has one of at a time: rules, fares; ways and timetables read from files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.buslines.actions import single as actions
from wugeyi.buslines.adapter import standards
from wugeyi.buslines.forms.records import FaresForm, RuleForm
from wugeyi.buslines.forms.records.rules import UNITS, name_of
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import FareTable, Line, Rule, holding
from wugeyi.buslines.queries import records as queries
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.rules.rulenames import BY_NAME, NOTICES, ROSTER, RuleName
from wugeyi.buslines.templatetags.busrecords import fen, minute
from wugeyi.buslines.views.common import StaffRequest, frame, page_keys, show
from wugeyi.buslines.views.kinds import label_of

Context = dict[str, Any]
HOURS = 120
"""Whole hours from so many minutes on are written as hours."""


def rules(request: StaffRequest, line: Line, context: Context) -> HttpResponse:
    """Show every rule with what holds today, and where it comes from."""
    held = {
        rule.name: rule
        for rule in Rule.objects.filter(holding(context["today"]), line=line)
    }
    usual, origins = standards.standards(), standards.origins()
    rows = [_shown(rule, held.get(rule.name), usual, origins) for rule in _all()]
    roster = [row for row in rows if row["rule"].name.startswith(ROSTER)]
    notices = [row for row in rows if row["rule"] in NOTICES]
    apart = (*roster, *notices)
    context["groups"] = [
        (_("排方案的规则"), [row for row in rows if row not in apart]),
        (_("排驾驶员的规则"), roster),
        (_("改时刻表的规则"), notices),
    ]
    return show(request, "rules.html", context)


def _all() -> list[RuleName]:
    return list(BY_NAME.values())


def _shown(
    rule: RuleName,
    held: Rule | None,
    usual: dict[str, int],
    origins: dict[str, tuple[str, bool]],
) -> dict[str, Any]:
    source, verified = origins.get(rule.name, ("", True))
    if held is not None:
        source, verified = held.source, held.verified
    return {
        "rule": rule,
        "name": name_of(rule),
        "number": written(rule, held.number if held else usual[rule.name]),
        "held": held,
        "source": source,
        "verified": verified,
    }


def written(rule: RuleName, number: int) -> str:
    """Return a rule's number with its unit."""
    if rule.unit == "fen":
        return fen(number)
    if rule.unit == "clock":
        return minute(number)
    if not rule.unit:
        return str(number)
    if rule.unit == "minutes" and number >= HOURS and number % 60 == 0:
        return _("%(n)s 小时") % {"n": number // 60}
    return _("%(n)s %(unit)s") % {"n": number, "unit": UNITS[rule.unit]}


def new_rule(request: StaffRequest, line: Line) -> HttpResponse:
    """Let a rule have a number from a day on."""
    rule = BY_NAME.get(request.GET.get("name", ""))
    if rule is None:
        raise Http404
    today = timezone.localdate()
    held = Rule.objects.filter(holding(today), line=line, name=rule.name).first()
    initial = {
        "on": today,
        "number": held.number if held else standards.standards()[rule.name],
        "source": held.source if held else "",
        "verified": held.verified if held else False,
    }
    form = RuleForm(request.POST or None, initial=initial, line=line, rule=rule)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.set_rule(
                line=line,
                name=rule.name,
                number=values["number"],
                source=values["source"],
                verified=values["verified"],
                on=values["on"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("规则定好了。以后算的方案按它来。"))
            return redirect("buslines:records", pk=line.pk, kind="rules")
    return _form(request, line, form, kind="rules", title=name_of(rule))


def fares(request: StaffRequest, line: Line, context: Context) -> HttpResponse:
    """Show what a ride costs: in force, to come, for comparing."""
    page = queries.page(
        line,
        "fares",
        today=context["today"],
        ended=context["ended"],
        **page_keys(request),
    )
    rows = [(row, _prices(row)) for row in page.rows]
    return show(request, "fares.html", {**context, "pages": page, "rows": rows})


def _prices(row: FareTable) -> list[tuple[str, str]]:
    """Return what somebody pays by baskets, capped."""
    cap = row.cap_fen if row.cap_fen is not None else 10**9
    shown = [(_("不带筐"), fen(min(row.base_fen, cap)))]
    for band in row.bands.all():
        label = _("带 %(n)s 筐起") % {"n": band.from_baskets}
        shown.append((label, fen(min(row.base_fen + band.fen, cap))))
    return shown


def new_fares(request: StaffRequest, line: Line) -> HttpResponse:
    """Let a fare table hold from a day on, or write one down for comparing."""
    today = timezone.localdate()
    held = (
        FareTable.objects.filter(holding(today), line=line, trial=False)
        .prefetch_related("bands")
        .first()
    )
    initial = {**(FaresForm.initial_of(held) if held else {}), "on": today}
    initial["trial"] = request.GET.get("trial") == "1"
    form = FaresForm(request.POST or None, initial=initial, line=line)
    if request.method == "POST" and form.is_valid():
        trial = form.cleaned_data["trial"]
        act = actions.add_trial_fares if trial else actions.set_fares
        try:
            act(
                line=line,
                fares=form.fares(),
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("票价记下了。"))
            return redirect("buslines:records", pk=line.pk, kind="fares")
    return _form(request, line, form, kind="fares", title=_("定一套票价"))


def _form(
    request: StaffRequest, line: Line, form: Any, *, kind: str, title: str
) -> HttpResponse:
    context = {
        **frame(request, line),
        "form": form,
        "title": title,
        "kind": kind,
        "kind_label": label_of(kind),
        "back_url": reverse("buslines:records", args=[line.pk, kind]),
    }
    status = 422 if form.is_bound else 200
    return show(request, "record_form.html", context, status=status)


Page = Callable[[StaffRequest, Line, Context], HttpResponse]
PAGES: dict[str, Page] = {"rules": rules, "fares": fares}
NEW: dict[str, Callable[[StaffRequest, Line], HttpResponse]] = {
    "rules": new_rule,
    "fares": new_fares,
}
