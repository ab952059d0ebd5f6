"""Places on a bus: never more than it takes, in time, once, forgotten afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.buslines.line import DAY
from tests.buslines.timetable import call, day, published
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import bookings, editions, running
from wugeyi.buslines.actions.bookings import Wish
from wugeyi.buslines.models import Booking, Trip
from wugeyi.buslines.queries.bookings import rides
from wugeyi.buslines.queries.editions import trips
from wugeyi.buslines.rules.days import moment
from wugeyi.buslines.rules.places_left import NOBODY, Group, Room, aboard, fits, left
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.buslines.tasks import erase_words
from wugeyi.casework.rules.receipts import normalise

EVE = moment(DAY, 20 * 60)
TOMORROW = day(1)


@pytest.fixture
def edition(busline):
    return published(busline)


def wish(edition, stop="v1", *, home=False, **values):
    known = {
        "client_id": uuid4(),
        "call": call(edition, stop, home=home),
        "on": TOMORROW,
        "persons": 2,
        "baskets": 4,
    }
    return Wish(**(known | values))


def refused(why, the_wish, at=EVE):
    with pytest.raises(Refused) as caught:
        bookings.book(wish=the_wish, at=at)
    assert caught.value.why is why
    return caught.value.values


def test_a_booking_keeps_places_and_gives_a_code(edition):
    made = bookings.book(wish=wish(edition, word="王 3812"), at=EVE)
    assert normalise(made.code) == made.code
    assert (made.persons, made.baskets, made.word) == (2, 4, "王 3812")
    event = AuditEvent.objects.get(action="buslines.book")
    assert "3812" not in (event.after or "")


def test_the_same_form_sent_twice_is_one_booking(edition):
    the_wish = wish(edition)
    made = [bookings.book(wish=the_wish, at=EVE).pk for _ in range(2)]
    assert made[0] == made[1]
    assert Booking.objects.count() == 1
    assert AuditEvent.objects.filter(action="buslines.book").count() == 1


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"persons": 0}, Why.BAD_VALUE),
        ({"baskets": -1}, Why.BAD_VALUE),
        ({"word": "一二三四五六七八九十一二三"}, Why.BAD_VALUE),
        ({"persons": 11}, Why.TOO_MANY),
        ({"baskets": 31}, Why.TOO_MANY),
        ({"on": day(-1)}, Why.NO_SUCH_DAY),
        ({"on": day(31)}, Why.TOO_EARLY),
    ],
)
def test_what_may_not_be_booked(edition, values, why):
    refused(why, wish(edition, **values))
    assert not Booking.objects.exists()


def test_thirty_days_ahead_may_be_booked(edition):
    assert bookings.book(wish=wish(edition, on=day(30)), at=EVE).pk


def test_only_days_the_line_runs(busline):
    edition = published(busline, weekdays="135")  # DAY is a Wednesday
    refused(Why.NO_SUCH_DAY, wish(edition, on=day(1)))
    assert bookings.book(wish=wish(edition, on=day(2)), at=EVE).pk


def test_a_newer_timetable_takes_the_days_over(busline, edition):
    published(busline, valid_from=day(3), later=10)
    refused(Why.NO_SUCH_DAY, wish(edition, on=day(3)))
    assert bookings.book(wish=wish(edition, on=day(2)), at=EVE).pk


def test_until_the_bus_leaves_the_stop(edition):
    stop = call(edition, "v2")
    leaves = moment(TOMORROW, stop.depart_minute)
    assert bookings.book(wish=wish(edition, "v2"), at=leaves - timedelta(seconds=1)).pk
    refused(Why.TOO_LATE, wish(edition, "v2"), at=leaves)


def test_home_until_it_leaves_the_market(edition):
    leaves = moment(TOMORROW, 720)
    the_wish = wish(edition, "v1", home=True, baskets=0)
    assert bookings.book(wish=the_wish, at=leaves - timedelta(minutes=1)).pk
    refused(Why.TOO_LATE, wish(edition, "v1", home=True), at=leaves)


def test_a_bus_that_does_not_run_is_not_booked(busline, edition):
    trip = call(edition, "v1").trip
    running.cancel(trip=trip, on=TOMORROW, reason="塌方", by=busline.by, at=EVE)
    assert refused(Why.NO_SUCH_DAY, wish(edition))["field"] == "cancelled"


def test_full_says_what_is_left(edition):
    Trip.objects.filter(edition=edition).update(seats=5, basket_places=9)
    bookings.book(wish=wish(edition, "v1", persons=2, baskets=6), at=EVE)
    told = refused(Why.FULL, wish(edition, "v3", persons=4, baskets=1))
    assert told == {"persons": 3, "baskets": 3}
    told = refused(Why.FULL, wish(edition, "v3", persons=1, baskets=4))
    assert told == {"persons": 3, "baskets": 3}
    # The place fits exactly; another day has places of its own.
    assert bookings.book(wish=wish(edition, "v3", persons=3, baskets=3), at=EVE).pk
    refused(Why.FULL, wish(edition, "v1", persons=1, baskets=0))
    assert bookings.book(wish=wish(edition, "v1", on=day(2)), at=EVE).pk


def test_the_shared_floor_counts(edition):
    # 20 dm² a person and 25 a basket on 140: two people and four baskets fill it.
    Trip.objects.filter(edition=edition).update(floor_dm2=140)
    bookings.book(wish=wish(edition, "v1", persons=2, baskets=4), at=EVE)
    told = refused(Why.FULL, wish(edition, "v2", persons=1, baskets=0))
    assert told == {"persons": 0, "baskets": 0}


def test_giving_back_frees_the_place_and_forgets_the_word(edition):
    Trip.objects.filter(edition=edition).update(seats=2)
    made = bookings.book(wish=wish(edition, word="王"), at=EVE)
    refused(Why.FULL, wish(edition, persons=1))
    again = bookings.cancel(booking=made, at=EVE)
    assert (again.word, again.cancelled_at) == ("", EVE)
    bookings.cancel(booking=made, at=EVE + timedelta(minutes=1))
    assert AuditEvent.objects.filter(action="buslines.cancel_booking").count() == 1
    assert bookings.book(wish=wish(edition, persons=1), at=EVE).pk


def test_after_the_bus_left_nothing_is_given_back(edition):
    made = bookings.book(wish=wish(edition), at=EVE)
    with pytest.raises(Refused) as caught:
        bookings.cancel(booking=made, at=moment(TOMORROW, 400))
    assert caught.value.why is Why.TOO_LATE


def test_words_are_erased_when_the_day_is_past(edition):
    made = bookings.book(wish=wish(edition, word="王 3812"), at=EVE)
    later = bookings.book(wish=wish(edition, on=day(5), word="李"), at=EVE)
    assert erase_words(moment(TOMORROW, 23 * 60)) == 0
    assert erase_words(moment(day(2), 10)) == 1
    assert erase_words(moment(day(2), 11)) == 0
    made.refresh_from_db()
    later.refresh_from_db()
    assert (made.word, later.word) == ("", "李")
    assert AuditEvent.objects.filter(action="buslines.erase_words").count() == 1


def test_rides_of_a_stop_say_what_is_left(edition):
    bookings.book(wish=wish(edition, "v1", persons=3, baskets=5), at=EVE)
    stop = call(edition, "v2").stop
    there, home = rides(trips(edition), stop.pk, TOMORROW, EVE)
    assert home == []
    assert [(r.board_minute, r.there_minute, r.left.persons) for r in there] == [
        (call(edition, "v2").depart_minute, 390, 39)
    ]
    assert not there[0].gone


def test_withdrawn_timetables_are_not_booked(busline, edition):
    later = published(busline, valid_from=day(3), later=10)
    the_wish = wish(later, on=day(4))
    editions.withdraw(
        edition=later, reason="虚构", by=busline.by, at=busline.world.now()
    )
    refused(Why.NO_SUCH_DAY, the_wish)


groups = st.builds(Group, st.integers(1, 9), st.integers(0, 9))
rooms = st.builds(
    Room,
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 600),
    st.just(20),
    st.just(25),
)


def carried(positions, accepted, *, home):
    """Who is aboard on each segment, counted rider by rider."""
    found = []
    for place in positions:
        inside = [
            group
            for position, group in accepted
            if (position >= place if home else position <= place)
        ]
        found.append(sum(inside, NOBODY))
    return found


@given(
    room=rooms,
    wishes=st.lists(st.tuples(st.integers(0, 4), groups), max_size=30),
    home=st.booleans(),
)
def test_what_is_accepted_never_exceeds_the_bus(room, wishes, home):
    positions = list(range(5))
    accepted, taken = [], {}
    for position, group in wishes:
        free = left(room, positions, taken, position, home=home)
        may = fits(room, positions, taken, position, group, home=home)
        assert not may or (
            group.persons <= free.persons and group.baskets <= free.baskets
        )
        if may:
            accepted.append((position, group))
            taken[position] = taken.get(position, NOBODY) + group
    segments = carried(positions, accepted, home=home)
    assert segments == aboard(positions, taken, home=home)
    for each in segments:
        assert each.persons <= room.persons
        assert each.baskets <= room.baskets
        if accepted and room.floor_dm2:
            assert 20 * each.persons + 25 * each.baskets <= room.floor_dm2
