"""A place is booked without an account, and given back with its code.

It is exempt from the CSRF check, as reporting is: it acts for nobody, and people whose
browser refuses cookies must be able to ride. A flood is stopped by address.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, client_address, key_of, throttled, too_often
from wugeyi.buslines.actions import bookings as actions
from wugeyi.buslines.adapter.tickets import for_group
from wugeyi.buslines.forms.bookings import BookForm, read_day
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Booking, Call, Line
from wugeyi.buslines.queries import bookings as queries
from wugeyi.buslines.queries.public import driven_days, editions_between
from wugeyi.buslines.rules.days import BOOK_DAYS, moment
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.casework.rules.receipts import display, normalise

WINDOW = timedelta(minutes=10)
STEPS_PER_WINDOW = 60
BOOKINGS_PER_WINDOW = 15
LOOK_UPS_PER_WINDOW = 60
WRONG = 422
CONFLICT = 409
TOO_MANY = 429


def _call(code: str, pk: int) -> Call:
    call = queries.load_call(pk)
    if call is None or call.trip.edition.line.code != code:
        raise Http404
    return call


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=STEPS_PER_WINDOW, per=WINDOW, scope="bus-book", shared=False)
def book(request: HttpRequest, code: str, call: int) -> HttpResponse:
    """Ask for a place, and go on to its receipt."""
    found = _call(code, call)
    line = found.trip.edition.line
    today = timezone.localdate()
    days = _days(line, found, today)
    form = BookForm(
        request.POST if request.method == "POST" else None,
        days=days,
        today=today,
        initial=_initial(request, days),
    )
    if not form.is_bound:
        return _page(request, found, form, open_to_book=bool(days))
    if not form.is_valid():
        return _page(request, found, form, open_to_book=bool(days), status=WRONG)
    now = timezone.now()
    counted = key_of("bus-booking", client_address(request))
    if not allow(counted, limit=BOOKINGS_PER_WINDOW, per=WINDOW, at=now):
        retry_at = window_of(now, WINDOW).end
        form.add_error(None, _("这会儿订得太多了。请过几分钟再试，写好的都还在。"))
        page = _page(request, found, form, open_to_book=bool(days), status=TOO_MANY)
        return too_often(request, retry_at, content=page)
    try:
        made = actions.book(wish=_wish(found, form.cleaned_data), at=now)
    except Refused as refused:
        form.add_error(None, explain(refused))
        full = refused.why is Why.FULL
        return _page(
            request, found, form, open_to_book=bool(days), full=full, status=CONFLICT
        )
    return redirect("buslines:booking", code=display(made.code))


def _wish(call: Call, values: dict[str, Any]) -> actions.Wish:
    return actions.Wish(
        client_id=values["client_id"],
        call=call,
        on=values["on"],
        persons=values["persons"],
        baskets=values["baskets"],
        word=values["word"],
    )


def _days(line: Line, call: Call, today: date) -> list[date]:
    """Return the days this very bus may be booked for."""
    held = editions_between(line, today, today + timedelta(days=BOOK_DAYS))
    edition, now = call.trip.edition, timezone.now()
    minute = queries.boards_minute(call)
    return [
        day
        for day, each in driven_days(line, held, today).items()
        if each.pk == edition.pk and moment(day, minute) > now
    ]


def _initial(request: HttpRequest, days: list[date]) -> dict[str, Any]:
    initial: dict[str, Any] = {"client_id": uuid4()}
    on = read_day(request.GET.get("on", ""))
    if on in days or days:
        initial["on"] = (on if on in days else days[0]).isoformat()
    for name in ("persons", "baskets"):
        text = request.GET.get(name, "")
        if text.isascii() and text.isdigit() and len(text) < 3:
            initial[name] = int(text)
    return initial


def _page(
    request: HttpRequest,
    call: Call,
    form: BookForm,
    *,
    open_to_book: bool,
    full: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "line": call.trip.edition.line,
        "call": call,
        "trip": call.trip,
        "board_minute": queries.boards_minute(call),
        "form": form,
        "open": open_to_book,
        "full": full,
        "now": timezone.now(),
    }
    return render(request, "buslines/public/book.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="bus-receipt", methods=("GET",))
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a booking."""
    typed = request.GET.get("code", "").strip()[:40]
    if typed:
        code = normalise(typed)
        if code is not None and queries.by_code(code) is not None:
            return redirect("buslines:booking", code=display(code))
    context = {"typed": typed, "wrong": bool(typed), "now": timezone.now()}
    status = WRONG if typed else 200
    return render(request, "buslines/public/find.html", context, status=status)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=LOOK_UPS_PER_WINDOW,
    per=WINDOW,
    scope="bus-receipt",
    methods=("GET", "POST"),
)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was booked and whether it stands; give it back."""
    known = normalise(code)
    booking = queries.by_code(known) if known else None
    if booking is None:
        raise Http404(_("没有这个预约码。请对照记下的再看一遍。"))
    refusal, status = "", 200
    if request.method == "POST":
        try:
            actions.cancel(booking=booking, at=timezone.now())
        except Refused as refused:
            refusal, status = explain(refused), CONFLICT
        else:
            return redirect("buslines:booking", code=display(booking.code))
    context = {**_standing(booking), "refusal": refusal, "now": timezone.now()}
    return render(request, "buslines/public/receipt.html", context, status=status)


def _standing(booking: Booking) -> dict[str, Any]:
    call = booking.call
    trip, edition = call.trip, call.trip.edition
    board = queries.boards_minute(call)
    off = queries.cancelled([trip], booking.on)
    gone = moment(booking.on, board) <= timezone.now()
    return {
        "booking": booking,
        "code": display(booking.code),
        "call": call,
        "trip": trip,
        "line": edition.line,
        "board_minute": board,
        "fare_fen": (
            for_group(edition.fares, booking.persons, booking.baskets)
            if edition.fares
            else None
        ),
        "gone": gone,
        # A newer timetable, or the end of the line, came in between.
        "overtaken": not queries.runs_on(edition, booking.on),
        "off": trip.pk in off,
        "why_off": off.get(trip.pk, ""),
        "may_cancel": booking.cancelled_at is None and not gone,
    }
