"""What stands in the city when a row of the matrix about figures is asked."""

from typing import Any

from tests.casework.world import World


def figure(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of the neighbour: figures are shown for any organisation."""
    return {"code": "cases", "unit": world.neighbour.code}, {}
