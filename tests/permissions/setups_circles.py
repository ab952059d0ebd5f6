"""What stands in the community when a row of circles is asked."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.casework.world import World
from tests.circles.town import DAY, Town, build
from wugeyi.circles import actions
from wugeyi.circles.models import Assessment, Attachment, Circle, Scenario, Site, Siting
from wugeyi.places.models import Network
from wugeyi.projects.actions.projects import Plan, begin

Laid = tuple[dict[str, Any], dict[str, Any]]


def _circle(world: World) -> tuple[Town, Circle]:
    town = build(world)
    return town, town.circle()


def circle(world: World) -> Laid:
    return {"pk": _circle(world)[1].pk}, {}


def published(world: World) -> Laid:
    made = _circle(world)[1]
    actions.publish(circle=made, by=world["worker"], at=world.now())
    return {"code": made.code}, {}


def unpublished(world: World) -> Laid:
    return {"code": _circle(world)[1].code}, {}


def ground(world: World) -> Laid:
    made = _circle(world)[1]
    return {"pk": made.pk, "digest": made.network.digest}, {}


def public_ground(world: World) -> Laid:
    made = _circle(world)[1]
    actions.publish(circle=made, by=world["worker"], at=world.now())
    return {"code": made.code, "digest": made.network.digest}, {}


def assessment(world: World) -> Laid:
    found = Assessment.objects.create(
        circle=_circle(world)[1],
        on=DAY,
        pace="adult",
        speed_mm_s=1333,
        slope=False,
        minutes=15,
        network=Network.objects.get(),
        digest="0" * 64,
        at=world.now(),
    )
    return {"pk": found.pk}, {}


def _scenario(world: World) -> Scenario:
    town, made = _circle(world)
    found = Scenario.objects.create(
        client_id=uuid4(),
        circle=made,
        name="河上加一座桥",
        network=made.network,
        made_on=DAY,
        at=world.now(),
    )
    bridge = town.bridge()
    found.changes.create(
        position=1,
        what=bridge.what.value,
        link="bridge",
        lon=bridge.lon,
        lat=bridge.lat,
        to_lon=bridge.to_lon,
        to_lat=bridge.to_lat,
        length_mm=bridge.length_mm,
    )
    return found


def scenario(world: World) -> Laid:
    return {"pk": _scenario(world).pk}, {}


def attachment(world: World) -> Laid:
    project = begin(
        plan=Plan(
            client_id=uuid4(),
            organisation=world.community,
            kind="link",
            title="便民桥",
            started_on=DAY,
        ),
        by=world["worker"],
        at=world.now(),
    ).project
    row = Attachment.objects.create(
        scenario=_scenario(world), project=project, at=world.now()
    )
    return {"pk": row.pk}, {}


def _siting(world: World) -> Siting:
    town, made = _circle(world)
    return Siting.objects.create(
        client_id=uuid4(),
        circle=made,
        kind=town.clinic,
        whom="residents",
        pace="adult",
        slope=False,
        minutes=15,
        network=made.network,
        at=world.now(),
    )


def siting(world: World) -> Laid:
    return {"pk": _siting(world).pk}, {}


def site(world: World) -> Laid:
    asked = _siting(world)
    row = Site.objects.create(
        siting=asked,
        position=1,
        lon=asked.circle.network.west + 0.05,
        lat=asked.circle.network.south + 0.05,
        residents=1,
        elderly=0,
        homes=1,
    )
    return {"pk": row.pk}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "c-circle": circle,
    "c-open": published,
    "c-shut": unpublished,
    "c-ground": ground,
    "c-streets": public_ground,
    "c-assessed": assessment,
    "c-scenario": scenario,
    "c-attached": attachment,
    "c-siting": siting,
    "c-site": site,
}
