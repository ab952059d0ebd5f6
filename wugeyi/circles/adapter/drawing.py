"""Lines and polygons for a map."""

from pathlib import Path

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.streets import KEPT, network_of

Ring = list[tuple[float, float]]


def ground(path: Path, digest: str) -> bytes:
    """Return a network's lines, see ``engines.accessibility.drawing``."""

    def draw() -> bytes:
        from wugeyi.engines.accessibility.drawing import ground

        return ground(network_of(path, digest))

    return KEPT.take(("ground", digest), draw)


def reached_ground(inputs: Inputs, kind: int) -> list[list[Ring]]:
    """Return the ground from which a kind is reached within its limit, as polygons."""
    raise NotImplementedError
