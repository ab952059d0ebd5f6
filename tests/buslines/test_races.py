"""Asked for at the same moment, on connections of their own: no place is given twice."""

import threading

import pytest
from django.db import connection

from tests.buslines.line import build
from tests.buslines.test_bookings import EVE, wish
from tests.buslines.timetable import published
from tests.casework.world import build as build_world
from wugeyi.buslines.actions import bookings
from wugeyi.buslines.models import Booking, Trip
from wugeyi.buslines.rules.refusals import Refused, Why


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once_however_many_ask_together():
    edition = published(build(build_world()))
    Trip.objects.filter(edition=edition).update(seats=3)
    wishes = [wish(edition, stop, persons=1, baskets=0) for stop in ("v1", "v2", "v3")]
    wishes += [wish(edition, "v1", persons=1, baskets=0) for _ in range(3)]
    gate, booked, turned_away = threading.Barrier(len(wishes)), [], []

    def one(the_wish):
        try:
            gate.wait(20)
            booked.append(bookings.book(wish=the_wish, at=EVE).pk)
        except Refused as refusal:
            turned_away.append(refusal.why)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[each]) for each in wishes]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(booked) == 3
    assert turned_away == [Why.FULL] * 3
    assert Booking.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_at_once_is_one_booking():
    edition = published(build(build_world()))
    the_wish = wish(edition)
    gate, booked = threading.Barrier(2), []

    def one():
        try:
            gate.wait(20)
            booked.append(bookings.book(wish=the_wish, at=EVE).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(booked) == 2
    assert set(booked) == {Booking.objects.get().pk}
