"""A street on each bank of a river, joined by one bridge two kilometres downstream.

x runs east in metres along both streets, from 0 to 2000; the northern street lies 100
metres from the southern one, and the bridge stands at x = 2000. Everything is reckoned
on the network's own lengths, which are whole here:

    north   N0 ────────────────── N2000
                                    │ bridge, 100 m
    south   S0 ────────────────── S2000

A clinic stands at S0, markets at N0 and S2000, a canteen for older people at S0.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

import numpy as np

from tests.casework.world import World
from wugeyi.circles import actions
from wugeyi.circles.actions.circles import Plan
from wugeyi.circles.models import Circle
from wugeyi.circles.rules.changes import Change, Link, What
from wugeyi.engines.accessibility.network import Flag
from wugeyi.engines.accessibility.network import build as build_network
from wugeyi.organisations.models import Organisation
from wugeyi.places.adapter import save_network
from wugeyi.places.gateway import data_folder
from wugeyi.places.models import Facility, FacilityKind, Home, Network, Template

DAY = date(2026, 3, 18)
LON, LAT = 106.7, 26.6
METRES_NORTH = 110_772.0
METRES_EAST = 99_630.0
STEP = 100
LONG = 2000
WIDE = 100


def at(x: float, *, north: bool, off: float = 0.0) -> tuple[float, float]:
    """Degrees of a point at x, ``off`` metres beside its street, away from the river."""
    y = (WIDE / 2 + off) * (1 if north else -1)
    return LON + x / METRES_EAST, LAT + y / METRES_NORTH


def arrays(
    *, extra: bool = False, rise: bool = False, bridge: int | None = None
) -> Any:
    """The network; ``extra`` adds a street nobody needs, ``bridge`` a bridge at x."""
    many = LONG // STEP + 1
    points = [at(i * STEP, north=True) for i in range(many)]
    points += [at(i * STEP, north=False) for i in range(many)]
    edges = [(i, i + 1, STEP, 0) for i in range(many - 1)]
    edges += [(many + i, many + i + 1, STEP, 0) for i in range(many - 1)]
    edges.append((many - 1, 2 * many - 1, WIDE, int(Flag.BRIDGE)))
    if extra:
        points.append(at(0, north=True, off=300))
        edges.append((0, len(points) - 1, 300, 0))
    if bridge is not None:
        place = bridge // STEP
        edges.append((place, many + place, WIDE, int(Flag.BRIDGE)))
    made = build_network(
        np.array([lon for lon, _lat in points]),
        np.array([lat for _lon, lat in points]),
        np.array([edge[0] for edge in edges]),
        np.array([edge[1] for edge in edges]),
        length_mm=np.array([edge[2] * 1000 for edge in edges]),
        way=np.array(
            [1] * (many - 1) + [2] * (many - 1) + [3] * (len(edges) - 2 * (many - 1))
        ),
        flags=np.array([edge[3] for edge in edges]),
        source="test",
        licence="ODbL",
        attribution="© OpenStreetMap contributors",
    )
    return made.with_rise(np.zeros(len(edges), np.int32)) if rise else made


def keep_network(
    unit: Organisation, made: Any, *, version: int = 1, since: date = DAY
) -> Network:
    facts = save_network(made, data_folder())
    return Network.objects.create(
        organisation=unit,
        version=version,
        name=f"路网{version}",
        source="test",
        attribution=facts.attribution,
        digest=facts.digest,
        file=facts.file,
        size_bytes=facts.size_bytes,
        nodes=facts.nodes,
        edges=facts.edges,
        components=facts.components,
        length_m=facts.length_m,
        has_rise=facts.has_rise,
        west=LON - 0.05,
        south=LAT - 0.05,
        east=LON + 0.05,
        north=LAT + 0.05,
        read_at="2026-03-01T00:00:00Z",
        accepted_at="2026-03-01T00:00:00Z",
        valid_from=since,
    )


def home(
    unit: Organisation,
    name: str,
    x: float,
    *,
    north: bool,
    residents: int | None,
    elderly: int | None = 0,
    off: float = 0.0,
) -> Home:
    lon, lat = at(x, north=north, off=off)
    return Home.objects.create(
        client_id=uuid4(),
        organisation=unit,
        name=name,
        lon=lon,
        lat=lat,
        residents=residents,
        elderly=elderly,
        recorded_at="2026-03-01T00:00:00Z",
    )


def facility(
    unit: Organisation,
    kind: FacilityKind,
    name: str,
    x: float,
    *,
    north: bool,
    capacity: int | None = None,
    off: float = 0.0,
) -> Facility:
    lon, lat = at(x, north=north, off=off)
    return Facility.objects.create(
        client_id=uuid4(),
        organisation=unit,
        kind=kind,
        name=name,
        lon=lon,
        lat=lat,
        capacity=capacity,
        recorded_at="2026-03-01T00:00:00Z",
    )


@dataclass
class Town:
    """Two banks, and what stands on them."""

    world: World
    network: Network
    template: Template
    clinic: FacilityKind
    market: FacilityKind
    canteen: FacilityKind
    homes: dict[str, Home] = field(default_factory=dict)
    facilities: dict[str, Facility] = field(default_factory=dict)

    def circle(self, unit: Organisation | None = None, **values: Any) -> Circle:
        plan = {
            "client_id": uuid4(),
            "organisation": unit or self.world.community,
            "name": "金桥生活圈",
            "network": self.network,
            "template": self.template,
            "begun_on": DAY,
        }
        return actions.create(
            plan=Plan(**(plan | values)),
            by=self.world["worker"],
            at=self.world.now(),
        ).circle

    def bridge(self, x: float = 0) -> Change:
        (lon, lat), (to_lon, to_lat) = at(x, north=True), at(x, north=False)
        return Change(
            what=What.OPEN_LINK,
            link=Link.BRIDGE,
            lon=lon,
            lat=lat,
            to_lon=to_lon,
            to_lat=to_lat,
            length_mm=WIDE * 1000,
            name="便民桥",
        )


def build(world: World) -> Town:
    """Two homes on each bank of 金桥社区, one of 银桥社区 in the south."""
    template = Template.objects.create(
        code="test-list", name_zh="测试清单", name_en="Test list", verified=True
    )
    kinds = [
        FacilityKind.objects.create(
            template=template,
            code=code,
            name_zh=zh,
            name_en=en,
            character=character,
            verified=True,
            position=place,
        )
        for place, (code, zh, en, character) in enumerate(
            [
                ("clinic", "卫生站", "Clinic", "卫"),
                ("market", "菜市场", "Market", "食"),
                ("canteen", "老年食堂", "Canteen", "老"),
            ]
        )
    ]
    town = Town(world, keep_network(world.city, arrays()), template, *kinds)
    own, other = world.community, world.neighbour
    town.homes = {
        "N0": home(own, "北岸一号", 0, north=True, residents=200, elderly=60),
        "N500": home(own, "北岸二号", 500, north=True, residents=100, elderly=20),
        "S1000": home(own, "南岸一号", 1000, north=False, residents=50, elderly=10),
        "S1900": home(own, "南岸二号", 1900, north=False, residents=30, elderly=3),
        "other": home(other, "银桥一号", 100, north=False, residents=40, elderly=8),
    }
    town.facilities = {
        "clinic": facility(own, town.clinic, "南岸卫生站", 0, north=False, capacity=40),
        "market-n": facility(own, town.market, "北岸菜场", 0, north=True),
        "market-s": facility(own, town.market, "南岸菜场", 2000, north=False),
        "canteen": facility(own, town.canteen, "食堂", 0, north=False, capacity=5),
    }
    return town


def forget() -> None:
    """Let the process forget networks of earlier tests."""
    from wugeyi.circles.adapter.streets import KEPT

    KEPT.forget()
