"""A place is booked without an account, and given back with its code."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wugeyi.accounts.throttle import throttled
from wugeyi.buslines.actions import bookings as actions
from wugeyi.buslines.adapter.tickets import for_group
from wugeyi.buslines.forms.bookings import BookForm, read_day
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Booking, Call, Line
from wugeyi.buslines.queries import bookings as queries
from wugeyi.buslines.queries.public import driven_days, editions_between
from wugeyi.buslines.rules.days import BOOK_DAYS, moment
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.casework.rules.receipts import display
from wugeyi.casework.views import booked
from wugeyi.casework.views.booked import (
    CONFLICT,
    LOOK_UPS_PER_WINDOW,
    STEPS_PER_WINDOW,
    WINDOW,
    WRONG,
    flooded,
    of_code,
)


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
    stopped = flooded(
        request,
        form,
        lambda status: _page(
            request, found, form, open_to_book=bool(days), status=status
        ),
        scope="bus-booking",
        at=now,
    )
    if stopped is not None:
        return stopped
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
    return booked.find(request, queries.by_code, "buslines:booking")


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
    booking = of_code(code, queries.by_code)
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
