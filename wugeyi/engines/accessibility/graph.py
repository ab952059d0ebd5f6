"""What a search runs on: nodes, edges with milliseconds both ways, and points on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.walking import (
    FORBIDDEN,
    LONGEST_MS,
    Pace,
    durations,
    off_way_ms,
)

Int32 = NDArray[np.int32]
UNREACHED = 2**31 - 1
"""The time to what cannot be reached, or not within the limit."""

BLOCKED = 2**30 - 1
"""Inside the engine: a way that may not be walked. Two of them fit in int32."""


class OnEdges(Protocol):
    """What ``points.attach`` returns, as far as a search looks at it."""

    @property
    def edge(self) -> Any:
        """Edges, -1 for none."""

    @property
    def share_mm(self) -> Any:
        """Millimetres from the tail."""

    @property
    def off_mm(self) -> Any:
        """Millimetres beside the way."""


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Points of a graph, with the times to and from the ends of their edge.

    A point is a place on an edge (``edge`` ≥ 0), a node itself (``node`` ≥ 0), or
    nowhere (both -1), which nothing reaches. Times are milliseconds; ``BLOCKED`` where
    the direction may not be walked.

    Parameters
    ----------
    edge, node
        int32[k].
    share_mm
        int32[k], millimetres from the tail: orders the points of one edge.
    from_tail_ms, from_head_ms
        int32[k], from an end of the edge to the point; 0 for a node.
    to_tail_ms, to_head_ms
        int32[k], from the point to an end.
    off_ms
        int32[k], between the point and the door beside it.
    """

    edge: Int32
    node: Int32
    share_mm: Int32
    from_tail_ms: Int32
    from_head_ms: Int32
    to_tail_ms: Int32
    to_head_ms: Int32
    off_ms: Int32

    def __len__(self) -> int:
        return len(self.edge)


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Nodes 0 … n-1 and m edges; parallel edges, loops and islands are welcome.

    Parameters
    ----------
    n
        The number of nodes.
    tail, head
        int32[m], the ends of each edge.
    forward_ms, backward_ms
        int32[m], milliseconds from tail to head and back: 0 or more, or ``FORBIDDEN``.
    length_mm
        int32[m], at least 1: a point's place on an edge is a share of it.
    speed_mm_s
        The speed beside the ways.
    """

    n: int
    tail: Int32
    head: Int32
    forward_ms: Int32
    backward_ms: Int32
    length_mm: Int32
    speed_mm_s: int

    @classmethod
    def of(cls, network: Network, pace: Pace) -> "Graph":
        """Return the network as somebody walks it.

        Raises
        ------
        ValueError
            The pace asks for slopes and the network has no heights.
        """
        forward, backward = durations(network, pace)
        # Copies: a mapped network is read-only, which would be another type to compile.
        ends = np.array(network.tail, np.int32), np.array(network.head, np.int32)
        length = np.array(network.length_mm, np.int32)
        return cls(network.nodes, *ends, forward, backward, length, pace.speed_mm_s)

    @classmethod
    def bare(
        cls,
        n: int,
        tail: Any,
        head: Any,
        forward_ms: Any,
        backward_ms: Any = None,
        *,
        length_mm: Any = None,
        speed_mm_s: int = 1000,
    ) -> "Graph":
        """Return a graph of arrays; what is left out is the same both ways.

        Without ``length_mm`` an edge is as many millimetres long as the slower of its
        directions takes milliseconds, at least 1.

        Raises
        ------
        ValueError
            The arrays do not fit each other, an end is no node, or a time is too long.
        """
        forward = np.array(forward_ms, np.int32)
        back = (
            forward.copy() if backward_ms is None else np.array(backward_ms, np.int32)
        )
        ends = np.array(tail, np.int32), np.array(head, np.int32)
        if len({len(array) for array in (*ends, forward, back)}) > 1:
            raise ValueError("arrays of edges differ in length")
        if length_mm is None:
            length_mm = np.maximum(np.maximum(forward, back), 1)
        length = np.array(length_mm, np.int32)
        if len(length) != len(forward):
            raise ValueError("arrays of edges differ in length")
        made = cls(n, *ends, forward, back, length, speed_mm_s)
        made._check()
        return made

    def _check(self) -> None:
        if not len(self.tail):
            return
        ends = np.concatenate([self.tail, self.head])
        if ends.min() < 0 or ends.max() >= self.n:
            raise ValueError("an edge ends at a node that is not there")
        times = np.concatenate([self.forward_ms, self.backward_ms])
        if times.min() < FORBIDDEN or times.max() > LONGEST_MS:
            raise ValueError("a time is negative or longer than twelve days")
        if self.length_mm.min() < 1:
            raise ValueError("an edge is shorter than a millimetre")

    def at_nodes(self, nodes: Sequence[int] | NDArray[Any]) -> Spots:
        """Return points that are nodes; -1 for nowhere.

        Raises
        ------
        ValueError
            A number is no node's.
        """
        node = np.array(nodes, np.int32).reshape(-1)
        if len(node) and (node.min() < -1 or node.max() >= self.n):
            raise ValueError("a point stands at a node that is not there")
        zero = np.zeros(len(node), np.int32)
        none = np.full(len(node), -1, np.int32)
        return Spots(none, node, zero, zero, zero, zero, zero, zero)

    def on_edges(self, where: OnEdges) -> Spots:
        """Return points on edges with their times.

        A part of an edge takes the same share of its time, rounded to the millisecond;
        the two parts together take exactly what the edge takes.

        Raises
        ------
        ValueError
            A number is no edge's, a place lies beyond its edge, or is negative.
        """
        edge = np.array(where.edge, np.int32).reshape(-1)
        share = np.array(where.share_mm, np.int64).reshape(-1)
        off = np.asarray(where.off_mm).reshape(-1)
        if len(edge) and (edge.min() < -1 or edge.max() >= len(self.tail)):
            raise ValueError("a point stands on an edge that is not there")
        from_tail, to_head = self._parts(self.forward_ms, edge, share)
        to_tail, from_head = self._parts(self.backward_ms, edge, share)
        return Spots(
            edge,
            np.full(len(edge), -1, np.int32),
            share.astype(np.int32),
            from_tail,
            from_head,
            to_tail,
            to_head,
            off_way_ms(off, self.speed_mm_s),
        )

    def _parts(
        self, times: Int32, edge: Int32, share: NDArray[np.int64]
    ) -> tuple[Int32, Int32]:
        """Return the milliseconds on the tail's side of points and on the head's."""
        on = edge >= 0
        whole = np.full(len(edge), FORBIDDEN, np.int64)
        whole[on] = times[edge[on]]
        length = np.ones(len(edge), np.int64)
        length[on] = self.length_mm[edge[on]]
        if ((share < 0) | (share > length))[on].any():
            raise ValueError("a point lies beyond the ends of its edge")
        near = (2 * whole * share + length) // (2 * length)
        # Whoever stands at an end of an edge is there, whichever way it may be walked.
        near = np.where(whole < 0, np.where(on & (share == 0), 0, BLOCKED), near)
        end = on & (share == length)
        far = np.where(whole < 0, np.where(end, 0, BLOCKED), whole - near)
        return near.astype(np.int32), far.astype(np.int32)

    def spots(self, where: OnEdges | Spots) -> Spots:
        """Return the points with their times, whichever way they were given."""
        return where if isinstance(where, Spots) else self.on_edges(where)
