"""Places on a bus are asked for and given back, without an account.

What is promised is never more than the bus takes: bookings alone are weighed against
seats, basket places and the floor both share, on every segment they ride. Whoever only
comes to the stop has no promise; the timetable was planned for them too, and the driver
sees both. Two who book the last place at once take turns at the row of the trip.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.audit.actions import record
from wugeyi.audit.rules import Actor
from wugeyi.buslines.models import Booking, Call, Edition, Trip
from wugeyi.buslines.queries import bookings as queries
from wugeyi.buslines.rules.days import BOOK_DAYS, local_day, moment
from wugeyi.buslines.rules.places_left import (
    MOST_BASKETS,
    MOST_PERSONS,
    WORD_LENGTH,
    Group,
    fits,
    left,
)
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.casework.rules.receipts import issue

PASSENGER = Actor("乘客")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for."""

    client_id: UUID
    call: Call
    on: date
    persons: int = 1
    baskets: int = 0
    word: str = ""


def book(*, wish: Wish, at: datetime) -> Booking:
    """Keep places on a bus; the same ``client_id`` again gives what is there.

    Raises
    ------
    Refused
        BAD_VALUE for nobody or a negative number, TOO_MANY for more than one booking
        may ask, NO_SUCH_DAY, TOO_EARLY, TOO_LATE, FULL with what is left.
    """
    _check(wish)
    known = Booking.objects.filter(client_id=wish.client_id).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _book(wish, at)
    except IntegrityError:
        known = Booking.objects.filter(client_id=wish.client_id).first()
        if known is None:
            raise
        return known


def _check(wish: Wish) -> None:
    if wish.persons < 1 or wish.baskets < 0 or len(wish.word.strip()) > WORD_LENGTH:
        raise Refused(Why.BAD_VALUE, field="booking")
    if wish.persons > MOST_PERSONS or wish.baskets > MOST_BASKETS:
        raise Refused(
            Why.TOO_MANY, field="booking", persons=MOST_PERSONS, baskets=MOST_BASKETS
        )


def _book(wish: Wish, at: datetime) -> Booking:
    # Whoever books another place on this trip waits here.
    trip = Trip.objects.select_for_update(of=("self",)).get(pk=wish.call.trip_id)
    edition = Edition.objects.select_related("line__organisation").get(
        pk=trip.edition_id
    )
    trip.edition = edition
    _check_day(wish, trip, at)
    _check_room(wish, trip)
    booking = Booking.objects.create(
        client_id=wish.client_id,
        code=issue(secrets.randbits(64)),
        call=wish.call,
        on=wish.on,
        persons=wish.persons,
        baskets=wish.baskets,
        word=wish.word.strip(),
        booked_at=at,
    )
    _record(booking, edition, "book", at, after=_told(booking))
    return booking


def _check_day(wish: Wish, trip: Trip, at: datetime) -> None:
    if not queries.runs_on(trip.edition, wish.on):
        raise Refused(Why.NO_SUCH_DAY)
    if queries.cancelled([trip], wish.on):
        raise Refused(Why.NO_SUCH_DAY, field="cancelled")
    if wish.on > local_day(at) + timedelta(days=BOOK_DAYS):
        raise Refused(Why.TOO_EARLY, days=BOOK_DAYS)
    call = wish.call
    call.trip = trip
    if moment(wish.on, queries.boards_minute(call)) <= at:
        raise Refused(Why.TOO_LATE)


def _check_room(wish: Wish, trip: Trip) -> None:
    positions = list(trip.calls.order_by("position").values_list("position", flat=True))
    taken = queries.booked([trip], wish.on).get(trip.pk, {})
    room, at = queries.room_of(trip), wish.call.position
    group = Group(wish.persons, wish.baskets)
    if not fits(room, positions, taken, at, group, home=trip.home):
        free = left(room, positions, taken, at, home=trip.home)
        raise Refused(Why.FULL, persons=free.persons, baskets=free.baskets)


def _told(booking: Booking) -> dict[str, object]:
    """Return what the audit keeps: no word, nobody's name."""
    return {
        "call": booking.call_id,
        "on": booking.on,
        "persons": booking.persons,
        "baskets": booking.baskets,
    }


def _record(
    booking: Booking,
    edition: Edition,
    action: str,
    at: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        action=f"buslines.{action}",
        subject=booking,
        by=PASSENGER,
        at=at,
        organisation_id=edition.line.organisation_id,
        before=before,
        after=after,
    )


@transaction.atomic
def cancel(*, booking: Booking, at: datetime) -> Booking:
    """Give the places back; twice is the same as once.

    Raises
    ------
    Refused
        TOO_LATE once the bus has left.
    """
    fresh = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("call__trip__edition__line")
        .get(pk=booking.pk)
    )
    if fresh.cancelled_at is not None:
        return fresh
    if moment(fresh.on, queries.boards_minute(fresh.call)) <= at:
        raise Refused(Why.TOO_LATE, field="cancel")
    fresh.cancelled_at = at
    fresh.word = ""
    fresh.save(update_fields=["cancelled_at", "word"])
    _record(
        fresh,
        fresh.call.trip.edition,
        "cancel_booking",
        at,
        before={"cancelled_at": None},
        after={"cancelled_at": at},
    )
    return fresh


def erase_words(*, today: date, at: datetime) -> int:
    """Take away the words of bookings whose day is past; return how many.

    Safe to repeat and to stop; each batch leaves one event.
    """
    past = Booking.objects.filter(on__lt=today).exclude(word="").order_by("on", "pk")
    count = 0
    while keys := list(past.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            erased = Booking.objects.filter(pk__in=keys).update(word="")
            record(
                action="buslines.erase_words",
                subject=None,
                by=None,
                at=at,
                after={"bookings": erased},
            )
        count += len(keys)
    return count
