"""The community's own pages: requests, deeds, hours, teams, activities."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from wugeyi.figures.queries.figures import figures
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import (
    StaffRequest,
    key_of,
    need,
    staff,
    unit_or_404,
)
from wugeyi.organisations.views.staff import show as staff_show
from wugeyi.uploads.views import picture_response
from wugeyi.volunteering.actions import activities as activity_actions
from wugeyi.volunteering.actions import belonging
from wugeyi.volunteering.actions import deeds as deed_actions
from wugeyi.volunteering.actions import helps as help_actions
from wugeyi.volunteering.actions import hours as hour_actions
from wugeyi.volunteering.actions import people as people_actions
from wugeyi.volunteering.actions.activities import Offer
from wugeyi.volunteering.actions.belonging import TeamWords
from wugeyi.volunteering.forms.desk import (
    ActivityForm,
    MinutesForm,
    PublishForm,
    ReasonForm,
    TeamForm,
)
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Activity, Deed, Help, Hours, Team
from wugeyi.volunteering.queries import desk as queries
from wugeyi.volunteering.queries import emergencies, helps
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.hours import minutes_between
from wugeyi.volunteering.rules.refusals import Refused

CODES = (
    "flash_helps",
    "flash_helps_done",
    "flash_reports",
    "flash_publicity",
    "flash_cleanups",
    "flash_emergencies",
    "volunteer_minutes",
    "volunteer_check_ins",
    "rider_needs",
    "rider_needs_solved",
)
MOST = 200


@require_safe
@staff(*access.READS)
def home(request: StaffRequest) -> HttpResponse:
    """Name the organisations one works at; go on at once if it is one."""
    held = {
        each.organisation_id
        for each in request.reach.holdings
        if each.role in access.READS
    }
    own = list(Organisation.objects.filter(pk__in=held).order_by("path")[:MOST])
    if len(own) == 1:
        return redirect("volunteering:desk-unit", code=own[0].code)
    return staff_show(request, "volunteering/desk/home.html", {"own": own})


def _show(
    request: StaffRequest,
    template: str,
    unit: Organisation,
    page: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    full = {
        "unit": unit,
        "path": lineage(unit),
        "page_name": page,
        "writes": request.reach.covers(access.WRITES, unit.path),
        **context,
    }
    return staff_show(request, f"volunteering/desk/{template}", full, status=status)


def _unit(request: StaffRequest, code: str) -> Organisation:
    found = unit_or_404(code)
    need(request, access.READS, found)
    return found


@require_safe
@staff(*access.READS)
def unit(request: StaffRequest, code: str) -> HttpResponse:
    """Show requests at and below a unit, and its figures of the year."""
    found = _unit(request, code)
    state = request.GET.get("state", "")
    state = state if state in Help.State.values else ""
    period = Period.ending(timezone.localdate(), months=12)
    context = {
        "rows": helps.at_unit(
            found, state=state, older=key_of(request.GET.get("older", ""))
        ),
        "state": state,
        "states": Help.State.choices,
        "figures": figures(CODES, found, period),
        "waits": emergencies.waits(found, period.first, period.last),
        "period": period,
    }
    return _show(request, "unit.html", found, "helps", context)


def _help(request: StaffRequest, pk: int) -> Help:
    row = helps.reachable(pk, request.reach)
    if row is None:
        raise Http404
    return row


@require_safe
@staff(*access.READS)
def help_one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a request; who asks only to those who may call."""
    return _help_page(request, _help(request, pk))


def _help_page(
    request: StaffRequest, row: Help, *, status: int = 200, **more: Any
) -> HttpResponse:
    calls = request.reach.covers(access.WRITES, row.organisation.path)
    take = helps.held_by(row)
    if not calls:
        row.text = row.address = row.name = row.phone = ""
    context = {
        "row": row,
        "calls": calls,
        "taken": take,
        "publish": PublishForm(),
        "decline": ReasonForm(),
        **more,
    }
    return _show(
        request, "help.html", row.organisation, "helps", context, status=status
    )


def _try(request: StaffRequest, act: Any, said: str, **values: Any) -> bool:
    """Act, and tell how it went."""
    try:
        act(by=request.user, at=timezone.now(), **values)
    except Refused as refused:
        messages.error(request, explain(refused))
        return False
    messages.success(request, said)
    return True


