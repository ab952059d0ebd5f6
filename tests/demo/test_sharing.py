"""A year of sharing: through actions, in order, nothing promised twice."""

import time
from collections import Counter
from datetime import UTC, date, datetime

from tests.casework.world import build
from wugeyi.demo import sharing
from wugeyi.sharing.models import Booker, Booking, Hold, Partner, Thanks, Thing
from wugeyi.sharing.rules.times import By, keys

UNTIL = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
# What it may cost, with room for a slow machine.
CPU_SECONDS = 8


def test_three_communities_share_for_a_year(db, monkeypatch):
    world = build()
    monkeypatch.setitem(sharing.BOOKINGS, world.community.code, 46)
    staff = {
        world.community: world["worker"],
        world.neighbour: world["neighbour"],
        world.town: world["town_worker"],
    }
    begun = time.process_time()
    made = sharing.live(staff=staff, since=date(2025, 3, 18), until=UNTIL)
    assert time.process_time() - begun < CPU_SECONDS
    rows = list(Booking.objects.select_related("thing"))
    assert len(rows) == made > 60
    states = Counter(row.state for row in rows)
    assert states["returned"] + states["thanked"] > made / 2
    assert states["asked"] + states["accepted"] + states["used"] > 0
    assert {"refused", "cancelled", "missed", "thanked"} <= set(states)
    assert (Partner.objects.count(), Thing.objects.count()) == (13, 12)
    assert Thanks.objects.filter(state="public").exists()
    # What was used never overlapped beyond what there is.
    taken: Counter[object] = Counter()
    for row in rows:
        if row.used_at is not None:
            for key in keys(By(row.thing.by), row.when):
                taken[row.thing_id, key] += row.pieces
    pieces = {thing.pk: thing.pieces.count() for thing in Thing.objects.all()}
    assert all(many <= pieces[thing] for (thing, _key), many in taken.items())
    # Of those long over nobody is known any more.
    assert Booker.objects.filter(erased_at=None).count() < 25
    assert Booker.objects.exclude(erased_at=None).exists()
    assert all(
        hold.booking.state in ("asked", "accepted", "used")
        for hold in Hold.objects.all()
    )


def test_the_same_year_is_lived_twice(db):
    world = build()
    staff = {world.community: world["worker"]}
    sharing.live(staff=staff, since=date(2025, 12, 1), until=UNTIL)
    first = list(Booking.objects.order_by("pk").values_list("client_id", "state"))
    Thanks.objects.all().delete()
    Booking.objects.all().delete()
    Thing.objects.all().delete()
    Partner.objects.all().delete()
    sharing.live(staff=staff, since=date(2025, 12, 1), until=UNTIL)
    again = list(Booking.objects.order_by("pk").values_list("client_id", "state"))
    assert again == first
