"""A form asked of the town, filled for the town, a cell of it, a remembered pair."""

from collections.abc import Callable
from typing import Any

from tests.casework.world import World
from tests.reports.stage import Stage
from wugeyi.reports.models import Learned

Setup = Callable[[World], tuple[dict[str, Any], dict[str, Any]]]


def form(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    stage = Stage(world)
    made = stage.form()
    stage.layout(made)
    return {"pk": made.pk}, {}


def filling(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"pk": Stage(world).filling().pk}, {}


def cell(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    stage = Stage(world)
    return {"pk": stage.cell(stage.filling(), "C6").pk}, {}


def learned(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    made = Learned.objects.create(
        organisation=world.town,
        key="受理数",
        label="受理数",
        code="cases",
        confirmed_at=world.now(),
        confirmed_by=world["town_worker"],
    )
    return {"pk": made.pk}, {}


SETUPS: dict[str, Setup] = {
    "r-form": form,
    "r-filling": filling,
    "r-cell": cell,
    "r-learned": learned,
}
