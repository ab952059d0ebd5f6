"""The duty desk is told at once, says "seen", and what nobody sees goes up."""

from datetime import timedelta
from statistics import median
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import World, category
from tests.volunteering.people import alarm, rider, signed
from wugeyi.casework.models import Case
from wugeyi.notices.models import Notice
from wugeyi.organisations.queries import reach_of
from wugeyi.volunteering.actions import belonging, emergencies, telling
from wugeyi.volunteering.models import Emergency
from wugeyi.volunteering.queries import emergencies as queries
from wugeyi.volunteering.rules.duty import band
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views import finding

PHONE = "13800138009"


def told(row: Emergency) -> list[str]:
    return list(row.told.order_by("pk").values_list("organisation__name", flat=True))


def test_the_desk_of_the_place_is_told_in_the_same_act(world: World) -> None:
    client_id = uuid4()
    row = alarm(world, client_id=client_id)
    assert alarm(world, client_id=client_id) == row
    assert told(row) == ["金桥社区"]
    assert row.due_at == row.received_at + timedelta(minutes=5)
    reach = reach_of(world["worker"], on=row.received_on)
    assert queries.waiting(reach) == [row]
    assert queries.waiting(reach_of(world["neighbour"], on=row.received_on)) == []


def test_unseen_it_goes_up_one_level_at_a_time(world: World) -> None:
    row = alarm(world)
    at = row.received_at
    assert emergencies.go_up(at=at + timedelta(minutes=4, seconds=59)) == 0
    assert emergencies.go_up(at=at + timedelta(minutes=5)) == 1
    assert emergencies.go_up(at=at + timedelta(minutes=5)) == 0
    assert told(row) == ["金桥社区", "东街街道"]
    assert emergencies.go_up(at=at + timedelta(minutes=10)) == 1
    assert emergencies.go_up(at=at + timedelta(minutes=20)) == 1
    assert told(row) == ["金桥社区", "东街街道", "甲县", "测试市"]
    # The city is whose installation this is: there is nobody above to tell.
    assert emergencies.go_up(at=at + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert row.due_at is None


def test_seen_it_stays_where_it_is(world: World) -> None:
    row = alarm(world)
    at = row.received_at + timedelta(minutes=3)
    assert emergencies.notice(emergency=row, by=world["worker"], at=at)
    assert not emergencies.notice(emergency=row, by=world["secretary"], at=at)
    assert emergencies.go_up(at=at + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert (row.wait, row.noticed_by) == ("5", world["worker"])


def test_the_minutes_are_the_installations_own(world: World) -> None:
    emergencies.set_term(
        kind="community",
        minutes=2,
        source="值班办法",
        verified=True,
        by=world["administrator"],
        at=world.now(),
    )
    row = alarm(world)
    assert row.due_at == row.received_at + timedelta(minutes=2)
    shown = {term.kind: term for term in queries.terms()}
    assert shown["community"].verified
    assert not shown["town"].verified


@pytest.mark.parametrize(
    ("seconds", "name"),
    [(0, "1"), (60, "1"), (61, "5"), (300, "5"), (900, "15"), (901, "more")],
)
def test_waits_fall_into_bands(seconds: int, name: str) -> None:
    assert band(timedelta(seconds=seconds)) == name


def test_the_middle_wait_is_counted_from_all(world: World) -> None:
    waits = [40, 70, 600, 5]
    for seconds in waits:
        row = alarm(world)
        at = row.received_at + timedelta(seconds=seconds)
        emergencies.notice(emergency=row, by=world["worker"], at=at)
    day = alarm(world).received_on
    found = queries.waits(world.city, day, day)
    assert (found.told, found.seen) == (5, 4)
    assert found.median_seconds == median(waits)
    assert queries.waits(world.neighbour, day, day).minutes is None


def test_it_is_settled_after_it_was_seen_and_may_become_a_case(world: World) -> None:
    row = alarm(world, phone=PHONE)
    act = {"by": world["worker"], "at": world.now()}
    with pytest.raises(Refused):
        emergencies.settle(emergency=row, end=Emergency.End.HELPED, what="", **act)
    emergencies.notice(emergency=row, **act)
    case = emergencies.make_case(
        emergency=row, text="楼梯湿滑", category=category("other"), **act
    )
    again = emergencies.make_case(
        emergency=row, text="楼梯湿滑", category=category("other"), **act
    )
    assert case == again
    assert Case.objects.count() == 1
    assert case.reporter.phone == PHONE
    row.refresh_from_db()
    assert emergencies.erase(at=row.settled_at + timedelta(days=91)) == 1
    row.refresh_from_db()
    assert (row.phone, row.salt) == ("", "")


def test_one_tap_is_enough(world: World) -> None:
    """Nothing filled in: the seat's own desk is told rather than nobody."""
    url = reverse("volunteering:emergency")
    page = Client().get(url).content.decode()
    numbers = [page.index(f"tel:{number}") for number in (110, 119, 120, 122)]
    assert max(numbers) < page.index("马上告诉值班室")
    answer = Client().post(url, {"phone": "乱写", "lon": "x", "lat": "1"}, follow=True)
    assert answer.status_code == 200
    assert "已经告诉值班室" in answer.content.decode()
    assert told(Emergency.objects.get()) == ["测试市"]


def test_ones_own_community_is_told_by_one_tap(world: World) -> None:
    mine = rider(world)
    belonging.check_in(
        client_id=uuid4(),
        volunteer=mine,
        organisation=world.community,
        at=world.now(),
    )
    browser = signed(mine)
    browser.post(reverse("volunteering:emergency"), {})
    row = Emergency.objects.get()
    assert told(row) == ["金桥社区"]
    assert row.phone == mine.phone


def test_the_desk_sees_it_and_says_so(world: World) -> None:
    row = alarm(world, at=timezone.now(), phone=PHONE)
    people = {}
    for name in ("worker", "auditor", "outsider", "neighbour"):
        people[name] = Client()
        people[name].force_login(world[name])
    desk = reverse("volunteering:duty")
    part = people["worker"].get(desk, HTTP_HX_REQUEST="true").content.decode()
    assert "有老人摔倒" in part
    assert "<html" not in part
    assert "有老人摔倒" not in people["neighbour"].get(desk).content.decode()
    page = reverse("volunteering:desk-emergency", args=[row.pk])
    assert PHONE in people["worker"].get(page).content.decode()
    assert PHONE not in people["auditor"].get(page).content.decode()
    assert people["outsider"].get(page).status_code == 404
    seen = reverse("volunteering:notice", args=[row.pk])
    assert people["auditor"].post(seen).status_code == 403
    people["worker"].post(seen)
    waiting = reverse("volunteering:sounded", args=[row.client_id])
    text = Client().get(waiting).content.decode()
    assert "值班室已看到" in text
    assert PHONE not in text
    people["worker"].post(
        reverse("volunteering:settle", args=[row.pk]), {"end": "helped", "what": "送医"}
    )
    assert "现在没有紧急情况" in people["worker"].get(desk).content.decode()


def test_the_desk_that_is_told_hears_of_it_once(world: World) -> None:
    row = alarm(world)
    wanted = Notice.objects.filter(event="volunteering.emergency").order_by("pk")
    assert [each.desk for each in wanted] == [world.community.pk]
    telling.tell_desk(row, world.community, at=world.now())
    emergencies.go_up(at=row.received_at + timedelta(minutes=5))
    assert [each.desk for each in wanted.all()] == [world.community.pk, world.town.pk]
    assert PHONE not in str(list(wanted.values()))


def test_a_pin_is_more_exact_than_ones_own_community(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = rider(world)
    belonging.check_in(
        client_id=uuid4(),
        volunteer=mine,
        organisation=world.community,
        at=world.now(),
    )
    # The world of these tests has no areas: the register's answer for the pin.
    monkeypatch.setattr(finding, "organisation_at", lambda lon, lat: world.neighbour)
    pin = {"place": world.community.pk, "lon": "106.63", "lat": "26.65"}
    signed(mine).post(reverse("volunteering:emergency"), pin)
    assert told(Emergency.objects.get()) == ["银桥社区"]


def test_a_rider_begins_at_the_first_step(world: World) -> None:
    """Their own community stands ready, and is not taken for the answer to a search."""
    mine = rider(world)
    belonging.check_in(
        client_id=uuid4(),
        volunteer=mine,
        organisation=world.community,
        at=world.now(),
    )
    text = signed(mine).get(reverse("volunteering:report")).content.decode()
    assert 'class="field places"' not in text
    assert f'value="{world.community.pk}" checked' in text
