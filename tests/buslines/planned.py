"""Scenarios and plans of the small line, made through the actions and the worker."""

from typing import Any
from uuid import uuid4

from tests.buslines.line import DAY, BusLine
from wugeyi.buslines.actions import planning, scenarios
from wugeyi.buslines.models import Plan, Scenario
from wugeyi.buslines.rules.scenarios import Said
from wugeyi.jobs.models import Work
from wugeyi.jobs.tasks import perform


def scenario(busline: BusLine, name: str = "按现有数据", **values: Any) -> Scenario:
    return scenarios.create(
        line=busline.line,
        client_id=uuid4(),
        said=Said(name=name, on=DAY, **values),
        by=busline.by,
        at=busline.world.now(),
    )


def ask(busline: BusLine, made: Scenario, **values: Any) -> Plan:
    return planning.ask_for_plan(
        scenario=made,
        client_id=uuid4(),
        by=busline.by,
        at=busline.world.now(),
        **values,
    )


def work() -> None:
    """Do everything that waits, as the worker does."""
    while waiting := Work.objects.filter(state="queued").order_by("pk").first():
        perform(waiting)


def plan(busline: BusLine, name: str = "按现有数据", **values: Any) -> Plan:
    """A plan that was worked out, with its reasons."""
    made = ask(busline, scenario(busline, name, **values))
    work()
    made.refresh_from_db()
    return made


def bus(made: Plan) -> str:
    """The bus of a plan's first block; two of a kind are as good as each other."""
    return str(made.result["blocks"][0]["vehicle"])


def bus_name(made: Plan) -> str:
    """What pages call it."""
    kind = {"large": "11.4 米客车", "small": "小客车"}[bus(made)]
    return f"{kind} 1 号"
