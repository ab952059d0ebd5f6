"""Circles: the list, one circle, a new one, its settings, what is open to everybody."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.casework.forms.picking import described as placed
from wugeyi.circles import actions
from wugeyi.circles.actions.circles import Plan
from wugeyi.circles.forms.circles import ChangeForm, NewForm
from wugeyi.circles.forms.refusals import explain
from wugeyi.circles.models import Circle
from wugeyi.circles.queries import lists
from wugeyi.circles.queries.seen import Seen, seen, worst
from wugeyi.circles.rules import access
from wugeyi.circles.rules.paces import DEFAULT_MM_S, Pace
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.circles.views.common import (
    circle_of,
    frame,
    key,
    readers,
    show,
    writable,
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
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import held, lineages
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.places.queries import network_of, own_template

WORST_SHOWN = 10
SCENARIOS_SHOWN = 5
HOMES_A_PAGE = 100


@require_safe
@readers
def circles(request: StaffRequest) -> HttpResponse:
    """Show one page of circles."""
    page = lists.circles(
        request.reach,
        older=key(request.GET.get("older", "")),
        newer=key(request.GET.get("newer", "")),
    )
    units = {row.organisation_id: row.organisation for row in page.rows}
    above = lineages(units.values()) if units else {}
    rows = [
        (row, placed(row.organisation, above[row.organisation_id])) for row in page.rows
    ]
    context = {
        "page": page,
        "rows": rows,
        "writes": request.reach.holds(*access.WRITES),
    }
    return show(request, "list.html", context)


@require_safe
@readers
def circle(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a circle: the map of one kind, all kinds as a table, who has it worst."""
    found = circle_of(request, pk)
    chosen = look(request, found)
    context: dict[str, Any] = {
        **frame(request, found),
        "chosen": chosen,
        "paces": paces(),
        "query": chosen.query(),
        "scenarios": lists.scenarios(found).rows[:SCENARIOS_SHOWN],
        "standing": list(found.assessments.filter(superseded_at=None).order_by("pace")),
    }
    try:
        told = seen(found, chosen.setting, today=timezone.localdate())
    except Refused as refused:
        context["refusal"] = explain(refused)
        return show(request, "circle.html", context)
    return show(request, "circle.html", context | _told(told, chosen))


def _told(told: Seen, chosen: Look) -> dict[str, Any]:
    picked = chosen_kind(told, chosen.code)
    context: dict[str, Any] = {
        "found": told,
        "bounds": bounds(told.homes, told.circle.network),
    }
    if picked is None:
        return context
    place, kind = picked
    names = {each.key: each.name for each in told.facilities}
    return context | {
        **described(told, kind, chosen),
        "worst": [
            (home, home.seconds[place], names.get(home.nearest[place] or 0, ""))
            for home in worst(told, kind.kind.pk, limit=WORST_SHOWN)
        ],
    }


