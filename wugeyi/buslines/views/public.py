"""Pages for passengers: lines, a line, a stop. Nobody signs in, nothing is kept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.buslines.adapter.tickets import for_group, prices
from wugeyi.buslines.drawing import At, Route, Scene, scene
from wugeyi.buslines.forms.bookings import AskForm, read_day
from wugeyi.buslines.models import Edition, Line, Spot, Trip
from wugeyi.buslines.queries import editions as editions_queries
from wugeyi.buslines.queries import public as queries
from wugeyi.buslines.queries.bookings import Ride, rides
from wugeyi.buslines.rules.days import BOOK_DAYS, SHANGHAI, runs
from wugeyi.buslines.templatetags.bustimes import line_name, spot_name
from wugeyi.buslines.views.common import key_of
from wugeyi.organisations.queries import lineage, lineages


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """List the lines that run; look for one by a line, a stop or a village."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    page = queries.lines(
        timezone.localdate(),
        text=text,
        older=key_of(request.GET.get("older", "")) or None,
        newer=key_of(request.GET.get("newer", "")) or None,
    )
    units = {row.organisation_id: row.organisation for row in page.rows}
    above = lineages(units.values()) if units else {}
    rows = [
        (row, [each.name for each in above[row.organisation_id][-2:]])
        for row in page.rows
    ]
    context = {"page": page, "rows": rows, "text": text, "now": timezone.now()}
    return render(request, "buslines/public/lines.html", context)


def public_line(code: str) -> Line:
    """Return a line anybody may look at; else 404."""
    line = queries.load(code, timezone.localdate())
    if line is None:
        raise Http404
    return line


@require_safe
def line(request: HttpRequest, code: str) -> HttpResponse:
    """Show a line: its stops with times, fares, the next bus, changes to come."""
    found = public_line(code)
    now = timezone.now()
    today = timezone.localdate()
    coming = editions_queries.coming(found, today)
    on = read_day(request.GET.get("on", "")) or today
    current = editions_queries.in_force(found, today)
    shown = current
    if coming is not None and (on >= coming.valid_from or current is None):
        shown, on = coming, max(on, coming.valid_from)
    context: dict[str, Any] = {
        "line": found,
        "path": lineage(found.organisation)[-2:],
        "current": current,
        "coming": coming,
        "changes": editions_queries.changed(coming) if coming else None,
        "edition": shown,
        "ahead": shown is not None and shown != current,
        "name": line_name(found),
        "ended": found.closed_on is not None and today >= found.closed_on,
        "now": now,
    }
    if shown is not None:
        trips = editions_queries.trips(shown)
        context |= {
            "trips": trips,
            "stops": queries.by_stop(trips),
            "prices": prices(shown.fares) if shown.fares else (),
            "runs_today": shown == current and runs(shown.weekdays, today),
            "drawing": _drawing(found, shown, trips),
            "next": queries.next_trip(trips, minute_of(now)),
        }
    return render(request, "buslines/public/line.html", context)


def _drawing(line: Line, edition: Edition, trips: Sequence[Trip]) -> Scene:
    """Return the map of where buses go on the way to markets; one query."""
    spots: dict[str, Spot] = {}
    routes = []
    for trip in trips:
        halts = [call.stop for call in trip.calls.all()]
        halts = [trip.market, *halts] if trip.home else [*halts, trip.market]
        spots |= {spot.code: spot for spot in halts}
        if not trip.home:
            label = _("第 %(n)s 班") % {"n": trip.number}
            routes.append(Route(label, tuple(spot.code for spot in halts)))
    return scene(
        [
            At(each.code, spot_name(each), each.kind, each.lat, each.lon)
            for each in spots.values()
        ],
        ways=queries.shapes_on(line, edition.valid_from),
        routes=routes,
        urls={
            code: reverse("buslines:public-stop", args=[line.code, each.pk])
            for code, each in spots.items()
            if each.kind == Spot.Kind.STOP
        },
    )


def minute_of(now: datetime) -> int:
    """Return the minute of the day in Shanghai."""
    here = now.astimezone(SHANGHAI)
    return 60 * here.hour + here.minute


def stop_or_404(found: Line, pk: int) -> Spot:
    """Return a stop of a line."""
    spot = queries.stop_of(found, pk)
    if spot is None:
        raise Http404
    return spot


@require_safe
def stop(request: HttpRequest, code: str, spot: int) -> HttpResponse:
    """Tell at a stop: when, where to, how much for so many with so many baskets."""
    found = public_line(code)
    at = stop_or_404(found, spot)
    now = timezone.now()
    today = timezone.localdate()
    held = queries.editions_between(found, today, today + timedelta(days=BOOK_DAYS))
    days = queries.driven_days(found, held, today)
    context: dict[str, Any] = {
        "line": found,
        "stop": at,
        "path": lineage(found.organisation)[-2:],
        "now": now,
        "days": bool(days),
    }
    if not days:
        return render(request, "buslines/public/stop.html", context)
    form, status = _asked(request, days, today), 200
    values: dict[str, Any] = {"on": min(days), "persons": 1, "baskets": 0}
    if form.is_bound:
        if form.is_valid():
            values = form.cleaned_data
        else:
            status = 422
    context |= _answer(at, days[values["on"]], values, now)
    context["form"] = form
    return render(request, "buslines/public/stop.html", context, status=status)


def _asked(request: HttpRequest, days: dict[date, Edition], today: date) -> AskForm:
    """Return the form; an address without a question asks for today, one, no basket."""
    names = ("on", "persons", "baskets")
    initial = {"on": min(days).isoformat()}
    given: dict[str, Any] | None = None
    if any(name in request.GET for name in names):
        given = {"on": initial["on"], "persons": 1, "baskets": 0}
        given |= {name: request.GET[name] for name in names if request.GET.get(name)}
    return AskForm(given, days=days, today=today, initial=initial)


def _answer(
    at: Spot, edition: Edition, values: dict[str, Any], now: datetime
) -> dict[str, Any]:
    trips = editions_queries.trips(edition)
    there, home = rides(trips, at.pk, values["on"], now)
    asked = values["persons"], values["baskets"]
    return {
        "edition": edition,
        "on": values["on"],
        "persons": values["persons"],
        "baskets": values["baskets"],
        "there": [(ride, _room(ride, *asked)) for ride in there],
        "home": [(ride, _room(ride, *asked)) for ride in home],
        "fare_fen": for_group(edition.fares, *asked) if edition.fares else None,
        "prices": prices(edition.fares) if edition.fares else (),
    }


def _room(ride: Ride, persons: int, baskets: int) -> bool:
    """Tell whether so many may still ask; the booking itself weighs both at once."""
    return (
        not ride.gone
        and not ride.cancelled
        and persons <= ride.left.persons
        and baskets <= ride.left.baskets
    )
