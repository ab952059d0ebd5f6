"""A graph made ready for searching: dead ends and chains off, links over what remains.

Every node keeps its exact time: what is taken off is filled in again afterwards. Preparing
looks at one pace; another pace is prepared again, which takes a fraction of a second for a
city.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.graph import Graph

Int32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A graph and what ``prepare`` found; arrays are int32, times milliseconds.

    Parameters
    ----------
    graph
        What was prepared.
    hub
        The core's nodes, in the order of its links: every link leads to a later one.
    number
        Of each node its place in ``hub``, -2 - its place in ``inner``, or -1.
    order, parent, up_ms, down_ms
        Dead ends: the nodes from outside in; of each node of the graph what it hangs on
        (-1: on nothing) and the times there and back.
    ends, first, inner, chain_of
        Chains: their two ends as places in ``hub``; where the inner nodes of each begin;
        these nodes; the chain of each.
    near_ms, far_ms
        The times from an inner node to the first and to the second end of its chain.
    there_ms, back_ms
        The steps of chain c from place ``first[c] + c`` on, onwards and back.
    start, to, out_ms, in_ms
        Links of each place of ``hub`` to later ones, and the times there and back.
    """

    graph: Graph
    hub: Int32
    number: Int32
    order: Int32
    parent: Int32
    up_ms: Int32
    down_ms: Int32
    ends: Int32
    first: Int32
    inner: Int32
    chain_of: Int32
    near_ms: Int32
    far_ms: Int32
    there_ms: Int32
    back_ms: Int32
    start: Int32
    to: Int32
    out_ms: Int32
    in_ms: Int32

    def arrays(self) -> dict[str, Int32]:
        """Return what ``restore`` needs beside the graph, by name."""
        return {name: getattr(self, name) for name in _NAMES}

    @property
    def nbytes(self) -> int:
        """Return the bytes held, those of the graph included."""
        graph = self.graph
        edges = (graph.tail, graph.head, graph.forward_ms, graph.backward_ms)
        held = [*self.arrays().values(), *edges, graph.length_mm]
        return sum(array.nbytes for array in held)


_NAMES = tuple(field.name for field in fields(Prepared) if field.name != "graph")


def prepare(graph: Graph) -> Prepared:
    """Take dead ends and chains off and link what remains.

    Time grows a little faster than the number of edges: half a million take about as
    many tenths of a second as there are fingers on one hand, a town none to speak of.
    """
    from wugeyi.engines.accessibility import kernels, kernels_core

    n = graph.n
    beside = kernels.adjacency(
        n, graph.tail, graph.head, graph.forward_ms, graph.backward_ms
    )
    order, parent, up_ms, down_ms, degree = kernels.peel(n, *beside)
    hubs, ends, first, inner, there_ms, back_ms, number = kernels.chains(
        n, *beside, parent, degree
    )
    onward, backward, chain_of, near_ms, far_ms = kernels.along(
        first, there_ms, back_ms
    )
    core = kernels.adjacency(
        len(hubs), ends[:, 0].copy(), ends[:, 1].copy(), onward, backward
    )
    rank, *links = kernels_core.arrange(*kernels_core.eliminate(*core))
    hub = np.empty_like(hubs)
    hub[rank] = hubs
    number[hubs] = rank
    return Prepared(
        graph,
        hub,
        number,
        order,
        parent,
        up_ms,
        down_ms,
        rank[ends],
        first,
        inner,
        chain_of,
        near_ms,
        far_ms,
        there_ms,
        back_ms,
        *links,
    )


def restore(graph: Graph, arrays: Mapping[str, NDArray[Any]]) -> Prepared:
    """Return what ``prepare`` returned for this graph, from ``Prepared.arrays``.

    Raises
    ------
    ValueError
        An array is missing, or they are of another graph.
    """
    if missing := [name for name in _NAMES if name not in arrays]:
        msg = f"not a prepared graph: {', '.join(missing)} missing"
        raise ValueError(msg)
    # Copies: mapped arrays are read-only, which would be another type to compile.
    held = {name: np.array(arrays[name], np.int32) for name in _NAMES}
    found = Prepared(graph, **held)
    parts = len(found.hub) + len(found.inner) + len(found.order)
    if len(found.number) != graph.n or parts != graph.n:
        raise ValueError("prepared for another graph")
    return found
