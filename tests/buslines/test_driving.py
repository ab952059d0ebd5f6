"""Runs as drivers write them down: started, counted, ended, or not driven."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.buslines.line import DAY
from tests.buslines.timetable import call, day, published
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.actions import running
from wugeyi.buslines.models import Boarding, Driver, Run
from wugeyi.buslines.queries.driving import stops, trips_on
from wugeyi.buslines.rules.boardings import Count
from wugeyi.buslines.rules.days import moment
from wugeyi.buslines.rules.refusals import Refused, Why

MORNING = moment(DAY, 364)


@pytest.fixture
def edition(busline):
    return published(busline)


@pytest.fixture
def trip(edition):
    return call(edition, "v1").trip


def started(busline, trip, at=MORNING):
    return running.start(trip=trip, on=DAY, by=busline.by, at=at)


def board(busline, run, stop, count, **values):
    known = {"client_id": uuid4(), "by": busline.by, "at": MORNING}
    return running.board(
        run=run, call=call(run.trip.edition, stop), count=count, **(known | values)
    )


def refused(why, act, *args, **values):
    with pytest.raises(Refused) as caught:
        act(*args, **values)
    assert caught.value.why is why


def test_a_run_is_begun_once(busline, trip):
    first = started(busline, trip)
    second = started(busline, trip, at=MORNING + timedelta(minutes=3))
    assert first == second
    assert second.started_at == MORNING
    assert AuditEvent.objects.filter(action="buslines.start_run").count() == 1


def test_the_driver_is_whoever_drives_that_day(busline, trip):
    driver = busline.drivers["a"]
    Driver.objects.filter(pk=driver.pk).update(user=busline.by)
    assert started(busline, trip).driver == driver


def test_fares_follow_the_table_in_force(busline, trip):
    run = started(busline, trip)
    made = board(busline, run, "v1", Count(without=2, with_one=3, with_more=1))
    # 2 × 2 + 3 × 5 + 1 × 7 yuan.
    assert made.fare_fen == 2_600
    assert (made.persons, made.baskets) == (6, 5)
    heavy = board(busline, run, "v2", Count(with_more=2, baskets=9))
    assert (heavy.fare_fen, heavy.baskets) == (1_400, 9)


def test_counted_again_the_newer_stands_and_the_older_stays(busline, trip):
    run = started(busline, trip)
    first = board(busline, run, "v1", Count(without=1))
    second = board(busline, run, "v1", Count(without=2))
    third = board(busline, run, "v1", Count(without=3))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.replaced_by, second.replaced_by) == (second, third)
    assert Boarding.objects.get(replaced_by=None) == third
    events = AuditEvent.objects.filter(action="buslines.board").order_by("pk")
    assert [(event.before or "").count('"without"') for event in events] == [0, 1, 1]
    assert '"without":2' in events[2].before


def test_the_same_count_sent_twice_is_one(busline, trip):
    run, key = started(busline, trip), uuid4()
    made = [
        board(busline, run, "v1", Count(without=1), client_id=key).pk for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Boarding.objects.count() == 1


@pytest.mark.parametrize(
    "count",
    [
        Count(without=-1),
        Count(without=201),
        Count(with_one=2, baskets=3),
        Count(with_more=2, baskets=3),
        Count(without=1, baskets=1),
    ],
)
def test_numbers_that_cannot_be_are_refused(busline, trip, count):
    run = started(busline, trip)
    refused(Why.BAD_VALUE, board, busline, run, "v1", count)
    assert not Boarding.objects.exists()


def test_a_call_of_another_trip_is_refused(busline, trip):
    run = started(busline, trip)
    refused(Why.BAD_VALUE, board, busline, run, "v4", Count(without=1))


@pytest.mark.parametrize(("minutes", "late"), [(0, 0), (7, 7), (-3, -3), (500, None)])
def test_late_is_the_clock_against_the_timetable(busline, trip, minutes, late):
    run = started(busline, trip)
    at = moment(DAY, 390 + minutes)
    ended = running.end(run=run, remark="会车等了一下", by=busline.by, at=at)
    assert ended.late_minutes == late
    assert ended.note == "会车等了一下"
    again = running.end(run=run, by=busline.by, at=at + timedelta(hours=1))
    assert again.ended_at == at


def test_home_ends_at_the_last_stop(busline, edition):
    home = call(edition, "v1", home=True)
    run = running.start(trip=home.trip, on=DAY, by=busline.by, at=moment(DAY, 720))
    at = moment(DAY, home.arrive_minute + 4)
    assert running.end(run=run, by=busline.by, at=at).late_minutes == 4


def test_not_driven_needs_a_reason_and_shuts_the_run(busline, trip):
    refused(
        Why.NEEDS_TEXT,
        running.cancel,
        trip=trip,
        on=DAY,
        reason=" ",
        by=busline.by,
        at=MORNING,
    )
    run = running.cancel(trip=trip, on=DAY, reason="塌方", by=busline.by, at=MORNING)
    assert (run.cancelled, run.note) == (True, "塌方")
    refused(Why.CLOSED, started, busline, trip)
    refused(Why.CLOSED, board, busline, run, "v1", Count(without=1))
    refused(Why.CLOSED, running.end, run=run, by=busline.by, at=MORNING)


def test_a_bus_that_breaks_down_keeps_who_got_on(busline, trip):
    run = started(busline, trip)
    board(busline, run, "v1", Count(without=1))
    running.cancel(trip=trip, on=DAY, reason="车坏了", by=busline.by, at=MORNING)
    assert Boarding.objects.count() == 1


@pytest.mark.parametrize(("days", "why"), [(1, Why.TOO_EARLY), (-1, Why.NO_SUCH_DAY)])
def test_only_days_that_came_and_are_driven(busline, trip, days, why):
    refused(why, running.start, trip=trip, on=day(days), by=busline.by, at=MORNING)


def test_a_week_later_it_is_too_late(busline, trip):
    at = moment(day(8), 600)
    refused(Why.TOO_LATE, running.start, trip=trip, on=DAY, by=busline.by, at=at)
    at = moment(day(7), 600)
    assert running.start(trip=trip, on=DAY, by=busline.by, at=at).pk


def test_the_day_of_a_driver_has_trips_in_order(busline, edition):
    busline.line.refresh_from_db()
    ((line, rows),) = trips_on([busline.line], DAY)
    assert line == busline.line
    assert [(row.trip.number, row.run) for row in rows] == [
        (1, None),
        (2, None),
        (3, None),
    ]
    assert [row.expected for row in rows] == [9, 6, 3]
    assert rows[2].begins == 720
    assert Run.objects.count() == 0


def test_on_the_way_home_everybody_gets_on_at_the_market(edition):
    home = call(edition, "v1", home=True).trip
    found = stops(home, DAY, None)
    assert [(stop.name, stop.boards, stop.expected.persons) for stop in found] == [
        ("北门市场", True, 3),
        ("上坝", False, 3),
    ]
