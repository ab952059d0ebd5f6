"""Loaded networks, and networks made ready for somebody's pace; kept by this process."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.kept import Kept

if TYPE_CHECKING:
    from wugeyi.engines.accessibility.contraction import Prepared
    from wugeyi.engines.accessibility.graph import Graph
    from wugeyi.engines.accessibility.network import Network
    from wugeyi.engines.accessibility.points import Index

KEPT = Kept()


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """A network as somebody walks it."""

    network: "Network"
    index: "Index"
    graph: "Graph"
    prepared: "Prepared"


def network_of(path: Path, digest: str) -> "Network":
    """Return a network by its digest; mapped, so that it costs what is touched."""
    from wugeyi.engines.accessibility.network import load

    return KEPT.take(("network", digest), lambda: load(path))


def index_of(path: Path, digest: str) -> "Index":
    """Return the grid that finds the nearest way."""
    from wugeyi.engines.accessibility.points import index

    return KEPT.take(("index", digest), lambda: index(network_of(path, digest)))


def streets_of(inputs: Inputs) -> Streets:
    """Return the network of inputs made ready for their pace."""
    key = ("streets", inputs.network, inputs.speed_mm_s, inputs.slope)
    return KEPT.take(key, lambda: _made(inputs))


def _made(inputs: Inputs) -> Streets:
    from wugeyi.engines.accessibility.contraction import prepare
    from wugeyi.engines.accessibility.graph import Graph
    from wugeyi.engines.accessibility.walking import Pace

    network = network_of(inputs.path, inputs.network)
    graph = Graph.of(network, Pace(inputs.speed_mm_s, slope=inputs.slope))
    return Streets(
        network=network,
        index=index_of(inputs.path, inputs.network),
        graph=graph,
        prepared=prepare(graph),
    )