@require_POST
@staff(*access.WRITES)
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a request to volunteers."""
    row = _help(request, pk)
    need(request, access.WRITES, row.organisation)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _help_page(request, row, publish=form, status=422)
    showing = help_actions.Showing(form.cleaned_data["notice"], form.cover)
    _try(request, help_actions.publish, _("已公布。"), help=row, showing=showing)
    return redirect("volunteering:desk-help", pk=pk)


@require_POST
@staff(*access.WRITES)
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """Do not show it, and say why."""
    row = _help(request, pk)
    need(request, access.WRITES, row.organisation)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _help_page(request, row, decline=form, status=422)
    said = _("没有公布，求助人看得到原因。")
    _try(request, help_actions.decline, said, help=row, **form.cleaned_data)
    return redirect("volunteering:desk-help", pk=pk)


@require_POST
@staff(*access.WRITES)
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm for who asked that it was done."""
    row = _help(request, pk)
    need(request, access.WRITES, row.organisation)
    _try(request, help_actions.confirm, _("已确认。"), help=row)
    return redirect("volunteering:desk-help", pk=pk)


@require_POST
@staff(*access.WRITES)
def call_helper(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who took it and their number; every look is written down."""
    row = _help(request, pk)
    need(request, access.WRITES, row.organisation)
    take = helps.held_by(row)
    if take is None:
        raise Http404
    helper = people_actions.reveal(
        volunteer=take.volunteer,
        by=request.user,
        at=timezone.now(),
        organisation_id=row.organisation_id,
    )
    return _help_page(request, row, helper=helper)


@require_safe
@staff(*access.READS)
def deeds(request: StaffRequest, code: str) -> HttpResponse:
    """List what was done at and below a unit."""
    found = _unit(request, code)
    context = {"rows": queries.deeds(found, older=key_of(request.GET.get("older", "")))}
    return _show(request, "deeds.html", found, "deeds", context)


def _deed(request: StaffRequest, pk: int) -> Deed:
    row = queries.deed_in_reach(pk, request.reach)
    if row is None:
        raise Http404
    return row


@require_safe
@staff(*access.READS)
def deed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a deed; not who did it."""
    row = _deed(request, pk)
    return _show(request, "deed.html", row.organisation, "deeds", {"deed": row})


@require_POST
@staff(*access.WRITES)
def see(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that somebody looked at it."""
    row = _deed(request, pk)
    need(request, access.WRITES, row.organisation)
    deed_actions.see(deed=row, by=request.user, at=timezone.now())
    messages.success(request, _("记下了：已看过。"))
    return redirect("volunteering:desk-deed", pk=pk)


@require_POST
@staff(*access.WRITES)
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a wrong entry back."""
    row = _deed(request, pk)
    need(request, access.WRITES, row.organisation)
    deed_actions.take_back(deed=row, by=request.user, at=timezone.now())
    messages.success(request, _("已撤回，不再计入。"))
    return redirect("volunteering:desk-deeds", code=row.organisation.code)


@require_safe
@staff(*access.READS)
def picture(request: StaffRequest, pk: int, which: str) -> HttpResponseBase:
    """Show a photograph to staff in reach; no page for everybody shows any."""
    row = _deed(request, pk)
    upload = row.before if which == "before" else row.after
    if upload is None:
        raise Http404
    return picture_response(upload)


@require_safe
@staff(*access.READS)
def hours(request: StaffRequest, code: str) -> HttpResponse:
    """List the spans that wait for a word, in the order they came."""
    found = _unit(request, code)
    older = key_of(request.GET.get("older", ""))
    context = {"rows": queries.waiting_hours(found, older=older)}
    return _show(request, "hours.html", found, "hours", context)


def _hours(request: StaffRequest, pk: int) -> Hours:
    row = queries.hours_in_reach(pk, request.reach)
    if row is None:
        raise Http404
    return row


@require_safe
@staff(*access.READS)
def span(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a span; not whose it is."""
    return _span_page(request, _hours(request, pk))


def _span_page(
    request: StaffRequest, row: Hours, *, status: int = 200, **more: Any
) -> HttpResponse:
    whole = minutes_between(row.starts_at, row.ends_at)
    context = {
        "row": row,
        "whole": whole,
        "minutes": MinutesForm(initial={"minutes": whole}),
        "refuse": ReasonForm(),
        **more,
    }
    return _show(
        request, "span.html", row.organisation, "hours", context, status=status
    )


@require_POST
@staff(*access.WRITES)
def confirm_hours(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm a span, whole or less."""
    row = _hours(request, pk)
    need(request, access.WRITES, row.organisation)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _span_page(request, row, minutes=form, status=422)
    _try(
        request,
        hour_actions.confirm,
        _("已确认。"),
        hours=row,
        minutes=form.cleaned_data["minutes"],
    )
    return redirect("volunteering:desk-hours", code=row.organisation.code)


@require_POST
@staff(*access.WRITES)
def refuse_hours(request: StaffRequest, pk: int) -> HttpResponse:
    """Do not confirm a span, and say why."""
    row = _hours(request, pk)
    need(request, access.WRITES, row.organisation)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _span_page(request, row, refuse=form, status=422)
    said = _("没有确认，本人看得到原因。")
    _try(request, hour_actions.refuse, said, hours=row, **form.cleaned_data)
    return redirect("volunteering:desk-hours", code=row.organisation.code)


@require_safe
@staff(*access.READS)
def teams(request: StaffRequest, code: str) -> HttpResponse:
    """Show a unit's teams and activities."""
    return _teams_page(request, _unit(request, code))


def _teams_page(
    request: StaffRequest, found: Organisation, *, status: int = 200, **more: Any
) -> HttpResponse:
    older = key_of(request.GET.get("older", ""))
    initial = {"client_id": uuid4()}
    context = {
        "teams": queries.teams(found),
        "activities": queries.activities(found, older=older),
        "team_form": TeamForm(initial=initial),
        "activity_form": ActivityForm(
            organisation=found, initial={"client_id": uuid4()}, auto_id="act_%s"
        ),
        **more,
    }
    return _show(request, "teams.html", found, "teams", context, status=status)


@require_POST
@staff(*access.WRITES)
def found_team(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a team."""
    found = _unit(request, code)
    need(request, access.WRITES, found)
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _teams_page(request, found, team_form=form, status=422)
    values = form.cleaned_data
    names = ("name", "name_en", "partner", "about")
    _try(
        request,
        belonging.found_team,
        _("成立了。志愿者可以在社区页面自己加入。"),
        client_id=values["client_id"],
        organisation=found,
        words=TeamWords(**{name: values[name] for name in names}),
    )
    return redirect("volunteering:desk-teams", code=code)


@require_POST
@staff(*access.WRITES)
def close_team(request: StaffRequest, pk: int) -> HttpResponse:
    """End a team."""
    row = Team.objects.select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    need(request, access.WRITES, row.organisation)
    belonging.close_team(team=row, by=request.user, at=timezone.now())
    messages.success(request, _("已结束。"))
    return redirect("volunteering:desk-teams", code=row.organisation.code)


@require_POST
@staff(*access.WRITES)
def offer(request: StaffRequest, code: str) -> HttpResponse:
    """Offer an activity; insured first where there is risk."""
    found = _unit(request, code)
    need(request, access.WRITES, found)
    form = ActivityForm(request.POST, organisation=found, auto_id="act_%s")
    if form.is_valid():
        values = form.cleaned_data
        names = ("client_id", "title", "spot", "starts_at", "ends_at", "team")
        what = Offer(cover=form.cover, **{name: values[name] for name in names})
        try:
            activity_actions.offer(
                what=what, organisation=found, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("发出去了，志愿者可以自己报名。"))
            return redirect("volunteering:desk-teams", code=code)
    return _teams_page(request, found, activity_form=form, status=422)


@require_POST
@staff(*access.WRITES)
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Call an activity off."""
    row = Activity.objects.select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    need(request, access.WRITES, row.organisation)
    activity_actions.cancel(activity=row, by=request.user, at=timezone.now())
    messages.success(request, _("已取消。"))
    return redirect("volunteering:desk-teams", code=row.organisation.code)
