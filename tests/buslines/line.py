"""A small line for tests: six stops in two valleys, two markets, a depot, one bus each.

Minutes between neighbours are whole, so that everything can be reckoned by hand:

    d0 ─5─ v1 ─6─ v2 ─6─ v3 ─12─ m1 ─4─ m2
    d0 ─5─ v4 ─6─ v5 ─6─ v6 ─12─ m1

A kilometre takes two minutes. v1 belongs to 金桥社区, v4 to 银桥社区.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from tests.casework.world import World
from wugeyi.buslines.actions import lines, records, single
from wugeyi.buslines.actions.lines import NewLine
from wugeyi.buslines.actions.single import Fares, Regular
from wugeyi.buslines.models import (
    Demand,
    Driver,
    Line,
    OtherDuty,
    RegularDuty,
    Spot,
    Vehicle,
)
from wugeyi.organisations.models import Organisation

DAY = date(2026, 3, 18)
"""The day from which everything holds; the tests' clock stands on it."""
LAT, LON = 26.6, 106.7
NEIGHBOURS = {
    ("d0", "v1"): 5,
    ("v1", "v2"): 6,
    ("v2", "v3"): 6,
    ("v3", "m1"): 12,
    ("d0", "v4"): 5,
    ("v4", "v5"): 6,
    ("v5", "v6"): 6,
    ("v6", "m1"): 12,
    ("m1", "m2"): 4,
}
CODES = ("d0", "m1", "m2", "v1", "v2", "v3", "v4", "v5", "v6")
PLACES = {
    "d0": ("depot", "车场", 0.00, 0.00),
    "v1": ("stop", "上坝", 0.02, 0.02),
    "v2": ("stop", "中坝", 0.05, 0.03),
    "v3": ("stop", "下坝", 0.08, 0.02),
    "v4": ("stop", "石头寨", 0.02, -0.02),
    "v5": ("stop", "水井湾", 0.05, -0.03),
    "v6": ("stop", "大田", 0.08, -0.02),
    "m1": ("market", "北门市场", 0.14, 0.00),
    "m2": ("market", "南门市场", 0.16, -0.01),
}
DEMANDS = {
    # code: stop, market, home, persons, baskets, earliest, latest
    "r1": ("v1", "m1", False, 3, 6, 360, 390),
    "r2": ("v2", "m1", False, 2, 4, 360, 390),
    "r3": ("v3", "m1", False, 4, 4, 360, 400),
    "r4": ("v4", "m1", False, 5, 10, 370, 400),
    "r5": ("v5", "m2", False, 2, 2, 375, 405),
    "r6": ("v6", "m1", False, 1, 0, 370, 410),
    "r7": ("v1", "m1", True, 3, 0, 690, 750),
}


def matrix() -> dict[str, Any]:
    """Shortest ways between all places, minutes and metres."""
    far = 10_000
    size = len(CODES)
    minutes = [[0 if i == j else far for j in range(size)] for i in range(size)]
    for (here, there), many in NEIGHBOURS.items():
        i, j = CODES.index(here), CODES.index(there)
        minutes[i][j] = minutes[j][i] = many
    for k in range(size):
        for i in range(size):
            for j in range(size):
                way = minutes[i][k] + minutes[k][j]
                minutes[i][j] = min(minutes[i][j], way)
    metres = [[500 * each for each in row] for row in minutes]
    return {"codes": list(CODES), "minutes": minutes, "metres": metres}