@require_safe
@readers
def homes(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every home with its minutes to every kind: the map as a table."""
    found = circle_of(request, pk)
    chosen = look(request, found)
    context: dict[str, Any] = {
        **frame(request, found),
        "chosen": chosen,
        "paces": paces(),
        "query": chosen.query(),
    }
    try:
        told = seen(found, chosen.setting, today=timezone.localdate())
    except Refused as refused:
        context["refusal"] = explain(refused)
        return show(request, "homes.html", context)
    after = key(request.GET.get("after", "")) or 0
    rows = sorted(
        (home for home in told.homes if home.key > after), key=lambda home: home.key
    )
    limits = [each.limit_seconds for each in told.kinds]
    context |= {
        "found": told,
        "rows": [
            (
                home,
                [
                    (seconds, seconds is not None and seconds <= limit)
                    for seconds, limit in zip(home.seconds, limits, strict=True)
                ],
            )
            for home in rows[:HOMES_A_PAGE]
        ],
        "after": rows[HOMES_A_PAGE - 1].key if len(rows) > HOMES_A_PAGE else None,
    }
    return show(request, "homes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: StaffRequest) -> HttpResponse:
    """Begin a circle on the streets its organisation has."""
    roots = request.reach.roots(access.WRITES)
    own = list(held(request.reach, access.WRITES))
    usual: dict[str, Any] = {
        "roots": roots,
        "suggested": _described(own) if own else (),
    }
    if request.method == "POST":
        form = NewForm(request.POST, **usual)
        if form.is_valid():
            made = _create(request, form)
            if made is not None:
                messages.success(request, _("生活圈建好了。"))
                return redirect("circles:circle", pk=made.pk)
    else:
        form = NewForm(initial=_initial(own), **usual)
    context = {"form": form, "title": _("建一个生活圈")}
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _create(request: StaffRequest, form: NewForm) -> Circle | None:
    values = form.cleaned_data
    unit: Organisation = values["to"]
    network = network_of(unit, day=timezone.localdate())
    try:
        if network is None:
            raise Refused(Why.NO_NETWORK)
        return actions.create(
            plan=Plan(
                client_id=values["client_id"],
                organisation=unit,
                name=values["name"],
                network=network,
                template=values["template"],
                begun_on=timezone.localdate(),
                minutes=values["minutes"],
                adult_mm_s=values["adult_mm_s"],
                elder_mm_s=values["elder_mm_s"],
                slope=values["slope"],
            ),
            by=request.user,
            at=timezone.now(),
        ).circle
    except Refused as refused:
        form.add_error(None, explain(refused))
        return None


def _initial(own: list[Organisation]) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "client_id": uuid4(),
        "template": own_template(),
        "adult_mm_s": DEFAULT_MM_S[Pace.ADULT],
        "elder_mm_s": DEFAULT_MM_S[Pace.ELDER],
    }
    if len(own) == 1:
        initial |= {
            "to_pick": str(own[0].pk),
            "name": _("%(name)s生活圈") % {"name": own[0].name},
        }
    return initial


def _described(own: list[Organisation]) -> list[tuple[Organisation, str]]:
    above = lineages(own)
    return [(unit, placed(unit, above[unit.pk])) for unit in own]


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the settings of a circle."""
    found = writable(request, pk)
    names = ("name", "template", "minutes", "adult_mm_s", "elder_mm_s", "slope")
    if request.method == "POST":
        form = ChangeForm(request.POST)
        if form.is_valid():
            values = form.cleaned_data
            try:
                actions.change(
                    circle=found,
                    values={name: values[name] for name in names},
                    by=request.user,
                    at=timezone.now(),
                    version=values["version"],
                )
            except Refused as refused:
                form.add_error(None, explain(refused))
            else:
                messages.success(request, _("已更改。以前的评估留着原来的口径。"))
                return redirect("circles:circle", pk=pk)
    else:
        known = {name: getattr(found, name) for name in names}
        form = ChangeForm(initial={**known, "version": found.version})
    context = {**frame(request, found), "form": form, "title": _("生活圈的设置")}
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_POST
@writers
def assess(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what the circle looks like today."""
    found = writable(request, pk)
    try:
        actions.assess(
            circle=found, on=timezone.localdate(), by=request.user, at=timezone.now()
        )
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("今天的情况记下了，会计入统计。"))
    return redirect("circles:circle", pk=pk)


@require_POST
@writers
def use_network(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a circle follow the streets its organisation has today."""
    found = writable(request, pk)
    network = network_of(found.organisation, day=timezone.localdate())
    try:
        if network is None:
            raise Refused(Why.NO_NETWORK)
        actions.use_network(
            circle=found, network=network, by=request.user, at=timezone.now()
        )
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("已换用现在的路网。方案要按新路网重新算。"))
    return redirect("circles:circle", pk=pk)


@require_POST
@writers
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the residents' page to everybody, or close it again."""
    found = writable(request, pk)
    opens = request.POST.get("open") == "1"
    act = actions.publish if opens else actions.unpublish
    try:
        act(circle=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(
            request,
            _("居民页公开了，海报上会印它的二维码。") if opens else _("居民页已收回。"),
        )
    return redirect("circles:circle", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """End a circle, after asking once more."""
    found = writable(request, pk)
    if request.method == "POST":
        try:
            actions.close(
                circle=found,
                on=timezone.localdate(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            messages.error(request, explain(refused))
        else:
            messages.success(request, _("已停用。以前的评估和方案都留着。"))
        return redirect("circles:circle", pk=pk)
    context = {
        "title": _("停用这个生活圈？"),
        "text": _("它不再计入统计，居民页也会收回。以前的评估和方案都留着。"),
        "button": _("停用"),
        "back_url": f"/circles/{pk}",
        "now": timezone.now(),
    }
    return render(request, "ui/confirm.html", context)
