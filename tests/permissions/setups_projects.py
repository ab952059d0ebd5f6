"""What stands in the community when a row of projects is asked."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image

from tests.casework.world import World
from wugeyi.projects.actions.imports import keep
from wugeyi.projects.actions.kinds import add_kind
from wugeyi.projects.actions.projects import Plan, begin, publish
from wugeyi.projects.actions.results import add_evidence
from wugeyi.projects.actions.steps import plan_milestone, see_risk
from wugeyi.projects.models import Project
from wugeyi.uploads.actions import store

Laid = tuple[dict[str, Any], dict[str, Any]]
DAY = date(2026, 3, 10)


def _project(world: World) -> Project:
    return begin(
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


def project(world: World) -> Laid:
    return {"pk": _project(world).pk}, {}


def published(world: World) -> Laid:
    made = publish(
        project=_project(world), goal="修桥", by=world["worker"], at=world.now()
    )
    return {"pk": made.pk}, {}


def adding(world: World) -> Laid:
    return {"pk": _project(world).pk, "slug": "money"}, {}


def milestone(world: World) -> Laid:
    made = _project(world)
    row = plan_milestone(
        project=made, name="合龙", due_on=DAY, by=world["worker"], at=world.now()
    )
    return {"pk": made.pk, "slug": "move", "item": row.pk}, {}


def risk(world: World) -> Laid:
    made = _project(world)
    row = see_risk(
        project=made,
        kind="other",
        text="x",
        seen_on=DAY,
        by=world["worker"],
        at=world.now(),
    )
    return {"pk": made.pk, "what": "risk", "item": row.pk}, {}


def picture(world: World) -> Laid:
    made = _project(world)
    sheet = BytesIO()
    Image.new("RGB", (40, 30), "#336655").save(sheet, "PNG")
    upload = store(
        file=ContentFile(sheet.getvalue(), name="p.png"), by=None, at=world.now()
    )
    (row,) = add_evidence(
        project=made,
        uploads=[upload],
        phase="before",
        by=world["worker"],
        at=world.now(),
    )
    return {"pk": row.pk}, {}


def kind(world: World) -> Laid:
    made = add_kind(code="walk", name_zh="步道", by=None, at=world.now())
    return {"pk": made.pk}, {}


def listed(world: World) -> Laid:
    """A list the worker sent, looked at and not yet taken over."""
    batch = keep(
        form="projects",
        unit=world.community,
        filename="a.csv",
        content="项目名称,开始日期\n便民桥,2026-03-10\n".encode(),
        rows=1,
        by=world["worker"],
        at=world.now(),
    )
    return {"pk": batch.pk}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "p-project": project,
    "p-published": published,
    "p-adding": adding,
    "p-milestone": milestone,
    "p-risk": risk,
    "p-picture": picture,
    "p-kind": kind,
    "p-list": listed,
    "p-sort": lambda world: ({"sort": "grants"}, {}),
}
