"""A small city with something to see from outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.casework.world import World, need
from tests.casework.world import build as build_world
from wugeyi.casework.actions import closing, handling, publishing
from wugeyi.casework.actions.intake import register
from wugeyi.casework.models import Case
from wugeyi.casework.models.steps import Callback
from wugeyi.interfaces.actions import keys
from wugeyi.interfaces.actions.keys import Made, Plan
from wugeyi.organisations.actions import set_area

LON, LAT = 106.63, 26.65


@dataclass
class Open:
    world: World
    key: Made
    working: Case
    resolved: Case
    hidden: Case
    at: datetime

    def post(self, **fields: Any) -> dict[str, Any]:
        """What a program sends."""
        return {
            "api_key": self.key.key,
            "service_code": "rubbish",
            "lat": str(LAT),
            "long": str(LON),
            "description": "垃圾站旁边堆了三天，没人收。",
            **fields,
        }


def square(lon: float, lat: float, side: float) -> dict[str, object]:
    ring = [
        [lon, lat],
        [lon + side, lat],
        [lon + side, lat + side],
        [lon, lat + side],
        [lon, lat],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def build(at: datetime) -> Open:
    world = build_world()
    for unit, lon, side in (
        (world.county, 106.60, 0.1),
        (world.community, 106.62, 0.02),
    ):
        set_area(organisation=unit, shape=square(lon, 26.64, side), by=None, at=at)
    made = new_key(world, at=at)
    working = shown(world, at=at)
    resolved = shown(world, at=at - timedelta(days=3))
    resolve(world, resolved, at=at)
    hidden = register(need=need(world, text="不公开的一件"), by=None, at=at).case
    return Open(world, made, working, resolved, hidden, at)


def new_key(world: World, *, at: datetime, **given: Any) -> Made:
    values: dict[str, Any] = {
        "organisation": world.county,
        "name": "县融媒体中心",
        "writes": True,
        "per_minute": 600,
        "per_day": 5000,
        "valid_from": at.date() - timedelta(days=1),
    }
    return keys.make(plan=Plan(**(values | given)), by=world["administrator"], at=at)


def shown(world: World, *, at: datetime, text: str = "楼下垃圾没人收。") -> Case:
    """A case somebody took up and published."""
    case = register(need=need(world, lon=LON, lat=LAT), by=None, at=at).case
    case = handling.accept(case=case, by=world["worker"], at=at)
    return publishing.publish(
        case=case, public_text=text, by=world["worker"], at=at + timedelta(minutes=5)
    )


def resolve(world: World, case: Case, *, at: datetime) -> Case:
    case = handling.answer(
        case=case, text="清走了，电话 13800138000。", by=world["worker"], at=at
    )
    return closing.call_back(
        case=case,
        method=Callback.Method.PHONE,
        result=Callback.Result.RESOLVED,
        satisfaction="yes",
        by=world["worker"],
        at=at + timedelta(minutes=1),
    )
