"""What stands in the community when a row of stations is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from tests.casework.world import NOW, World
from wugeyi.stations.actions import dictionaries, gaps, stations, tables
from wugeyi.stations.actions.stations import Entry, More
from wugeyi.stations.actions.tables import Sent
from wugeyi.stations.models import (
    Checklist,
    Item,
    Station,
    StationKind,
    WorkPoint,
)

Laid = tuple[dict[str, Any], dict[str, Any]]


def laid_out(world: World) -> Station:
    dictionaries.install_defaults(by=None, at=NOW)
    return stations.add(
        client_id=uuid4(),
        organisation=world.community,
        entry=Entry(
            StationKind.objects.get(code="union"), "union", "工会驿站", 106.7, 26.6
        ),
        more=More(opens_on=date(2026, 3, 2)),
        by=world["worker"],
        at=NOW,
    )


def words(world: World) -> Laid:
    dictionaries.install_defaults(by=None, at=NOW)
    return {}, {}


def station(world: World) -> Laid:
    return {"pk": laid_out(world).pk}, {}


def code(world: World) -> Laid:
    return {"code": laid_out(world).code}, {}


def closing(world: World) -> Laid:
    return {"pk": laid_out(world).pk}, {"on": "2026-03-17", "why": "检修"}


def kind(world: World) -> Laid:
    words(world)
    return {"what": "kinds", "pk": StationKind.objects.get(code="union").pk}, {}


def new_word(world: World) -> Laid:
    words(world)
    return {"what": "items"}, {}


def checklist(world: World) -> Laid:
    words(world)
    row = Checklist.objects.get(code="five")
    return {"pk": row.pk}, {"items": [Item.objects.get(code="rest").pk]}


def table(world: World) -> Laid:
    words(world)
    content = "名称,类型,经度,纬度\n新站,工会驿站,106.7,26.6\n".encode()
    batch = tables.keep(
        sent=Sent("stations", "s.csv", content, 1),
        organisation=world.community,
        by=world["worker"],
        at=NOW,
    )
    return {"pk": batch.pk}, {"act": "accept"}


def gap(world: World) -> Laid:
    row = gaps.search(
        organisation=world.community,
        asked=gaps.Asked(client_id=uuid4()),
        by=world["worker"],
        at=NOW,
    )
    return {"pk": row.pk}, {}


def points(world: World) -> Laid:
    WorkPoint.objects.create(
        client_id=uuid4(),
        organisation=world.community,
        kind="food",
        name="粉馆",
        lon=106.7,
        lat=26.6,
        origin="table",
        source="名录",
        data_on=date(2026, 3, 1),
        recorded_at=NOW,
    )
    return {}, {"source": "名录", "data_on": "2026-03-01"}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "st-words": words,
    "st-station": station,
    "st-code": code,
    "st-close": closing,
    "st-kind": kind,
    "st-word": new_word,
    "st-list": checklist,
    "st-table": table,
    "st-gap": gap,
    "st-points": points,
    "st-xlsx": lambda world: ({"kind": "xlsx"}, {}),
    "st-blank": lambda world: ({"sort": "stations"}, {}),
}
