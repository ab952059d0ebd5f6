"""What webhooks hear of stations, sharing and volunteering: public facts, once."""

import json
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.casework.world import World
from tests.interfaces.listening import run, seal, target
from tests.interfaces.open import Open
from tests.sharing.corner import build as build_corner
from tests.stations.place import Ground, ground
from tests.volunteering import people
from wugeyi.interfaces import tasks
from wugeyi.interfaces.registry import source
from wugeyi.sharing.actions import things
from wugeyi.stations.actions import breakages, stations, status, week
from wugeyi.volunteering.actions import activities

PRIVATE = ("李四", "13800138001", "13900139000", "灯管掉下来了", "省钱")


@pytest.fixture
def heard(city: Open, own, listen):
    """A target that hears everything; asked, it returns what came since."""
    listener = listen()
    target(city, listener.url)

    def since() -> list[tuple[str, dict[str, object]]]:
        seal()
        before = len(listener.heard)
        run()
        new = [body for _headers, body in listener.heard[before:]]
        assert not [each for each in PRIVATE if each in "".join(new)]
        told = map(json.loads, new)
        return [(each["type"], each["data"]) for each in told]

    return since


@pytest.fixture
def place(city: Open) -> Ground:
    return ground(city.world)


def usual(world: World) -> dict[str, object]:
    return {"by": world["worker"], "at": timezone.now()}


def test_a_stations_life_is_told_as_its_page_shows_it(heard, place: Ground) -> None:
    by = usual(place.world)
    made = place.station()
    ((code, data),) = heard()
    assert (code, data["code"], data["in_use"]) == ("station.opened", made.code, True)
    columns = [each.name for each in source("stations").columns]
    assert list(data)[: len(columns)] == columns
    lamp = place.items["charging"]
    # Said again, and in free words, it is a case and no more.
    for item, text in ((lamp, ""), (None, "灯管掉下来了"), (lamp, "")):
        broken = breakages.Broken(uuid4(), item, text)
        breakages.report(station=made, broken=broken, at=timezone.now())
    told = [each for each in heard() if each[0].startswith("station.")]
    ((code, data),) = told
    assert (code, data["item"], data["broken"]) == (
        "station.broken",
        lamp.code,
        lamp.code,
    )
    made.refresh_from_db()
    entry = place.entry(keeper_name="王五")
    stations.edit(station=made, entry=entry, organisation=made.organisation, **by)
    assert heard() == [], "who keeps it is nobody else's business"
    entry = place.entry(name="红骑二号", keeper_name="王五")
    stations.edit(station=made, entry=entry, organisation=made.organisation, **by)
    week.set_hours(station=made, week={}, **by)
    assert [each[0] for each in heard()] == ["station.changed"] * 2
    today = timezone.localdate()
    status.close(station=made, on=today, until=None, why="省钱", **by)
    status.reopen(station=made, **by)
    status.end(station=made, on=today, why="省钱", **by)
    told = heard()
    assert [each[0] for each in told] == [
        "station.closed",
        "station.opened",
        "station.closed",
    ]
    assert told[0][1]["closes_on"] == str(today)
    assert told[2][1]["ended_on"] == str(today)


def test_the_catalogues_news(heard, city: Open) -> None:
    corner = build_corner(city.world)
    told = heard()
    assert [(code, data["title"]) for code, data in told] == [
        ("sharing.offered", "二楼会议室"),
        ("sharing.offered", "折叠梯"),
    ]
    on = timezone.localdate()
    things.withdraw_thing(thing=corner.room, on=on, **usual(city.world))
    ((code, data),) = heard()
    assert (code, data["title"]) == ("sharing.withdrawn", "二楼会议室")
    assert data["until_on"] == str(on)


def test_an_activity_and_who_comes(heard, city: Open, client) -> None:
    made = people.activity(city.world)
    activities.sign_up(
        activity=made, volunteer=people.rider(city.world), at=city.world.now()
    )
    ((code, data),) = heard()
    assert (code, data["title"]) == ("activity.announced", "清扫楼道")
    assert client.get(data["page"]).status_code == 200
    activities.cancel(activity=made, **usual(city.world))
    ((code, data),) = heard()
    assert (code, data["id"]) == ("activity.cancelled", made.pk)


def test_a_month_is_told_once_when_it_is_over(heard, city: Open, client) -> None:
    people.said(city.world, people.rider(city.world))
    now = timezone.now()
    assert tasks.end_month(now) == 1
    assert tasks.end_month(now + timedelta(seconds=5)) == 0
    ((code, data),) = heard()
    last = timezone.localdate(now).replace(day=1) - timedelta(days=1)
    assert (code, data["month"]) == ("volunteering.month", f"{last:%Y-%m}")
    assert client.get(data["table"]).status_code == 200
    # The figures behind that address are those of the month and later ones.
    march = data["table"].replace(data["month"], "2026-03")
    assert [row["month"] for row in client.get(march).json()["rows"]] == ["2026-03"]
    april = data["table"].replace(data["month"], "2026-04")
    assert client.get(april).json()["rows"] == []
    begun = datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert tasks.end_month(begun) == 1, "the next one"


def test_where_nobody_listens_no_month_is_written(city: Open) -> None:
    assert tasks.end_month(timezone.now()) == 0
