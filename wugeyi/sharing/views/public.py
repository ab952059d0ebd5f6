"""Pages for everybody: what a community shares, when it is free, the wall of thanks."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.buslines.forms.bookings import read_day
from wugeyi.organisations.queries import lineage, lineages
from wugeyi.sharing.models import Thing
from wugeyi.sharing.queries import calendar
from wugeyi.sharing.queries import catalogue as queries
from wugeyi.sharing.rules.feed import Event
from wugeyi.sharing.rules.feed import calendar as written
from wugeyi.sharing.rules.times import By, moment
from wugeyi.sharing.views.common import FARTHEST, page_keys, text_of, unit_or_404

SHOWN_DAYS = 14
FEED_BACK_DAYS = 7


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the communities that share something."""
    text = text_of(request, "q")
    page = queries.communities(text=text, **page_keys(request))
    above = lineages(page.rows) if page.rows else {}
    rows = [(row, [each.name for each in above[row.pk][-2:]]) for row in page.rows]
    context = {"page": page, "rows": rows, "text": text, "now": timezone.now()}
    return render(request, "sharing/public/home.html", context)


@require_safe
def catalogue(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a community shares; look for a thing, a kind, what is free this week."""
    unit = unit_or_404(code)
    now = timezone.now()
    kinds = queries.kinds()
    kind = request.GET.get("kind", "")
    asked = queries.Asked(
        text=text_of(request, "q"),
        kind=kind if kind in {each.code for each in kinds} else "",
        free=request.GET.get("free") == "1",
    )
    page, free = queries.catalogue(unit, asked, now, **page_keys(request))
    context = {
        "unit": unit,
        "path": lineage(unit)[-3:-1],
        "page": page,
        "rows": [(row, free.get(row.pk)) for row in page.rows],
        "asked": asked,
        "kinds": kinds,
        "now": now,
    }
    return render(request, "sharing/public/catalogue.html", context)


def public_thing(pk: int) -> Thing:
    """Return a thing anybody may look at; else 404."""
    found = queries.thing(pk) if pk < FARTHEST else None
    if found is None:
        raise Http404
    return found


@require_safe
def thing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a thing and two weeks of its calendar."""
    found = public_thing(pk)
    now, today = timezone.now(), timezone.localdate()
    farthest = today + timedelta(days=found.ahead_days)
    wanted = read_day(request.GET.get("from", "")) or today
    first = min(max(wanted, today), farthest)
    days = calendar.days([found], first, SHOWN_DAYS, now)[found.pk]
    step = timedelta(days=SHOWN_DAYS)
    context = {
        "thing": found,
        "unit": found.community,
        "days": [day for day in days if day.on <= farthest],
        "earlier": max(today, first - step) if first > today else None,
        "later": first + step if first + step <= farthest else None,
        "pieces": calendar.pieces_of([found.pk])[found.pk],
        "ended": found.until_on is not None,
        "by_day": found.way is By.DAY,
        "now": now,
    }
    return render(request, "sharing/public/thing.html", context)


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the times of a thing that are taken as a calendar; nobody is named."""
    found = public_thing(pk)
    since = timezone.localdate() - timedelta(days=FEED_BACK_DAYS)
    host = request.get_host()
    events = []
    for row in calendar.booked(found, since):
        if found.way is By.HOUR:
            begins = moment(row.first_on, row.begin)
            ends = moment(row.first_on, row.end)
            event = Event(f"{row.pk}@{host}", begins, ends, _("已约"), row.asked_at)
        else:
            after = row.last_on + timedelta(days=1)
            event = Event(
                f"{row.pk}@{host}", row.first_on, after, _("已约"), row.asked_at
            )
        events.append(event)
    text = written(found.title, events)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="thing-{pk}.ics"'
    return response


@require_safe
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show public thanks, under masked names."""
    unit = unit_or_404(code)
    page = queries.wall(unit, **page_keys(request))
    context = {"unit": unit, "page": page, "now": timezone.now()}
    return render(request, "sharing/public/wall.html", context)
