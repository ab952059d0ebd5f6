"""A time is booked without an account; its receipt opens with a secret address."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wugeyi.accounts.throttle import throttled
from wugeyi.buslines.forms.bookings import read_day
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
from wugeyi.notices.views.following import block
from wugeyi.organisations.views.staff import key_of
from wugeyi.sharing.actions import bookings as actions
from wugeyi.sharing.actions import erasing, telling, thanks, using
from wugeyi.sharing.forms.booking import BookForm, ThankForm
from wugeyi.sharing.forms.refusals import explain
from wugeyi.sharing.models import Booking, Thing
from wugeyi.sharing.queries import catalogue as queries
from wugeyi.sharing.queries.calendar import hours_of, pieces_of
from wugeyi.sharing.rules.refusals import Refused
from wugeyi.sharing.rules.states import HOLDS, State
from wugeyi.sharing.rules.times import By, local_day
from wugeyi.sharing.views.public import public_thing


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=STEPS_PER_WINDOW, per=WINDOW, scope="sharing-book", shared=False)
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a time, and go on to its receipt."""
    thing = public_thing(pk)
    if thing.until_on is not None:
        return _page(request, thing, None, status=410)
    now = timezone.now()
    today = local_day(now)
    farthest = today + timedelta(days=thing.ahead_days)
    form = BookForm(
        request.POST if request.method == "POST" else None,
        thing=thing,
        pieces=pieces_of([thing.pk])[thing.pk],
        hours=hours_of(thing, today, farthest),
        initial=_initial(request, thing),
    )
    if not form.is_bound:
        return _page(request, thing, form)
    if not form.is_valid():
        return _page(request, thing, form, status=WRONG)
    stopped = flooded(
        request,
        form,
        lambda status: _page(request, thing, form, status=status),
        scope="sharing-booking",
        at=now,
    )
    if stopped is not None:
        return stopped
    try:
        made = actions.book(wish=_wish(thing, form), at=now)
    except Refused as refused:
        form.add_error(None, explain(refused))
        return _page(request, thing, form, status=CONFLICT)
    return redirect("sharing:receipt", code=display(made.code))


def _wish(thing: Thing, form: BookForm) -> actions.Wish:
    values = form.cleaned_data
    return actions.Wish(
        client_id=values["client_id"],
        thing=thing,
        when=form.when(),
        asker=str(values["asker"]),
        name=values["name"],
        phone=values["phone"],
        group_name=values.get("group_name", ""),
        pieces=values.get("pieces", 1),
        purpose=values["purpose"],
    )


def _initial(request: HttpRequest, thing: Thing) -> dict[str, Any]:
    initial: dict[str, Any] = {"client_id": uuid4()}
    on = read_day(request.GET.get("on", ""))
    if on is not None:
        initial |= {"first_on": on, "last_on": on}
    begin, end = (key_of(request.GET.get(name, "")) for name in ("begin", "end"))
    if begin < end:
        # A stretch that is free may be longer than one booking.
        initial |= {"begin": begin, "end": min(end, begin + thing.most)}
    return initial


def _page(
    request: HttpRequest, thing: Thing, form: BookForm | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "thing": thing,
        "unit": thing.community,
        "form": form,
        "by_day": thing.way is By.DAY,
        "now": timezone.now(),
    }
    return render(request, "sharing/public/book.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
@throttled(
    limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="sharing-receipt", methods=("GET",)
)
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a booking."""
    return booked.find(request, queries.by_code, "sharing:receipt")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=LOOK_UPS_PER_WINDOW,
    per=WINDOW,
    scope="sharing-receipt",
    methods=("GET", "POST"),
)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was booked and how it stands; give it back, thank, erase who it was."""
    booking = of_code(code, queries.by_code)
    form = ThankForm()
    refusal, status = "", 200
    if request.method == "POST":
        form = ThankForm(request.POST)
        act = request.POST.get("do", "")
        if act == "thank" and not form.is_valid():
            return _receipt(request, booking, form, status=WRONG)
        try:
            _do(act, booking, form)
        except Refused as refused:
            refusal, status = explain(refused), CONFLICT
            booking = queries.by_code(booking.code) or booking
            if act != "thank":
                form = ThankForm()
        else:
            return redirect("sharing:receipt", code=display(booking.code))
    return _receipt(request, booking, form, refusal=refusal, status=status)


def _do(act: str, booking: Booking, form: ThankForm) -> None:
    now = timezone.now()
    if act == "cancel":
        using.cancel(booking=booking, at=now)
    elif act == "erase":
        erasing.erase(booking=booking, at=now)
    elif act == "thank":
        thanks.thank(booking=booking, text=form.cleaned_data["text"], at=now)


def _receipt(
    request: HttpRequest,
    booking: Booking,
    form: ThankForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    state = State(booking.state)
    context = {
        "booking": booking,
        "thing": booking.thing,
        "unit": booking.thing.community,
        "code": display(booking.code),
        "form": form,
        "refusal": refusal,
        "may_cancel": state in (State.ASKED, State.ACCEPTED),
        "tell": block(telling.TOPIC, booking.pk, booking.code),
        "may_thank": state is State.RETURNED,
        "may_erase": state not in HOLDS and booking.booker.erased_at is None,
        "thanks": getattr(booking, "thanks", None),
        "now": timezone.now(),
    }
    return render(request, "sharing/public/receipt.html", context, status=status)
