"""The driver's pages for the phone: today's trips, who gets on, start and end."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.buslines.actions import running as actions
from wugeyi.buslines.forms.bookings import read_day
from wugeyi.buslines.forms.driving import FEW, CancelForm, CountForm, EndForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Run, Trip
from wugeyi.buslines.queries import driving as queries
from wugeyi.buslines.queries.bookings import runs_on
from wugeyi.buslines.rules.days import LOOK_BACK_DAYS, minutes_since
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import key_of, show

WRONG = 422
CONFLICT = 409


@require_safe
@login_required
def trips(request: HttpRequest) -> HttpResponse:
    """Show the trips of a day, today's unless asked otherwise."""
    asked: Any = request
    today = timezone.localdate()
    on = _near(read_day(request.GET.get("on", "")), today)
    lines = queries.lines_of(asked.user, asked.reach, on)
    context = {
        "on": on,
        "today": today,
        "yesterday": today - timedelta(days=1),
        "tomorrow": today + timedelta(days=1),
        "lines": queries.trips_on(lines, on),
        "any": bool(lines),
    }
    return show(request, "drive/trips.html", context)


def _near(on: date | None, today: date) -> date:
    """Return a day that may be looked at: the last week, and the month to come."""
    first, last = today - timedelta(days=LOOK_BACK_DAYS), today + timedelta(days=30)
    return on if on is not None and first <= on <= last else today


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def trip(request: HttpRequest, trip: int, on: str) -> HttpResponse:
    """Show one trip of a day, and write down what happens."""
    asked: Any = request
    found, day = queries.load_trip(trip), read_day(on)
    if found is None or day is None:
        raise Http404
    line = found.edition.line
    if not queries.may_drive(asked.user, asked.reach, line, day):
        raise PermissionDenied(
            _("这条线的班次由它的驾驶员和运营单位记。请联系运营单位把您登记为驾驶员。")
        )
    if not runs_on(found.edition, day):
        raise Http404(_("这一天没有这班车。"))
    if request.method == "POST":
        return _write(request, found, day)
    return _page(request, found, day)


ACTS = ("start", "board", "end", "cancel")


def _write(request: HttpRequest, trip: Trip, on: date) -> HttpResponse:
    act = request.POST.get("act", "")
    misread = _("没有看懂写的数，请再记一次。")
    if act not in ACTS:
        return _page(request, trip, on, refusal=misread, status=WRONG)
    run = queries.run_of(trip, on)
    try:
        where = _do(request, act, trip, on, run)
    except Refused as refused:
        return _page(request, trip, on, refusal=explain(refused), status=CONFLICT)
    if where is None:
        return _page(request, trip, on, refusal=misread, status=WRONG)
    return redirect(where)


def _do(
    request: HttpRequest, act: str, trip: Trip, on: date, run: Run | None
) -> str | None:
    """Do what was asked and return where to go; None if it could not be read."""
    by: Any = request.user
    at = timezone.now()
    here = reverse("buslines:drive-trip", args=[trip.pk, on.isoformat()])
    if act == "cancel":
        form = CancelForm(request.POST)
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.cancel(trip=trip, on=on, reason=reason, by=by, at=at)
        messages.success(request, _("记下了：这班车不开。订了座的人凭预约码看得到。"))
        return here
    if act == "start" or run is None:
        actions.start(trip=trip, on=on, by=by, at=at)
        return f"{here}#now"
    if act == "end":
        ended = EndForm(request.POST)
        remark = ended.cleaned_data["remark"] if ended.is_valid() else ""
        actions.end(run=run, remark=remark, by=by, at=at)
        return here
    return _board(request, trip, run, here)


def _board(request: HttpRequest, trip: Trip, run: Run, here: str) -> str | None:
    form = CountForm(request.POST)
    pk = key_of(request.POST.get("call", ""))
    call = next((each for each in trip.calls.all() if each.pk == pk), None)
    if call is None or not form.is_valid():
        return None
    by: Any = request.user
    actions.board(
        run=run,
        call=call,
        client_id=form.cleaned_data["client_id"],
        count=form.count(),
        by=by,
        at=timezone.now(),
    )
    return f"{here}#now"


def _page(
    request: HttpRequest,
    trip: Trip,
    on: date,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    run = queries.run_of(trip, on)
    stops = queries.stops(trip, on, run)
    under_way = run is not None and not run.cancelled and run.ended_at is None
    chosen = _chosen(request, stops, correct=run is not None and not run.cancelled)
    now = timezone.now()
    today = timezone.localdate()
    first = trip.market_minute if trip.home else stops[0].minute
    context: dict[str, Any] = {
        "trip": trip,
        "line": trip.edition.line,
        "on": on,
        "run": run,
        "stops": stops,
        "under_way": under_way,
        "chosen": chosen,
        "correcting": chosen is not None and chosen.boarding is not None,
        "may_start": run is None and on <= today,
        "may_cancel": run is None or under_way,
        "behind": minutes_since(on, first, now) if run is None else None,
        "begins": first,
        "client_id": uuid4(),
        "few": range(FEW + 1),
        "columns": _columns(),
        "refusal": refusal,
        "total": _total(stops),
        "reason": request.POST.get("reason", ""),
    }
    return show(request, "drive/trip.html", context, status=status)


def _columns() -> list[tuple[str, str]]:
    return [
        ("without", _("不带筐")),
        ("with_one", _("带一筐")),
        ("with_more", _("带两筐以上")),
    ]


def _chosen(
    request: HttpRequest, stops: list[queries.Stop], *, correct: bool
) -> queries.Stop | None:
    """Return the stop to count at: the one asked for, else the next not counted yet."""
    if not correct:
        return None
    boarding = [each for each in stops if each.boards]
    asked = key_of(request.GET.get("call", "") or request.POST.get("call", ""))
    for each in boarding:
        if each.call.pk == asked:
            return each
    return next((each for each in boarding if each.boarding is None), None)


def _total(stops: list[queries.Stop]) -> dict[str, int]:
    counted = [each.boarding for each in stops if each.boarding is not None]
    return {
        "persons": sum(row.persons for row in counted),
        "baskets": sum(row.baskets for row in counted),
        "fen": sum(row.fare_fen for row in counted),
    }
