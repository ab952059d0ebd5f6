from uuid import uuid4

import pytest
from django.test import Client

from tests.casework.world import World, build
from wugeyi.places.actions.facilities import FacilityEntry, add_facility
from wugeyi.places.actions.homes import HomeEntry, add_home
from wugeyi.places.models import Facility, FacilityKind, Home, Template

# The community's ground: a square of some 1,000 m in the middle of Guiyang.
WEST, SOUTH, EAST, NORTH = 106.70, 26.64, 106.71, 26.65


@pytest.fixture
def world(db) -> World:
    world = build()
    template = Template.objects.create(code="guiyang", name_zh="十个字", name_en="Ten")
    for position, (code, name, character) in enumerate(
        [
            ("school", "小学", "教"),
            ("clinic", "卫生服务站", "卫"),
            ("meals", "老年食堂", "老"),
        ]
    ):
        FacilityKind.objects.create(
            template=template,
            code=code,
            name_zh=name,
            name_en=code,
            character=character,
            position=position,
        )
    return world


@pytest.fixture
def worker(client, world) -> Client:
    client.force_login(world["worker"])
    return client


def square(west=WEST, south=SOUTH, east=EAST, north=NORTH) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def kind(code: str = "clinic") -> FacilityKind:
    return FacilityKind.objects.get(code=code, template__code="guiyang")


def facility(world: World, name="金桥卫生站", code="clinic", **more) -> Facility:
    values = {"lon": 106.705, "lat": 26.645} | more
    unit = values.pop("unit", world.community)
    return add_facility(
        client_id=values.pop("client_id", None) or uuid4(),
        organisation=unit,
        entry=FacilityEntry(kind=kind(code), name=name, **values),
        by=world["worker"],
        at=world.now(),
    )


def home(world: World, name="金桥小区 3 栋", **more) -> Home:
    values = {"lon": 106.704, "lat": 26.644, "residents": 120, "elderly": 30} | more
    unit = values.pop("unit", world.community)
    return add_home(
        client_id=uuid4(),
        organisation=unit,
        entry=HomeEntry(name=name, **values),
        by=world["worker"],
        at=world.now(),
    )
