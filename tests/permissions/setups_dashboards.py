"""What stands in the city for the rows of the dashboards."""

from typing import Any

from tests.casework.world import World


def map_of(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """The outlines below the town, with a number each."""
    return {"code": world.town.code}, {"map": "cases"}


SETUPS = {"d-map": map_of}
