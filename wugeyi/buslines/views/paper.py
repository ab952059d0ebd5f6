"""Signs, drivers' sheets and posters of a timetable, as PDF in the reader's language."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.buslines.adapter.tickets import prices
from wugeyi.buslines.forms.bookings import read_day
from wugeyi.buslines.models import Edition, Spot, Trip
from wugeyi.buslines.paper import poster as poster_paper
from wugeyi.buslines.paper import sheet as sheet_paper
from wugeyi.buslines.paper import sign as sign_paper
from wugeyi.buslines.paper.parts import Along, Fare, Whose
from wugeyi.buslines.queries import editions as queries
from wugeyi.buslines.queries import papers
from wugeyi.buslines.queries.driving import Stop
from wugeyi.buslines.queries.public import StopTimes, by_stop
from wugeyi.buslines.templatetags.bustimes import (
    fare,
    hour,
    price_name,
    spot_name,
    weekday,
    weekdays,
)
from wugeyi.buslines.views.common import StaffRequest, key_of, readers
from wugeyi.buslines.views.editions import edition_of
from wugeyi.ui import phrases
from wugeyi.ui.paper import Code, code_of

LANGUAGES = ("zh-hans", "en")


def answer(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponse:
    """Return a PDF made in the language that was asked for."""
    language = request.GET.get("lang", "")
    wanted = language if language in LANGUAGES else translation.get_language()
    with translation.override(wanted):
        content = make()
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@readers
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the signs of all stops, or of one; A4, or A3 where it was asked for."""
    edition = edition_of(request, pk)
    trips = queries.trips(edition)
    stops = by_stop(trips)
    wanted = key_of(request.GET.get("stop", ""))
    chosen = [row for row in stops if row.stop.pk == wanted] or stops
    large = request.GET.get("size", "").lower() == "a3"

    def make() -> bytes:
        signs = [_sign(request, edition, trips, row) for row in chosen]
        title = _("%(line)s 站牌") % {"line": edition.line.name}
        return sign_paper.pdf(signs, title, large=large)

    return answer(request, f"sign-{edition.line.number}-{edition.number}", make)


def _sign(
    request: HttpRequest, edition: Edition, trips: Sequence[Trip], row: StopTimes
) -> sign_paper.Sign:
    line = edition.line
    page = reverse("buslines:public-stop", args=[line.code, row.stop.pk])
    there, home = _times(trips, row.stop)
    return sign_paper.Sign(
        whose=_whose(edition, _code(request, page), _("扫码看时间、订座")),
        name=row.stop.name,
        other_name=row.stop.name_en,
        days=weekdays(edition.weekdays),
        columns=(
            sign_paper.Column(_("去市场"), there, _("没有")),
            sign_paper.Column(_("回程到站"), home, _("没有")),
        ),
        along=_along(trips, row.stop),
        along_title=_("沿途站点"),
    )


def _times(
    trips: Sequence[Trip], stop: Spot
) -> tuple[list[sign_paper.Time], list[sign_paper.Time]]:
    there, home = [], []
    for trip in trips:
        for call in trip.calls.all():
            if call.stop_id != stop.pk:
                continue
            told = {"market": spot_name(trip.market), "time": hour(trip.market_minute)}
            if trip.home:
                words = _("%(time)s 从%(market)s开") % told
                home.append((call.arrive_minute, words))
            else:
                words = _("%(time)s 到%(market)s") % told
                there.append((call.depart_minute, words))
    return _clocks(there), _clocks(home)


def _clocks(found: list[tuple[int, str]]) -> list[sign_paper.Time]:
    return [sign_paper.Time(hour(minute), words) for minute, words in sorted(found)]


def _along(trips: Sequence[Trip], here: Spot) -> list[Along]:
    """Return the stops of the trips that stop here, on the way to the markets."""
    calling = [
        trip
        for trip in trips
        if any(call.stop_id == here.pk for call in trip.calls.all())
    ]
    there = [trip for trip in calling if not trip.home]
    _chosen, rows = papers.grid(there or calling, home=not there)
    return [
        Along(row.spot.name, row.spot.name_en, here=row.spot.pk == here.pk, end=row.end)
        for row in rows
    ]


def _whose(edition: Edition, code: Code, code_text: str) -> Whose:
    line = edition.line
    since = {
        "n": edition.number,
        "day": phrases.day(edition.valid_from),
    }
    foot = [
        _("%(day)s 起执行 · 第 %(n)s 版") % since,
        str(line.organisation),
    ]
    if line.phone:
        foot.append(_("服务和投诉电话：%(phone)s") % {"phone": line.phone})
    return Whose(
        number=line.number,
        name=line.name,
        other_name=line.name_en,
        invented=_("演示：这条线是虚构的，没有车来") if line.invented else "",
        foot=foot,
        fares=tuple(
            Fare(price_name(price), fare(price.fen))
            for price in (prices(edition.fares) if edition.fares else ())
        ),
        fares_title=_("一个人的票价"),
        code=code,
        code_text=code_text,
    )


