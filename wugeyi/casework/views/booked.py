"""Booking without an account, for apps that let people book: codes, and floods.

Whoever knows the code of a booking may see it and give it back. Such pages are exempt
from the CSRF check: they act for nobody, and people whose browser refuses cookies must
be able to book. A flood is stopped by address.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, client_address, key_of, too_often
from wugeyi.casework.rules.receipts import display, normalise

WINDOW = timedelta(minutes=10)
STEPS_PER_WINDOW = 60
BOOKINGS_PER_WINDOW = 15
LOOK_UPS_PER_WINDOW = 60
WRONG = 422
CONFLICT = 409
TOO_MANY = 429
Row = TypeVar("Row")


def flooded(
    request: HttpRequest,
    form: Form,
    page: Callable[[int], HttpResponse],
    *,
    scope: str,
    at: datetime,
) -> HttpResponse | None:
    """Count a booking; return the answer to one too many, with what was typed.

    ``page`` gives the page of the form with a status.
    """
    counted = key_of(scope, client_address(request))
    if allow(counted, limit=BOOKINGS_PER_WINDOW, per=WINDOW, at=at):
        return None
    form.add_error(None, _("这会儿约得太多了。请过几分钟再试，写好的都还在。"))
    return too_often(request, window_of(at, WINDOW).end, content=page(TOO_MANY))


def of_code(code: str, by_code: Callable[[str], Row | None]) -> Row:
    """Return the booking of a code as it was typed; else 404."""
    known = normalise(code)
    booking = by_code(known) if known else None
    if booking is None:
        raise Http404(_("没有这个预约码。请对照记下的再看一遍。"))
    return booking


def find(
    request: HttpRequest, by_code: Callable[[str], object | None], receipt: str
) -> HttpResponse:
    """Ask for the code of a booking, and lead to its page, the view ``receipt``."""
    typed = request.GET.get("code", "").strip()[:40]
    code = normalise(typed) if typed else None
    if code is not None and by_code(code) is not None:
        return redirect(receipt, code=display(code))
    context = {"typed": typed, "wrong": bool(typed), "now": timezone.now()}
    status = WRONG if typed else 200
    return render(request, "casework/public/find_booking.html", context, status=status)
