"""What messages need to know of a booking that somebody follows by its receipt."""

import secrets
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wugeyi.casework.rules.receipts import display, normalise
from wugeyi.notices.registry import Topic, register_topic
from wugeyi.sharing.actions import telling
from wugeyi.sharing.models import Booking


def _found(key: int) -> Booking | None:
    rows = Booking.objects.select_related("thing", "booker")
    return rows.filter(pk=key).first()


def label(key: int) -> str:
    """Return what a booking is called."""
    booking = _found(key)
    return booking.thing.title if booking is not None else ""


def may(request: HttpRequest, key: int) -> bool:
    """Tell whether a request carries the code of a booking."""
    sent, booking = normalise(request.POST.get("code", "")[:40]), _found(key)
    if sent is None or booking is None:
        return False
    return secrets.compare_digest(booking.code, sent)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """Lead somebody who follows a booking to its receipt."""
    booking = _found(key)
    if booking is None:
        raise Http404
    return redirect("sharing:receipt", code=display(booking.code))


def standing(key: int) -> tuple[int, date | None]:
    """Return the booking itself, and until when who booked is kept."""
    booking = _found(key)
    return key, booking.booker.keep_until if booking is not None else None


def register() -> None:
    """Let bookings be followed."""
    register_topic(
        Topic(
            telling.TOPIC,
            label=label,
            may=may,
            show=show,
            welcome=telling.received,
            standing=standing,
        )
    )
    telling.register()