def _code(request: HttpRequest, page: str) -> Code:
    return code_of(request.build_absolute_uri(page))


@require_safe
@readers
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw a sheet for each bus with who booked on a day, today's unless asked otherwise."""
    edition = edition_of(request, pk)
    today = timezone.localdate()
    asked = request.GET.get("on", "")
    on = today + timedelta(days=1) if asked == "tomorrow" else read_day(asked) or today
    trips = queries.trips(edition)
    buses = papers.buses(edition, trips, on)

    def make() -> bytes:
        title = _("%(line)s 行车单") % {"line": edition.line.name}
        sheets = [_sheet(edition, bus, on) for bus in buses]
        return sheet_paper.pdf(sheets, title)

    return answer(request, f"sheet-{edition.line.number}-{on.isoformat()}", make)


def _sheet(edition: Edition, bus: papers.Bus, on: date) -> sheet_paper.Sheet:
    line = edition.line
    bus_name = {"line": line.name, "vehicle": bus.vehicle, "n": bus.number}
    lead = f"{phrases.day(on)} {weekday(on)}"
    if bus.block is not None:
        told = {
            "depot": bus.block.depot,
            "out": hour(bus.block.leave_minute),
            "back": hour(bus.block.back_minute),
            "end": bus.block.back_at,
        }
        text = _("%(out)s 从%(depot)s出场，%(back)s 回场")
        if bus.block.shared:
            text = _("%(out)s 从%(depot)s接车，%(back)s 到%(end)s交车")
        lead += " · " + text % told
    return sheet_paper.Sheet(
        title=_("%(line)s · %(vehicle)s %(n)s 号车") % bus_name,
        lead=lead,
        invented=_("演示：这条线是虚构的，没有车来") if line.invented else "",
        trips=[_trip(trip, stops) for trip, stops in bus.trips],
        heads=(
            _("时间"),
            _("站点"),
            _("预计"),
            _("订了"),
            _("不带筐"),
            _("带一筐"),
            _("带两筐以上"),
            _("共几筐"),
        ),
        foot=_("上车时报的话只给驾驶员看，当天用完请销毁。"),
    )


def _trip(trip: Trip, stops: Sequence[Stop]) -> sheet_paper.Trip:
    told = {
        "n": trip.number,
        "market": spot_name(trip.market),
        "time": hour(trip.market_minute),
    }
    rows = [_row(stop) for stop in stops]
    if trip.home:
        title = _("第 %(n)s 班 · %(time)s 从%(market)s回村") % told
    else:
        title = _("第 %(n)s 班 · %(time)s 到%(market)s") % told
        end = spot_name(trip.market)
        rows.append(sheet_paper.Row(hour(trip.market_minute), end, counts=False))
    return sheet_paper.Trip(title, rows)


def _row(stop: Stop) -> sheet_paper.Row:
    expected = {"n": stop.expected.persons, "b": stop.expected.baskets}
    booked = {"n": stop.booked.persons, "b": stop.booked.baskets}
    getting_on = _("上 %(n)s 人 %(b)s 筐")
    return sheet_paper.Row(
        clock=hour(stop.minute),
        name=(stop.name_en if phrases.is_english() else "") or stop.name,
        expected=(getting_on if stop.boards else _("下 %(n)s 人")) % expected,
        booked=_("%(n)s 人 %(b)s 筐") % booked if stop.booked.persons else "",
        words=_("、").join(each.word for each in stop.bookings if each.word),
        counts=stop.boards,
    )


@require_safe
@readers
def poster(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the poster of the timetable, A3."""
    edition = edition_of(request, pk)
    trips = queries.trips(edition)

    def make() -> bytes:
        page = reverse("buslines:public-line", args=[edition.line.code])
        whose = _whose(edition, _code(request, page), _("扫码看时刻、订座"))
        grids = [
            grid
            for home, title in ((False, _("去市场")), (True, _("回程")))
            if (grid := _grid(trips, title, home=home)) is not None
        ]
        made = poster_paper.Poster(
            whose=whose,
            lead=weekdays(edition.weekdays),
            grids=grids,
            announcement_title=_("公告"),
            announcement=edition.announcement,
        )
        title = _("%(line)s 时刻表") % {"line": edition.line.name}
        return poster_paper.pdf(made, title)

    return answer(request, f"poster-{edition.line.number}-{edition.number}", make)


def _grid(trips: Sequence[Trip], title: str, *, home: bool) -> poster_paper.Grid | None:
    chosen, rows = papers.grid(trips, home=home)
    if not chosen:
        return None
    return poster_paper.Grid(
        title=title,
        heads=[_("第 %(n)s 班") % {"n": trip.number} for trip in chosen],
        rows=[
            (
                row.spot.name,
                row.spot.name_en,
                [hour(minute) for minute in row.minutes],
                row.end,
            )
            for row in rows
        ],
    )
