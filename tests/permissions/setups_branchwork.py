"""What stands in the community when a row of branch work is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from tests.branchwork.approving import approve
from tests.casework.world import NOW, World
from tests.uploads.pictures import photo, saved
from wugeyi.branchwork.actions.approvals import record_minutes
from wugeyi.branchwork.actions.dictionaries import install_dictionaries
from wugeyi.branchwork.actions.imports import keep
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import (
    Decision,
    Recorded,
    Suggestion,
    Topic,
    VanguardPost,
)
from wugeyi.branchwork.rules.meetings import Stage
from wugeyi.uploads.actions import store

Laid = tuple[dict[str, Any], dict[str, Any]]
DAY = date(2026, 3, 10)


def _made(world: World, model: type[Recorded], **values: object) -> Any:
    return add(
        model=model,
        organisation=world.community,
        values=values,
        by=world["secretary"],
        at=NOW,
    ).row


def decision(world: World) -> Laid:
    install_dictionaries(by=None, at=NOW)
    row = _made(
        world,
        Decision,
        topic=Topic.objects.get(code="public-works"),
        held_on=DAY,
        matter="路灯装在哪里",
    )
    return {"pk": row.pk}, {}


def suggestion(world: World) -> Laid:
    row = _made(world, Suggestion, kind="residents", text="先装巷口", made_on=DAY)
    return {"pk": row.pk}, {}


def post(world: World) -> Laid:
    row = _made(world, VanguardPost, kind="vanguard", name="导诊台", valid_from=DAY)
    return {"kind": "posts", "pk": row.pk}, {}


def entry(world: World) -> Laid:
    install_dictionaries(by=None, at=NOW)
    return {"name": "topics", "pk": Topic.objects.earliest("pk").pk}, {}


def approved(world: World) -> Laid:
    """A decision that members of the collective took, with minutes."""
    found, _nothing = decision(world)
    row = approve(Decision.objects.get(pk=found["pk"]), at=NOW)
    return {"pk": row.pk}, {}


def minuted(world: World) -> Laid:
    found, _nothing = approved(world)
    return found | {"stage": "assembly"}, {}


def pictured(world: World) -> Laid:
    """A picture of an assembly."""
    found, _nothing = approved(world)
    upload = store(
        file=ContentFile(saved(photo(64, 48)), name="a.jpg"), by=None, at=NOW
    )
    meeting = record_minutes(
        decision=Decision.objects.get(pk=found["pk"]),
        stage=Stage.ASSEMBLY,
        values={},
        pictures=[upload],
        by=None,
        at=NOW,
    )
    return {"pk": meeting.pictures.get().pk}, {}


def listed(world: World) -> Laid:
    """A list of posts the secretary sent."""
    batch = keep(
        kind="posts",
        filename="a.csv",
        content="岗位名称,岗位类型,设立日期\n导诊台,先锋岗,2026-3-1\n".encode(),
        rows=1,
        organisation=world.community,
        by=world["secretary"],
        at=NOW,
    )
    return {"pk": batch.pk}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "b-decision": decision,
    "b-approved": approved,
    "b-minuted": minuted,
    "b-picture": pictured,
    "b-suggestion": suggestion,
    "b-post": post,
    "b-posts": lambda world: ({"kind": "posts"}, {}),
    "b-book": lambda world: ({"name": "topics"}, {}),
    "b-topic": entry,
    "b-list": listed,
}
