"""Days on which the invented line runs: who got on where, and who booked for tomorrow."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.buslines.actions import bookings, rostering, running
from wugeyi.buslines.actions.bookings import Wish
from wugeyi.buslines.models import Call, Edition, Plan, Run, Trip
from wugeyi.buslines.rules.boardings import Count
from wugeyi.demo import clock
from wugeyi.demo.busline.keys import key

SEED = 252
DAYS = 45
BOOKED = 5
# One trip of so many does not run, one of so many comes late.
FAILS, LATE = 60, 11


def drive(edition: Edition, *, by: User, until: datetime) -> None:
    """Drive every day until yesterday, each in a transaction of its own."""
    trips = list(edition.trips.select_related("market").prefetch_related("calls"))
    today = until.astimezone(clock.ZONE).date()
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        draw = Random(f"{SEED} {ago}")  # noqa: S311 - a story, not a secret
        with transaction.atomic():
            for trip in trips:
                _run(trip, day, draw, by)
    _book(trips, today + timedelta(days=1), until)


def _run(trip: Trip, day: date, draw: Random, by: User) -> None:
    calls = list(trip.calls.all())
    first = trip.market_minute - 5 if trip.home else calls[0].arrive_minute
    last = calls[-1].arrive_minute if trip.home else trip.market_minute
    begins = _at(day, first)
    if draw.randrange(FAILS) == 0:
        reason = "路上塌方，绕不过去。"
        running.cancel(trip=trip, on=day, reason=reason, by=by, at=begins)
        return
    run = running.start(trip=trip, on=day, by=by, at=begins)
    if run.ended_at is not None or run.cancelled:
        return
    if trip.home:
        # Everybody gets on at the market.
        persons = sum(_about(call.persons, draw) for call in calls)
        _board(trip, run, calls[0], Count(without=persons), by, begins)
    else:
        for call in calls:
            count = _carrying(call, draw)
            _board(trip, run, call, count, by, _at(day, call.depart_minute))
    late = draw.randrange(6, 14) if draw.randrange(LATE) == 0 else draw.randrange(-1, 4)
    running.end(run=run, by=by, at=_at(day, last + late))


def _board(
    trip: Trip, run: Run, call: Call, count: Count, by: User, at: datetime
) -> None:
    running.board(
        run=run,
        call=call,
        client_id=key(f"boarding {run.on} {trip.number} {call.position}"),
        count=count,
        by=by,
        at=at,
    )


def _about(usual: int, draw: Random) -> int:
    return max(0, usual + draw.choice((-1, 0, 0, 0, 0, 1)))


def _carrying(call: Call, draw: Random) -> Count:
    """Spread the usual baskets over those who come: one each, two for the others."""
    persons = _about(call.persons, draw)
    baskets = min(_about(call.baskets, draw), 2 * persons)
    more = max(0, baskets - persons)
    one = min(persons - more, baskets - 2 * more) if baskets > 2 * more else 0
    return Count(
        without=persons - more - one,
        with_one=one,
        with_more=more,
        baskets=one + 2 * more,
    )


def _book(trips: list[Trip], day: date, until: datetime) -> None:
    out = [trip for trip in trips if not trip.home]
    calls = [call for trip in out for call in trip.calls.all()][:BOOKED]
    for number, call in enumerate(calls):
        wish = Wish(
            client_id=key(f"booking {number}"),
            call=call,
            on=day,
            persons=1 + number % 2,
            baskets=1 + number % 3,
            word=f"尾号{1000 + 37 * number}",
        )
        bookings.book(wish=wish, at=until)


def ask_for_roster(plan: Plan, *, by: User, at: datetime) -> None:
    """Ask for the next four weeks from a Monday on; the worker does it in its turn."""
    today = at.astimezone(clock.ZONE).date()
    monday = today + timedelta(days=7 - today.weekday())
    rostering.ask_for_roster(
        plan=plan, client_id=key("roster"), first_day=monday, by=by, at=at
    )


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), clock.ZONE) + timedelta(minutes=minute)
