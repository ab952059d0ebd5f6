"""Stations of the small city: three, each of another sort, and what they have."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from tests.casework.world import NOW, World
from wugeyi.stations.actions import dictionaries, stations
from wugeyi.stations.actions.stations import Entry, More
from wugeyi.stations.models import Checklist, Item, Station, StationKind
from wugeyi.stations.rules.hours import Span

# A Wednesday, nine o'clock in Guiyang; 五有 hold from 27 February on.
DAY = date(2026, 3, 18)
BEGUN = date(2026, 3, 2)
LON, LAT = 106.7, 26.6
FIVE = ("sign", "study", "rest", "charging")
ALL_DAY = {day: [Span(8 * 60, 22 * 60)] for day in range(7)}
NIGHTS = {day: [Span(18 * 60, 26 * 60)] for day in range(7)}


@dataclass
class Ground:
    world: World
    items: dict[str, Item] = field(default_factory=dict)
    kinds: dict[str, StationKind] = field(default_factory=dict)

    @property
    def by(self) -> Any:
        return self.world["worker"]

    @property
    def usual(self) -> dict[str, Any]:
        return {"by": self.by, "at": NOW}

    def entry(self, name: str = "红骑一号", **more: Any) -> Entry:
        values: dict[str, Any] = {
            "kind": self.kinds["red-rider"],
            "run_by": "community",
            "name_zh": name,
            "lon": LON,
            "lat": LAT,
            "keeper_name": "李四",
            "keeper_phone": "13800138001",
        }
        return Entry(**(values | more))

    def station(
        self,
        name: str = "红骑一号",
        *,
        week: Any = None,
        has: Any = FIVE,
        lacks: Any = (),
        opens_on: date = BEGUN,
        unit: Any = None,
        **more: Any,
    ) -> Station:
        return stations.add(
            client_id=uuid4(),
            organisation=unit or self.world.community,
            entry=self.entry(name, **more),
            more=More(
                opens_on=opens_on,
                week=ALL_DAY if week is None else week,
                items={self.items[code]: "yes" for code in has}
                | {self.items[code]: "no" for code in lacks},
            ),
            **self.usual,
        )


def ground(world: World) -> Ground:
    dictionaries.install_defaults(by=None, at=NOW)
    return Ground(
        world,
        {each.code: each for each in Item.objects.all()},
        {each.code: each for each in StationKind.objects.all()},
    )


def five() -> Checklist:
    return Checklist.objects.get(code="five")
