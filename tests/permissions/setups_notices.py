"""What stands of messages when a row of theirs is asked."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.casework.world import NOW, World, report
from wugeyi.casework.actions.telling import TOPIC
from wugeyi.notices.actions import choosing, following
from wugeyi.notices.models import Letter

Laid = tuple[dict[str, Any], dict[str, Any]]


def _address(world: World):
    return choosing.add_browser(
        user=world["worker"], endpoint="https://x/1", public_key="x", auth="y", at=NOW
    )


def own(world: World) -> Laid:
    return {"pk": _address(world).pk}, {}


def letter(world: World) -> Laid:
    address = _address(world)
    row = Letter.objects.create(
        subscriber=address.subscriber,
        address=address,
        way="push",
        token=uuid4(),
        state=Letter.State.UNKNOWN,
        begun_at=NOW,
    )
    return {"pk": row.pk}, {}


def held(world: World) -> Laid:
    """A case whose code nobody here knows."""
    return {"topic": TOPIC, "key": report(world).pk}, {"email": "a@example.cn"}


def _followed(world: World):
    return following.follow_by_email(
        topic=TOPIC,
        key=report(world).pk,
        email="a@example.cn",
        language="zh-hans",
        at=NOW,
    )


def secret(world: World) -> Laid:
    return {"secret": _followed(world).subscriber.secret}, {}


def stop(world: World) -> Laid:
    row = _followed(world)
    return {"secret": row.subscriber.secret, "pk": row.pk}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "n-own": own,
    "n-letter": letter,
    "n-held": held,
    "n-secret": secret,
    "n-stop": stop,
    "n-way": lambda _world: ({}, {"way": "email"}),
}
