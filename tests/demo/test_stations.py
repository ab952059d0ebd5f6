"""Twenty-nine stations for a year: through actions, within a few seconds."""

import json
import time
from datetime import UTC, date, datetime

import shapely
from shapely.geometry import mapping

from tests.casework.world import build, plant
from wugeyi.casework.models import Case
from wugeyi.demo import stations
from wugeyi.organisations.models import Area, Organisation
from wugeyi.stations.models import (
    Breakage,
    GapSearch,
    Met,
    Station,
    VisitDay,
    WorkPoint,
)

UNTIL = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
# What it may cost, with room for a slow machine.
CPU_SECONDS = 9


def communities(town: Organisation) -> None:
    for number in range(34):
        unit = plant(f"{number} 号社区", "community", f"9901010019{number:02}", town)
        # A street of squares some kilometre wide, the last one far away.
        west = 106.6 + number * 0.01 + (0.05 if number == 33 else 0)
        box = shapely.box(west, 26.6, west + 0.009, 26.609)
        Area.objects.create(
            organisation=unit,
            geometry=json.dumps(mapping(box)),
            lon=west,
            lat=26.6,
            size_m2=900_000,
        )


def test_a_year_of_stations(db, monkeypatch):
    world = build()
    communities(world.town)
    monkeypatch.setattr(stations, "COUNTY", world.county.code)
    begun = time.process_time()
    made = stations.live(by=world["town_worker"], since=date(2025, 3, 18), until=UNTIL)
    spent = time.process_time() - begun
    assert spent < CPU_SECONDS
    assert len(made) == Station.objects.filter(invented=True).count() == 29
    assert {row.kind.code for row in made} == {
        "red-rider",
        "warm-bee",
        "union",
        "company",
    }
    assert VisitDay.objects.count() > 3_000
    assert Breakage.objects.count() == 3
    assert Breakage.objects.filter(joined=False).count() == 2
    assert Case.objects.filter(category__code="station").count() == 3
    assert Met.objects.filter(checklist__code="five").exists()
    assert WorkPoint.objects.filter(invented=True).count() > 100
    search = GapSearch.objects.get()
    assert search.network is None
    assert search.sites.count() == 1
    site = search.sites.get()
    assert site.points == search.gap_points > 20
