"""Many at once: nobody is promised what is taken, on both databases."""

import random
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from tests.casework.world import NOW
from tests.casework.world import build as build_world
from tests.sharing.corner import TOMORROW, build, hours
from wugeyi.sharing.actions import bookings
from wugeyi.sharing.models import Booker, Booking, Hold, Thing
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.times import When

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Let calls begin at the same moment, each on a connection of its own."""
    gate, told = threading.Barrier(len(calls)), []

    def one(call):
        try:
            gate.wait(20)
            told.append(call())
        except Refused as refusal:
            told.append(refusal.why)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[call]) for call in calls]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return told


def test_many_at_once_never_share_a_half_hour():
    corner = build(build_world())
    chance = random.Random(7)
    wishes = []
    for _ in range(10):
        begin = chance.randrange(18, 22)
        wishes.append(corner.wish(when=hours(TOMORROW, begin, begin + 2)))
    two = When(TOMORROW, TOMORROW + timedelta(days=1))
    wishes += [corner.wish(corner.ladders, when=two, pieces=2) for _ in range(5)]
    told = at_once(
        [lambda wish=wish: bookings.book(wish=wish, at=NOW) for wish in wishes]
    )
    made = [each for each in told if isinstance(each, Booking)]
    assert len(told) == len(wishes)
    assert {each for each in told if not isinstance(each, Booking)} == {Why.FULL}
    taken: Counter[int] = Counter()
    for booking in made:
        if booking.thing_id == corner.room.pk:
            taken.update(range(booking.begin, booking.end))
    assert max(taken.values()) == 1
    assert sum(each.pieces for each in made if each.thing_id == corner.ladders.pk) == 6


def test_who_does_not_wait_is_stopped_by_the_database(monkeypatch):
    """Without taking turns at the row of the thing, the constraint still holds."""
    corner = build(build_world())
    monkeypatch.setattr(bookings, "take", lambda row: Thing.objects.get(pk=row.pk))
    free, ready = bookings._free, threading.Barrier(2)

    def slow(*args):
        found = free(*args)
        ready.wait(20)  # both have seen that it is free
        return found

    if connection.vendor == "postgresql":
        monkeypatch.setattr(bookings, "_free", slow)
    wishes = [corner.wish(), corner.wish()]
    told = at_once(
        [lambda wish=wish: bookings.book(wish=wish, at=NOW) for wish in wishes]
    )
    assert [each for each in told if not isinstance(each, Booking)] == [Why.FULL]
    assert Booking.objects.count() == 1
    assert Booker.objects.count() == 1
    assert Hold.objects.count() == 4


def test_the_same_form_sent_at_once_is_one_booking():
    corner = build(build_world())
    wish = corner.wish()
    told = at_once([lambda: bookings.book(wish=wish, at=NOW)] * 2)
    assert {each.pk for each in told} == {Booking.objects.get().pk}
