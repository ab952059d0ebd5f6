"""Walking times to the nearest facility of every category, from every node and home.

Exact to the millisecond: equal to Dijkstra's algorithm on the graph, whatever was
prepared. The time is that of walking *to* the facility, which matters on slopes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.contraction import Prepared
from wugeyi.engines.accessibility.graph import (
    BLOCKED,
    UNREACHED,
    Graph,
    OnEdges,
    Spots,
)

Int32 = NDArray[np.int32]
Array = NDArray[Any]
LANES = 8
LONGEST_LIMIT_MS = BLOCKED - 1
"""A higher limit is no limit."""

_PARTS = (
    "edge",
    "node",
    "share_mm",
    "from_tail_ms",
    "from_head_ms",
    "to_tail_ms",
    "to_head_ms",
    "off_ms",
)


@dataclass(frozen=True, slots=True, eq=False)
class Sown:
    """The facilities of all categories in one list.

    ``category`` and ``index`` are int32: of each spot its category and its place among
    that category's facilities.
    """

    spots: Spots
    category: Int32
    index: Int32
    categories: int

    @property
    def width(self) -> int:
        """Return the numbers in a row of times: a multiple of eight, at least eight."""
        return max(-(-self.categories // LANES), 1) * LANES


def sown(graph: Graph, facilities: Sequence[OnEdges | Spots]) -> Sown:
    """Return the facilities as one list; see ``reach``."""
    sizes = [len(each.edge) for each in facilities]
    if all(not isinstance(each, Spots) for each in facilities) and facilities:
        spots = graph.on_edges(_Joined(facilities))
    else:
        parts = [graph.spots(each) for each in facilities] or [graph.at_nodes([])]
        spots = Spots(
            *(np.concatenate([getattr(one, name) for one in parts]) for name in _PARTS)
        )
    category = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    ahead = np.cumsum([0, *sizes])[: len(sizes)]
    index = np.arange(len(category), dtype=np.int32) - np.repeat(ahead, sizes)
    return Sown(spots, category, index.astype(np.int32), len(sizes))


class _Joined:
    """Several groups of points on edges, as one."""

    def __init__(self, groups: Sequence[Any]) -> None:
        self.edge = np.concatenate([group.edge for group in groups])
        self.share_mm = np.concatenate([group.share_mm for group in groups])
        self.off_mm = np.concatenate([group.off_mm for group in groups])


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How numbers in rows are read: plain milliseconds, or with a facility below them."""

    kind: Any
    shift: int

    def number(self, ms: int) -> int:
        """Return the highest number that still means these milliseconds."""
        return (ms << self.shift) + (1 << self.shift) - 1

    def least(self, ms: int) -> int:
        """Return the lowest number that means these milliseconds."""
        return ms << self.shift


PLAIN = Scale(np.int32, 0)
LABELLED = Scale(np.int64, 32)


def reach(
    prepared: Prepared, facilities: Sequence[OnEdges | Spots], limit_ms: int
) -> Int32:
    """Return the walking time from every node to the nearest facility.

    Parameters
    ----------
    prepared
        ``contraction.prepare(graph)``.
    facilities
        For each category its facilities, as ``points.attach`` or ``Graph.at_nodes``
        gave them; a category without any is reached from nowhere.
    limit_ms
        0 or more; what lies farther away is ``UNREACHED``.

    Returns
    -------
    int32[categories, n]
        Milliseconds to the door of the nearest, or ``UNREACHED``.
    """
    every = sown(prepared.graph, facilities)
    return _columns(rows_of(prepared, every, limit_ms, PLAIN), every)


def nearest(
    prepared: Prepared, facilities: Sequence[OnEdges | Spots], limit_ms: int
) -> tuple[Int32, Int32]:
    """Return the times of ``reach`` and which facility of its category is nearest.

    Of several as near, the first of the list. -1 where none is within the limit.
    """
    every = sown(prepared.graph, facilities)
    return _split(_columns(rows_of(prepared, every, limit_ms, LABELLED), every))


def reach_points(
    prepared: Prepared,
    facilities: Sequence[OnEdges | Spots],
    points: OnEdges | Spots,
    limit_ms: int,
) -> Int32:
    """Return int32[categories, k]: the walking time from every home's door.

    By either end of its edge, or along the edge where a facility lies on it too; the
    ways between doors and street count on both sides. See ``reach``.
    """
    every = sown(prepared.graph, facilities)
    rows = rows_of(prepared, every, limit_ms, PLAIN)
    spots = prepared.graph.spots(points)
    found = at_points(prepared.graph, rows, every, spots, limit_ms, PLAIN)
    return _columns(found, every)


def nearest_points(
    prepared: Prepared,
    facilities: Sequence[OnEdges | Spots],
    points: OnEdges | Spots,
    limit_ms: int,
) -> tuple[Int32, Int32]:
    """Return the times of ``reach_points`` and which facility is nearest, or -1."""
    every = sown(prepared.graph, facilities)
    rows = rows_of(prepared, every, limit_ms, LABELLED)
    spots = prepared.graph.spots(points)
    found = at_points(prepared.graph, rows, every, spots, limit_ms, LABELLED)
    return _split(_columns(found, every))


