"""What stands in the community when a row of places or of long work is asked."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.casework.world import World
from wugeyi.jobs.models import Work
from wugeyi.places import adapter
from wugeyi.places.actions.facilities import FacilityEntry, add_facility
from wugeyi.places.actions.homes import HomeEntry, add_home
from wugeyi.places.actions.networks import Naming, bring_network
from wugeyi.places.actions.osm import Sent, keep_osm
from wugeyi.places.actions.tables import keep_table
from wugeyi.places.gateway import data_folder
from wugeyi.places.models import Facility, FacilityKind, Home, OsmFile, Template

Laid = tuple[dict[str, Any], dict[str, Any]]
HERE = (106.705, 26.645)


def _template() -> Template:
    made, _new = Template.objects.get_or_create(code="guiyang", name_zh="十个字")
    return made


def _facility(world: World) -> Facility:
    kind, _new = FacilityKind.objects.get_or_create(
        template=_template(), code="health", name_zh="看病"
    )
    return add_facility(
        client_id=uuid4(),
        organisation=world.community,
        entry=FacilityEntry(kind, "金桥卫生站", *HERE),
        by=world["worker"],
        at=world.now(),
    )


def facility(world: World) -> Laid:
    return {"pk": _facility(world).pk}, {}


def _home(world: World) -> Home:
    return add_home(
        client_id=uuid4(),
        organisation=world.community,
        entry=HomeEntry("1 栋", *HERE, residents=120),
        by=world["worker"],
        at=world.now(),
    )


def home(world: World) -> Laid:
    return {"pk": _home(world).pk}, {}


def network(world: World) -> Laid:
    import numpy as np

    from wugeyi.engines.accessibility.network import build

    lon, lat = np.array([106.70, 106.71]), np.array([26.64, 26.64])
    made = build(lon, lat, np.array([0]), np.array([1]))
    row = bring_network(
        organisation=world.community,
        naming=Naming("金桥", "测试"),
        facts=adapter.save_network(made, data_folder()),
        by=world["worker"],
        at=world.now(),
    )
    return {"pk": row.pk}, {}


def table(world: World) -> Laid:
    content = '名称,类别,坐标\n站,看病,"106.7, 26.6"\n'.encode()
    batch = keep_table(
        sort="facilities",
        filename="a.csv",
        content=content,
        rows=1,
        organisation=world.community,
        system="wgs84",
        by=world["worker"],
        at=world.now(),
    )
    return {"pk": batch.pk}, {}


def _osm(world: World) -> OsmFile:
    return keep_osm(
        sent=Sent("sent/none", "0" * 64, "a.osm"),
        organisation=world.community,
        template=_template(),
        source="测试",
        data_on=None,
        by=world["worker"],
        at=world.now(),
    )


def osm(world: World) -> Laid:
    return {"pk": _osm(world).batch_id}, {}


def work(world: World) -> Laid:
    """The worker's file waits to be read."""
    _osm(world)
    return {"pk": Work.objects.get().pk}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "pl-facility": facility,
    "pl-home": home,
    "pl-network": network,
    "pl-table": table,
    "pl-osm": osm,
    "pl-work": work,
    "pl-sort": lambda world: ({"sort": "homes"}, {}),
}
