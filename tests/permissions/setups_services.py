"""What stands at the window and among those who came back when a row is asked."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.casework.world import World
from tests.services.desk import Desk, desk_of
from tests.talents.people import came, card, kind
from wugeyi.services.rules.trips import Result
from wugeyi.talents.actions import install_defaults

Setup = Callable[[World], tuple[dict[str, Any], dict[str, Any]]]


def at_desk(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """The community's window, with a service."""
    desk_of(world)
    return {"code": world.community.code}, {"client_id": str(uuid4())}


def of(make: Callable[[Desk], Any]) -> Setup:
    def lay(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"pk": make(desk_of(world)).pk}, {}

    return lay


def service(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    desk = desk_of(world)
    return {"code": world.community.code, "pk": desk.service.pk}, {}


def ticket(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    made = desk_of(world).ticket(timezone.now())
    return {"pk": made.pk, "slug": "call"}, {}


def talent(make: Callable[[World], Any]) -> Setup:
    def lay(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
        install_defaults(by=None, at=world.now())
        return {"pk": make(world).pk}, {}

    return lay


SETUPS: dict[str, Setup] = {
    "desk": at_desk,
    "service": service,
    "entry": of(lambda desk: desk.service),
    "material": of(lambda desk: desk.card),
    "behind": of(lambda desk: desk.service.steps.get()),
    "visit": of(lambda desk: desk.first(Result.TOLD)),
    "matter": of(lambda desk: desk.first(Result.TOLD).matter),
    "ticket": ticket,
    "came": talent(came),
    "card": talent(card),
    "talentkind": talent(lambda world: kind()),
}