def bounded(limit_ms: int) -> int:
    """Return the limit as searches use it.

    Raises
    ------
    ValueError
        It is negative.
    """
    if limit_ms < 0:
        raise ValueError("a limit is 0 milliseconds or more")
    return min(limit_ms, LONGEST_LIMIT_MS)


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """Where facilities enter the graph; int32 arrays.

    Parameters
    ----------
    node, category, ms
        From this node this category is reached in so many milliseconds.
    spot
        Which spot of ``Sown`` it is.
    side
        The end of the spot's edge: 0 its tail, 1 its head, 2 for a spot at a node.
    """

    node: Int32
    category: Int32
    ms: Int32
    spot: Int32
    side: Int32

    def take(self, chosen: Array) -> "Seeds":
        """Return some of them, or all in another order."""
        return Seeds(*(getattr(self, name)[chosen] for name in self.__slots__))


def seeds(graph: Graph, every: Sown) -> Seeds:
    """Return where facilities enter the graph."""
    spots = every.spots
    number = np.arange(len(spots), dtype=np.int32)
    on, at = spots.edge >= 0, spots.node >= 0
    edge = spots.edge[on]
    place = np.concatenate([graph.tail[edge], graph.head[edge], spots.node[at]])
    spot = np.concatenate([number[on], number[on], number[at]])
    way = np.concatenate([spots.from_tail_ms[on], spots.from_head_ms[on]])
    ms = np.concatenate([way, np.zeros(at.sum(), np.int32)]) + np.int64(0)
    ms += spots.off_ms[spot]
    side = np.repeat(np.arange(3, dtype=np.int32), [len(edge), len(edge), at.sum()])
    whole = Seeds(place, every.category[spot], ms.astype(np.int32), spot, side)
    kept = ms < BLOCKED
    return whole if kept.all() else whole.take(kept)


def rows_of(
    prepared: Prepared, every: Sown, limit_ms: int, scale: Scale, *, spare: int = 0
) -> Array:
    """Return ``[n + spare, width]`` numbers of a scale: the search itself.

    The spare rows are left as they are.
    """
    from wugeyi.engines.accessibility import kernels_reach

    limit = bounded(limit_ms)
    width, shift = every.width, scale.shift
    most = scale.least(BLOCKED)
    p, n = prepared, prepared.graph.n
    core = np.full(len(p.hub) * width, most, scale.kind)
    out = np.empty((n + spare) * width, scale.kind)
    touched, seeded = np.zeros(n, np.uint8), np.zeros(len(p.ends), np.uint8)
    enter = seeds(p.graph, every)
    value = enter.ms.astype(scale.kind) << shift
    if shift:
        value += every.index[enter.spot]
    kernels_reach.sow(
        enter.node, enter.category, value, p.number, p.order, p.parent, p.down_ms,
        p.ends, p.first, p.inner, p.chain_of, p.there_ms, p.back_ms,
        core, out, touched, seeded, width, most, shift,
    )  # fmt: skip
    kernels_reach.sweep(p.start, p.to, p.out_ms, p.in_ms, core, width, shift)
    kernels_reach.fill(
        p.hub, p.ends, p.first, p.inner, p.near_ms, p.far_ms, p.there_ms, p.back_ms,
        p.order, p.parent, p.up_ms, core, out, touched, seeded,
        width, scale.number(limit), scale.number(UNREACHED), shift,
    )  # fmt: skip
    return out.reshape(n + spare, width)


def at_points(
    graph: Graph, rows: Array, every: Sown, spots: Spots, limit_ms: int, scale: Scale
) -> Array:
    """Return ``[k, width]`` numbers of points, from those of the nodes."""
    from wugeyi.engines.accessibility import kernels_reach

    beside = Beside.of(every)
    value = beside.ms.astype(scale.kind) << scale.shift
    if scale.shift:
        value += every.index[beside.spot]
    width, limit = every.width, scale.number(bounded(limit_ms))
    out = np.empty(len(spots) * width, scale.kind)
    marked = np.zeros(len(graph.tail), np.uint8)
    marked[beside.edge] = 1
    kernels_reach.at_points(
        rows.reshape(-1), graph.tail, graph.head, spots.edge, spots.node,
        spots.share_mm, spots.from_tail_ms, spots.from_head_ms, spots.to_tail_ms,
        spots.to_head_ms, spots.off_ms, beside.edge, beside.share_mm,
        beside.from_tail_ms, beside.from_head_ms, beside.category, value, marked,
        out, width, limit, scale.number(UNREACHED), BLOCKED, scale.shift,
    )  # fmt: skip
    return out.reshape(len(spots), width)


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """The facilities that lie on edges, by edge; int32 arrays as in ``Spots``."""

    edge: Int32
    share_mm: Int32
    from_tail_ms: Int32
    from_head_ms: Int32
    ms: Int32
    category: Int32
    spot: Int32

    @classmethod
    def of(cls, every: Sown) -> "Beside":
        """Return them."""
        spots = every.spots
        on = np.flatnonzero(spots.edge >= 0)
        on = on[np.argsort(spots.edge[on], kind="stable")]
        return cls(
            spots.edge[on],
            spots.share_mm[on],
            spots.from_tail_ms[on],
            spots.from_head_ms[on],
            spots.off_ms[on],
            every.category[on],
            on.astype(np.int32),
        )


def _columns(rows: Array, every: Sown) -> Array:
    """Return the rows by category: a view, nothing is moved."""
    return rows[:, : every.categories].T


def _split(labelled: Array) -> tuple[Int32, Int32]:
    """Take numbers apart into milliseconds and facilities."""
    ms = (labelled >> LABELLED.shift).astype(np.int32)
    return ms, labelled.astype(np.int32)
