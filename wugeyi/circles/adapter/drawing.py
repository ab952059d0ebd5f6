"""Lines and polygons for a map."""

from pathlib import Path

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.looking import look
from wugeyi.circles.adapter.streets import KEPT, network_of, streets_of

Ring = list[tuple[float, float]]


def ground(path: Path, digest: str) -> bytes:
    """Return a network's lines, see ``engines.accessibility.drawing``."""

    def draw() -> bytes:
        from wugeyi.engines.accessibility.drawing import ground

        return ground(network_of(path, digest))

    return KEPT.take(("ground", digest), draw)


def reached_ground(inputs: Inputs, kind: int) -> list[list[Ring]]:
    """Return the ground from which a kind is reached within its limit, as polygons."""
    streets, where = streets_of(inputs), look(inputs).facilities[kind]

    def draw() -> list[list[Ring]]:
        from wugeyi.engines.accessibility.isochrone import isochrones
        from wugeyi.engines.accessibility.reach import reach

        limit = inputs.limits_ms[kind]
        times = reach(streets.prepared, [where], limit)[0]
        (area,) = isochrones(streets.network, streets.graph, times, [limit], where)
        polygons: list[list[Ring]] = [
            [[(float(x), float(y)) for x, y in ring] for ring in polygon]
            for polygon in area.geometry["coordinates"]
        ]
        return polygons

    return KEPT.take(("reached", inputs.key, kind), draw)
