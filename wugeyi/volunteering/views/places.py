"""What goes on at a community, checking in, teams, activities, and its months."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wugeyi.accounts.throttle import throttled
from wugeyi.casework.forms.fields import Once
from wugeyi.casework.rules.intake import clean_line
from wugeyi.casework.views.drafts import territory
from wugeyi.casework.views.public import told
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import children, lineage
from wugeyi.organisations.views.staff import unit_or_404
from wugeyi.volunteering.actions import activities, belonging
from wugeyi.volunteering.actions.writing import VOLUNTEER
from wugeyi.volunteering.models import Activity, CheckIn, Membership, SignUp, Team
from wugeyi.volunteering.queries import months
from wugeyi.volunteering.queries import people as queries
from wugeyi.volunteering.queries.months import Month
from wugeyi.volunteering.views.trying import attempt, or_404
from wugeyi.volunteering.views.who import (
    VolunteerRequest,
    registered,
    show,
    volunteer_of,
)

WINDOW = timedelta(minutes=10)
LOOKS_PER_WINDOW = 300
BELOW = 60


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Find a community by its name."""
    typed = clean_line(request.GET.get("q", ""))[:60]
    context = {"typed": typed, "found": territory(typed) if typed else []}
    return show(request, "places.html", context)


@never_cache
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show teams, what is coming, and how to check in."""
    unit = unit_or_404(code)
    found = queries.at_place(unit, at=timezone.now())
    context: dict[str, Any] = {
        "unit": unit,
        "path": lineage(unit),
        "found": found,
        "client_id": uuid4(),
        **_own(request, unit),
    }
    return show(request, "place.html", context)


def _own(request: HttpRequest, unit: Organisation) -> dict[str, Any]:
    """Return how the reader stands to a community; three queries for volunteers."""
    own = volunteer_of(request)
    if own is None:
        return {"check_in": None, "teams_in": set(), "coming_to": set()}
    return {
        "check_in": CheckIn.objects.filter(
            volunteer=own, organisation=unit, until=None
        ).first(),
        "teams_in": set(
            Membership.objects.filter(volunteer=own, until=None).values_list(
                "team_id", flat=True
            )
        ),
        "coming_to": set(
            SignUp.objects.filter(volunteer=own, withdrawn_at=None).values_list(
                "activity_id", flat=True
            )
        ),
    }


@require_POST
@registered
def check_in(request: VolunteerRequest, code: str) -> HttpResponse:
    """Check in by choice."""
    unit = unit_or_404(code)
    form = Once(request.POST)
    form.is_valid()
    attempt(
        request,
        belonging.check_in,
        _("报到好了。随时可以撤回，不用说理由。"),
        client_id=form.cleaned_data["client_id"],
        volunteer=request.volunteer,
        organisation=unit,
    )
    return redirect("volunteering:place", code=code)


@require_POST
@registered
def check_out(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take a check-in back."""
    row = or_404(CheckIn.objects.filter(pk=pk, volunteer=request.volunteer).first())
    belonging.check_out(row=row, by=VOLUNTEER, at=timezone.now())
    messages.success(request, _("已撤回报到。"))
    return redirect("volunteering:mine")


def _team(pk: int) -> Team:
    rows = Team.objects.select_related("organisation")
    return or_404(rows.filter(pk=pk).first())


def _activity(pk: int) -> Activity:
    rows = Activity.objects.select_related("organisation")
    return or_404(rows.filter(pk=pk).first())


@require_POST
@registered
def join(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Join a team."""
    said = _("加入了。随时可以离开。")
    return _by_choice(request, _team(pk), belonging.join, said)


@require_POST
@registered
def quit_team(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Leave a team."""
    said = _("已离开这个队。")
    return _by_choice(request, _team(pk), belonging.quit_team, said)


@require_POST
@registered
def sign_up(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Say that one means to come."""
    said = _("报好名了。来不了随时退出，不用说理由。")
    return _by_choice(request, _activity(pk), activities.sign_up, said)


@require_POST
@registered
def sign_off(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take that back."""
    return _by_choice(request, _activity(pk), activities.sign_off, _("已退出。"))


def _by_choice(
    request: VolunteerRequest,
    offered: Team | Activity,
    act: Callable[..., object],
    said: str,
) -> HttpResponse:
    """Join or leave what a community offers, and go back to its page."""
    what = {"team" if isinstance(offered, Team) else "activity": offered}
    attempt(request, act, said, volunteer=request.volunteer, **what)
    return redirect("volunteering:place", code=offered.organisation.code)


@require_safe
@throttled(
    limit=LOOKS_PER_WINDOW,
    per=WINDOW,
    scope="volunteer-month",
    methods=("GET", "HEAD"),
    shared=False,
)
def month(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of a month's needs and flashes; counted, printable."""
    unit = unit_or_404(code)
    today = timezone.localdate()
    shown = Month.read(request.GET.get("m", ""), today)
    report = months.report(unit, shown)
    context = {
        "unit": unit,
        "path": lineage(unit),
        "month": shown,
        "later": shown.later if shown.later.first <= today else None,
        "report": report,
        "told": [told(case) for case in report.told],
        "below": children(unit, limit=BELOW)[:BELOW],
    }
    return show(request, "month.html", context)
