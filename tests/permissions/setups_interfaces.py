"""What stands in the city for the rows of the open interfaces."""

from typing import Any

from tests.casework.world import World, report
from wugeyi.casework.actions import handling, publishing
from wugeyi.interfaces.actions import calendars, hooks, keys
from wugeyi.interfaces.actions.keys import Made, Plan
from wugeyi.interfaces.models import Target

Given = tuple[dict[str, Any], dict[str, Any]]
POSTED = {"service_code": "rubbish", "description": "垃圾没人收"}


def _key(world: World) -> Made:
    plan = Plan(
        organisation=world.city,
        name="小程序",
        writes=True,
        per_minute=60,
        per_day=600,
        valid_from=world.now().date(),
    )
    return keys.make(plan=plan, by=world["administrator"], at=world.now())


def form(world: World) -> Given:
    return {"form": "json"}, {}


def endpoint(world: World) -> Given:
    return {"base": "v2", "form": "json"}, {}


def service(world: World) -> Given:
    return {"base": "v2", "code": "rubbish", "form": "xml"}, {}


def keyless(world: World) -> Given:
    """A program posts without a key; whoever signed in lends it nothing."""
    sent = POSTED | {"address_id": world.community.code}
    return {"base": "v2", "form": "json"}, sent


def keyed(world: World) -> Given:
    kwargs, sent = keyless(world)
    return kwargs, sent | {"api_key": _key(world).key}


def hidden(world: World) -> Given:
    """A case nobody published: not even staff see it this way."""
    return {"base": "v2", "number": report(world).number, "form": "json"}, {}


def shown(world: World) -> Given:
    case = handling.accept(case=report(world), by=world["worker"], at=world.now())
    publishing.publish(
        case=case, public_text="路灯", by=world["worker"], at=world.now()
    )
    return {"base": "v2", "number": case.number, "form": "json"}, {}


def token(world: World) -> Given:
    return {"base": "v2", "code": "nothing-like-it", "form": "json"}, {}


def table(world: World) -> Given:
    return {"code": "units", "form": "csv"}, {}


def feed(world: World) -> Given:
    made = calendars.renew(
        duties=True, deadlines=True, by=world["worker"], at=world.now()
    )
    return {"secret": made.secret}, {}


def revoked(world: World) -> Given:
    return {"pk": _key(world).row.pk}, {}


def _target(world: World) -> Target:
    return hooks.make(
        organisation=world.city,
        name="数据中心",
        url="https://example.org/hook",
        events=["case.published"],
        by=world["administrator"],
        at=world.now(),
    )


def target(world: World) -> Given:
    return {"pk": _target(world).pk}, {}


def target_act(world: World) -> Given:
    return {"pk": _target(world).pk, "slug": "pause"}, {}


SETUPS = {
    "o-form": form,
    "o-endpoint": endpoint,
    "o-service": service,
    "o-keyless": keyless,
    "o-keyed": keyed,
    "o-hidden": hidden,
    "o-shown": shown,
    "o-token": token,
    "o-rest": lambda world: ({"rest": "v2/nothing"}, {}),
    "o-table": table,
    "o-feed": feed,
    "o-forged": lambda world: ({"secret": "2" * 32}, {}),
    "o-revoked": revoked,
    "o-target": target,
    "o-act": target_act,
}
