"""A unit's teams and activities: founded, offered, ended."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import (
    StaffRequest,
    key_of,
    need,
    staff,
)
from wugeyi.volunteering.actions import activities, belonging
from wugeyi.volunteering.actions.activities import Offer
from wugeyi.volunteering.actions.belonging import TeamWords
from wugeyi.volunteering.forms.desk import ActivityForm, TeamForm
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Activity, Team
from wugeyi.volunteering.queries import desk as queries
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views.desk.common import act, show, unit_in_reach
from wugeyi.volunteering.views.trying import or_404


@require_safe
@staff(*access.READS)
def teams(request: StaffRequest, code: str) -> HttpResponse:
    """Show a unit's teams and activities."""
    return _teams_page(request, unit_in_reach(request, code))


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
    return show(request, "teams.html", found, "teams", context, status=status)


@require_POST
@staff(*access.WRITES)
def found_team(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a team."""
    found = unit_in_reach(request, code)
    need(request, access.WRITES, found)
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _teams_page(request, found, team_form=form, status=422)
    values = form.cleaned_data
    names = ("name", "name_en", "partner", "about")
    act(
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
    row = or_404(Team.objects.select_related("organisation").filter(pk=pk).first())
    need(request, access.WRITES, row.organisation)
    belonging.close_team(team=row, by=request.user, at=timezone.now())
    messages.success(request, _("已结束。"))
    return redirect("volunteering:desk-teams", code=row.organisation.code)


@require_POST
@staff(*access.WRITES)
def offer(request: StaffRequest, code: str) -> HttpResponse:
    """Offer an activity; insured first where there is risk."""
    found = unit_in_reach(request, code)
    need(request, access.WRITES, found)
    form = ActivityForm(request.POST, organisation=found, auto_id="act_%s")
    if form.is_valid():
        values = form.cleaned_data
        names = ("client_id", "title", "spot", "starts_at", "ends_at", "team")
        what = Offer(cover=form.cover, **{name: values[name] for name in names})
        try:
            activities.offer(
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
    row = or_404(Activity.objects.select_related("organisation").filter(pk=pk).first())
    need(request, access.WRITES, row.organisation)
    activities.cancel(activity=row, by=request.user, at=timezone.now())
    messages.success(request, _("已取消。"))
    return redirect("volunteering:desk-teams", code=row.organisation.code)
