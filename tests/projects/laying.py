"""Projects, decisions and their cases in the small city of tests/casework/world.py."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from tests.casework.world import World
from wugeyi.branchwork.actions.decisions import link_cases
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Decision, Topic
from wugeyi.casework.models import Case
from wugeyi.projects.actions import projects as actions
from wugeyi.projects.models import Project

START = date(2026, 2, 2)


def topic() -> Topic:
    found, _new = Topic.objects.get_or_create(
        code="public-works",
        defaults={"name_zh": "公益事业", "name_en": "Public works"},
    )
    return found


def decide(world: World, *cases: Case, place: Any = None, **values: Any) -> Decision:
    made = add(
        model=Decision,
        organisation=place or world.community,
        values={
            "topic": topic(),
            "held_on": START,
            "matter": "在河边修一座便民桥",
            "opinion": "先修人行桥",
            "adopted": "yes",
        }
        | values,
        by=world["secretary"],
        at=world.now(),
    ).row
    if cases:
        link_cases(decision=made, cases=cases, by=world["secretary"], at=world.now())
    return made


def plan(world: World, **overrides: Any) -> actions.Plan:
    values: dict[str, Any] = {
        "client_id": uuid4(),
        "organisation": world.community,
        "kind": "link",
        "title": "金桥便民桥",
        "started_on": START,
        "goal": actions.Goal(
            text="居民过河不用绕行",
            indicator="过河步行时间",
            unit="分钟",
            baseline=Decimal(18),
            baseline_on=START,
            target=Decimal(5),
            target_on=date(2026, 12, 31),
        ),
    }
    return actions.Plan(**(values | overrides))


def begin(world: World, *cases: Case, **overrides: Any) -> Project:
    return actions.begin(
        plan=plan(world, **overrides),
        cases=cases,
        by=world["worker"],
        at=world.now(),
    ).project
