"""The timetable for other programmes: GTFS, GTFS-Flex, XLSX. Open to everybody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.accounts.throttle import throttled
from wugeyi.buslines.adapter import feeds as adapter
from wugeyi.buslines.adapter.tickets import prices
from wugeyi.buslines.models import Edition, Line, Plan, Spot
from wugeyi.buslines.paper.table import Table, Way, xlsx
from wugeyi.buslines.queries import editions as queries
from wugeyi.buslines.queries.papers import grid
from wugeyi.buslines.queries.public import shapes_on
from wugeyi.buslines.rules import access
from wugeyi.buslines.templatetags.bustimes import line_name, price_name, weekdays
from wugeyi.buslines.views.common import key_of
from wugeyi.buslines.views.public import public_line
from wugeyi.ui import phrases

WINDOW = timedelta(minutes=10)
FETCHES_PER_WINDOW = 60
KEPT_SECONDS = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

often = throttled(
    limit=FETCHES_PER_WINDOW,
    per=WINDOW,
    scope="bus-feed",
    methods=("GET",),
    shared=False,
)


def _in_force(code: str) -> tuple[Line, Edition]:
    """Return the line with the timetable in force, else the next one."""
    line = public_line(code)
    today = timezone.localdate()
    edition = queries.in_force(line, today) or queries.coming(line, today)
    if edition is None:
        raise Http404(_("现在没有时刻表。"))
    return line, edition


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


@require_safe
@often
def gtfs(request: HttpRequest, code: str) -> HttpResponse:
    """Send the feed of the timetable in force."""
    line, edition = _in_force(code)

    def make(plan: Plan, told: adapter.Told, places: Any) -> bytes:
        return adapter.gtfs(
            plan.inputs,
            plan.result,
            edition.fares,
            told,
            places,
            shapes_on(line, edition.valid_from),
            english=phrases.is_english(),
        )

    return _feed(request, line, edition, "gtfs", make)


@require_safe
@often
def flex(request: HttpRequest, code: str) -> HttpResponse:
    """Send the feed in which stops wait for a booking."""
    line, edition = _in_force(code)

    def make(plan: Plan, told: adapter.Told, places: Any) -> bytes:
        return adapter.flex(
            plan.inputs,
            plan.result,
            edition.fares,
            told,
            places,
            english=phrases.is_english(),
        )

    return _feed(request, line, edition, "flex", make)


def _feed(
    request: HttpRequest,
    line: Line,
    edition: Edition,
    kind: str,
    make: Callable[[Plan, adapter.Told, Any], bytes],
) -> HttpResponse:
    plan = edition.plan
    if plan is None:
        raise Http404
    places = {
        spot.code: adapter.Where(spot.name, spot.name_en, spot.lat, spot.lon)
        for spot in Spot.objects.filter(line=line)
    }
    try:
        content = make(plan, _told(request, line, edition), places)
    except adapter.Unwritable as problem:
        context = {
            "line": line,
            "sentences": problem.sentences,
            "now": timezone.now(),
        }
        return render(request, "buslines/public/no_feed.html", context, status=409)
    return _file(content, f"{kind}-{line.number}.zip", "application/zip")


def _told(request: HttpRequest, line: Line, edition: Edition) -> adapter.Told:
    page = reverse("buslines:public-line", args=[line.code])
    address = request.build_absolute_uri(page)
    today = timezone.localdate()
    return adapter.Told(
        agency=str(line.organisation),
        url=address,
        phone=line.phone,
        line_number=line.number,
        line_name=line.name,
        line_name_en=line.name_en,
        first_day=edition.valid_from,
        last_day=queries.last_day(edition, today),
        weekdays=edition.weekdays,
        booking_url=address,
    )


@require_safe
@often
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """Send the timetable as XLSX: in force, or of another edition to those who may."""
    line = public_line(code)
    number = key_of(request.GET.get("edition", ""))
    edition = _numbered(request, line, number) if number else _in_force(code)[1]
    answer = _file(xlsx(_table(edition)), f"timetable-{line.number}.xlsx", XLSX)
    if edition.published_at is None:
        # A shared cache would hand it to anybody.
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _numbered(request: HttpRequest, line: Line, number: int) -> Edition:
    edition = (
        Edition.objects.select_related("line__organisation", "fares")
        .filter(line=line, number=number)
        .first()
    )
    reach: Any = request
    if edition is None or not (
        edition.published_at or access.reads(reach.reach, line.organisation.path)
    ):
        raise Http404
    return edition


def _table(edition: Edition) -> Table:
    trips = queries.trips(edition)
    ways = []
    for home, title in ((False, _("去市场")), (True, _("回程"))):
        chosen, rows = grid(trips, home=home)
        if chosen:
            heads = [_("第 %(n)s 班") % {"n": trip.number} for trip in chosen]
            cells = [(row.spot.name, row.spot.name_en, row.minutes) for row in rows]
            ways.append(Way(title, heads, cells))
    return Table(
        title=line_name(edition.line),
        facts=[
            (_("从哪天起"), phrases.day(edition.valid_from)),
            (_("星期几开"), weekdays(edition.weekdays)),
            *([(_("注意"), _("虚构"))] if edition.line.invented else []),
        ],
        ways=ways,
        stop_heads=(_("站点"), _("英文名称")),
        fares_title=_("票价"),
        fare_heads=(_("带多少"), _("一个人（元）")),
        fares=[
            (price_name(price), price.fen / 100)
            for price in (prices(edition.fares) if edition.fares else ())
        ],
    )
