"""Who booked which bus on a day, and how much room is left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from wugeyi.buslines.models import Booking, Call, Edition, Run, Trip
from wugeyi.buslines.rules.days import moment, runs
from wugeyi.buslines.rules.places_left import Group, Room, left

Booked = dict[int, dict[int, Group]]
"""By trip and position of the call: who booked it."""


def room_of(trip: Trip) -> Room:
    """Return what the bus of a trip takes."""
    return Room(
        trip.seats,
        trip.basket_places,
        trip.floor_dm2,
        trip.person_dm2,
        trip.basket_dm2,
    )


def boards_minute(call: Call) -> int:
    """Return when people get on: at the stop, or at the market on the way home."""
    return call.trip.market_minute if call.trip.home else call.depart_minute


def booked(trips: Iterable[Trip], on: date) -> Booked:
    """Return what stands booked on some trips on a day; one query."""
    rows = (
        Booking.objects.filter(call__trip__in=trips, on=on, cancelled_at=None)
        .values("call__trip_id", "call__position")
        .annotate(people=Sum("persons"), goods=Sum("baskets"))
        .order_by()
    )
    found: Booked = defaultdict(dict)
    for row in rows:
        group = Group(row["people"], row["goods"])
        found[row["call__trip_id"]][row["call__position"]] = group
    return found


def cancelled(trips: Iterable[Trip], on: date) -> dict[int, str]:
    """Return why trips do not run on a day, by key of trip; one query."""
    rows = Run.objects.filter(trip__in=trips, on=on, cancelled=True)
    return dict(rows.values_list("trip_id", "note"))


@dataclass(frozen=True, slots=True)
class Ride:
    """A bus at a stop on a day, as a grower sees it.

    Parameters
    ----------
    board_minute, there_minute
        When one gets on, and where one wants to be: the market, or home at the stop.
    left
        People and baskets that could still book, each alone.
    gone
        Whether it has left by now.
    off
        Why it does not run, empty if it does.
    """

    call: Call
    trip: Trip
    board_minute: int
    there_minute: int
    left: Group
    gone: bool
    off: str
    cancelled: bool


def rides(
    trips: Sequence[Trip], stop: int, on: date, now: datetime
) -> tuple[list[Ride], list[Ride]]:
    """Return a stop's buses to markets and home on a day; two queries.

    ``trips`` have their calls at hand (``editions.trips``).
    """
    taken, off = booked(trips, on), cancelled(trips, on)
    there: list[Ride] = []
    home: list[Ride] = []
    for trip in trips:
        calls = list(trip.calls.all())
        positions = [call.position for call in calls]
        room, has = room_of(trip), taken.get(trip.pk, {})
        for call in calls:
            if call.stop_id != stop:
                continue
            call.trip = trip
            board = boards_minute(call)
            ride = Ride(
                call=call,
                trip=trip,
                board_minute=board,
                there_minute=call.arrive_minute if trip.home else trip.market_minute,
                left=left(room, positions, has, call.position, home=trip.home),
                gone=moment(on, board) <= now,
                off=off.get(trip.pk, ""),
                cancelled=trip.pk in off,
            )
            (home if trip.home else there).append(ride)
    key = _by_minute
    return sorted(there, key=key), sorted(home, key=key)


def _by_minute(ride: Ride) -> int:
    return ride.board_minute


def load_call(pk: int) -> Call | None:
    """Return a call of a published edition with all a booking needs to know."""
    rows = Call.objects.select_related(
        "stop",
        "trip__market",
        "trip__edition__line__organisation",
        "trip__edition__fares",
    ).prefetch_related("trip__edition__fares__bands")
    return rows.filter(
        pk=pk,
        trip__edition__published_at__isnull=False,
        trip__edition__withdrawn_at=None,
    ).first()


def by_code(code: str) -> Booking | None:
    """Return a booking by its code, normalised already."""
    rows = Booking.objects.select_related(
        "call__stop",
        "call__trip__market",
        "call__trip__edition__line__organisation",
        "call__trip__edition__fares",
    ).prefetch_related("call__trip__edition__fares__bands")
    return rows.filter(code=code).first()


def runs_on(edition: Edition, on: date) -> bool:
    """Tell whether an edition drives on a day: it holds, its line runs, the weekday fits."""
    line = edition.line
    return (
        edition.published_at is not None
        and edition.withdrawn_at is None
        and edition.holds(on)
        and (line.closed_on is None or on < line.closed_on)
        and runs(edition.weekdays, on)
    )


def persons_from(edition: Edition, on: date) -> int:
    """Return how many people have booked rides of an edition from a day on."""
    rows = Booking.objects.filter(
        call__trip__edition=edition, on__gte=on, cancelled_at=None
    )
    return rows.aggregate(n=Sum("persons"))["n"] or 0


def persons_overtaken(edition: Edition) -> int:
    """Return how many have booked older timetables for days this edition takes over.

    Their codes tell them that their bus has changed.
    """
    rows = Booking.objects.filter(
        call__trip__edition__line=edition.line,
        on__gte=edition.valid_from,
        cancelled_at=None,
    ).exclude(call__trip__edition=edition)
    if edition.valid_until is not None:
        rows = rows.filter(on__lt=edition.valid_until)
    return rows.aggregate(n=Sum("persons"))["n"] or 0
