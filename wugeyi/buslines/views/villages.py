"""A village writes down who wants to ride, on a phone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wugeyi.buslines.actions import dated
from wugeyi.buslines.actions import records as actions
from wugeyi.buslines.actions.asking import ask
from wugeyi.buslines.forms.records import DemandForm, EndForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.forms.village import VillageForm
from wugeyi.buslines.models import Demand, Spot
from wugeyi.buslines.queries import villages as queries
from wugeyi.buslines.queries.records import proposed_code
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import StaffRequest, askers, page_keys, show
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import need, unit_or_404

KEPT = ("source", "market", "stop", "latest_minute")
"""What is likely the same for the next in the row."""


def _village(request: StaffRequest, code: str) -> Organisation:
    village = unit_or_404(code)
    need(request, access.ASKS, village)
    return village


@require_http_methods(["GET", "HEAD", "POST"])
@askers
def demand(request: StaffRequest, code: str) -> HttpResponse:
    """Ask the three questions; show what was written down before."""
    village = _village(request, code)
    today = timezone.localdate()
    stops = queries.stops_of(village, on=today)
    markets = queries.markets_of(stops, on=today)
    usual: dict[str, Any] = {"stops": stops, "markets": markets}
    form = VillageForm(request.POST or None, initial=_initial(request, stops), **usual)
    if request.method == "POST" and stops and form.is_valid():
        try:
            made = ask(
                stop=form.cleaned_data["stop"],
                market=form.cleaned_data["market"],
                said=form.said(),
                on=today,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("记下了。可以接着记下一家。"))
            return redirect(f"{request.path}?{_kept(form, made[0])}")
    page = queries.asked(
        village,
        on=today,
        **page_keys(request),
    )
    context = {
        "village": village,
        "path": lineage(village),
        "form": form,
        "stops": stops,
        "markets": markets,
        "pages": page,
        "today": today,
    }
    status = 422 if form.is_bound else 200
    return show(request, "village.html", context, status=status)


def _initial(request: StaffRequest, stops: list[Spot]) -> dict[str, Any]:
    initial: dict[str, Any] = {
        name: request.GET[name] for name in KEPT if name in request.GET
    }
    if stops:
        initial["code"] = proposed_code(stops[0].line, "demand", "r")
    return initial


def _kept(form: VillageForm, made: Demand) -> str:
    return urlencode(
        {
            "source": made.source,
            "market": made.market_id,
            "stop": made.stop_id,
            "latest_minute": str(form.data.get("latest_minute", ""))[:8],
        }
    )


def _row(village: Organisation, pk: int) -> Demand:
    found = queries.one(village, pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@askers
def edit(request: StaffRequest, code: str, row: int) -> HttpResponse:
    """Let a request say something else from a day on."""
    village = _village(request, code)
    found = _row(village, row)
    today = timezone.localdate()
    back = reverse("buslines:village-demand", args=[code])
    initial = {
        **DemandForm.initial_of(found),
        "on": max(today, found.valid_from),
        "version": found.version,
    }
    form = DemandForm(request.POST or None, initial=initial, line=found.line, row=found)
    _own_stops_only(form, queries.stops_of(village, on=today))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                row=found,
                values=form.values(),
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("已更改。"))
            return redirect(back)
    context = {
        "form": form,
        "title": str(found),
        "kind_label": village.name,
        "back_url": back,
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _own_stops_only(form: DemandForm, stops: list[Spot]) -> None:
    field: Any = form.fields["stop"]
    field.queryset = field.queryset.filter(pk__in=[each.pk for each in stops])


@require_http_methods(["GET", "HEAD", "POST"])
@askers
def end(request: StaffRequest, code: str, row: int) -> HttpResponse:
    """Somebody rides no longer."""
    village = _village(request, code)
    found = _row(village, row)
    back = reverse("buslines:village-demand", args=[code])
    initial = {"on": timezone.localdate(), "version": found.version}
    form = EndForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            dated.end(
                row=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("记下了：从那天起不坐了。"))
            return redirect(back)
    context = {
        "title": _("“%(name)s”不坐车了？") % {"name": found},
        "text": "",
        "form": form,
        "button": _("不坐了"),
        "dangerous": True,
        "back_url": back,
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "ui/confirm.html", context, status=status)