@dataclass
class BusLine:
    """A line with its records by code."""

    world: World
    line: Line
    spots: dict[str, Spot] = field(default_factory=dict)
    demands: dict[str, Demand] = field(default_factory=dict)
    vehicles: dict[str, Vehicle] = field(default_factory=dict)
    drivers: dict[str, Driver] = field(default_factory=dict)

    @property
    def by(self) -> Any:
        """Who plans the line."""
        return self.world["town_worker"]

    def spot(self, code: str, **values: Any) -> Spot:
        kind, name, north, east = PLACES.get(code, ("stop", code, 0.03, 0.03))
        known = {
            "kind": kind,
            "code": code,
            "name": name,
            "lat": LAT + north,
            "lon": LON + east,
        }
        self.spots[code] = self.add(Spot, **(known | values))
        return self.spots[code]

    def demand(self, code: str, **values: Any) -> Demand:
        stop, market, home, persons, baskets, first, last = DEMANDS.get(
            code, ("v1", "m1", False, 1, 1, 360, 400)
        )
        known = {
            "code": code,
            "name": f"{code}的菜农",
            "stop": self.spots[stop],
            "market": self.spots[market],
            "home": home,
            "persons": persons,
            "baskets": baskets,
            "earliest_minute": first,
            "latest_minute": last,
            "source": Demand.Source.MEETING,
        }
        self.demands[code] = self.add(Demand, **(known | values))
        return self.demands[code]

    def vehicle(self, code: str, **values: Any) -> Vehicle:
        known = {
            "code": code,
            "name": "11.4 米客车",
            "depot": self.spots["d0"],
            "count": 1,
            "seats": 42,
            "basket_places": 70,
            "length_cm": 1140,
            "floor_dm2": 2000,
            "cost_fen_per_km": 260,
            "fixed_fen": 6000,
        }
        self.vehicles[code] = self.add(Vehicle, **(known | values))
        return self.vehicles[code]

    def regular(self, code: str, **values: Any) -> RegularDuty:
        known = {
            "code": code,
            "name": f"{code}路早高峰",
            "vehicle": "large",
            "number": 1,
            "starts_minute": 420,
            "starts_at": self.spots["m2"],
            "ends_minute": 600,
            "ends_at": self.spots["d0"],
        }
        return self.add(RegularDuty, **(known | values))

    def driver(self, code: str, **values: Any) -> Driver:
        known = {
            "code": code,
            "name": f"{code}师傅",
            "licensed_on": date(2010, 5, 1),
            "stars": 3,
        }
        self.drivers[code] = self.add(Driver, **(known | values))
        return self.drivers[code]

    def duty(self, code: str, **values: Any) -> OtherDuty:
        known = {
            "code": code,
            "begin_minute": 13 * 60,
            "end_minute": 19 * 60,
            "driving": "13:10-15:00 15:30-18:00",
            "weekdays": "12345",
        }
        return self.add(OtherDuty, **(known | values))

    def add(self, model: Any, **values: Any) -> Any:
        return records.add(
            model,
            line=self.line,
            values=values,
            valid_from=values.pop("valid_from", DAY),
            by=self.by,
            at=self.world.now(),
        ).row

    def rule(self, name: str, number: int, **values: Any) -> Any:
        return single.set_rule(
            line=self.line,
            name=name,
            number=number,
            by=self.by,
            at=self.world.now(),
            **({"on": DAY} | values),
        )


def create(world: World, unit: Organisation | None = None, **values: Any) -> Line:
    """A line and nothing of it."""
    known = {
        "client_id": uuid4(),
        "organisation": unit or world.town,
        "number": "252",
        "name": "252 路惠农专线",
        "opened_on": DAY,
    }
    return lines.create(
        new=NewLine(**(known | values)), by=world["town_worker"], at=world.now()
    ).line


def build(world: World) -> BusLine:
    """The line with everything a plan needs, through the actions."""
    made = BusLine(world, create(world))
    villages = {"v1": world.community, "v4": world.neighbour}
    for code in PLACES:
        made.spot(code, organisation=villages.get(code))
    for code in DEMANDS:
        made.demand(code)
    made.vehicle("large")
    made.vehicle("small", name="小客车", seats=24, basket_places=40, length_cm=700)
    for code in ("a", "b", "c"):
        made.driver(code)
    made.duty("早晚高峰")
    usual: dict[str, Any] = {"line": made.line, "on": DAY, "by": made.by}
    single.set_ways(**usual, at=world.now(), ways=matrix())
    single.set_fares(
        **usual,
        at=world.now(),
        fares=Fares(200, ((1, 300), (2, 500)), 700, "市发改委批复（虚构）"),
    )
    made.rule("ride_limit_minutes", 60)
    made.rule("stops_limit", 4)
    made.rule("hard_minutes", 4)
    regular = Regular(
        name="regular.zip",
        digest="0" * 64,
        service_on=DAY,
        departures=(("v1", 370, "7"), ("m1", 384, "7")),
    )
    single.set_timetable(**usual, at=world.now(), regular=regular)
    return made
