"""What opening or closing links and facilities would change, home by home.

``begin`` once for a network, facilities and homes; then ``apply`` any number of scenarios
to it, each in a fraction of a millisecond for a footbridge. Answers equal a search of the
changed network from nothing, to the millisecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.changes import (
    CloseFacility,
    CloseLink,
    OpenFacility,
    OpenLink,
    Place,
    Scenario,
)
from wugeyi.engines.accessibility.contraction import Prepared
from wugeyi.engines.accessibility.graph import UNREACHED, OnEdges, Spots
from wugeyi.engines.accessibility.overlay import Overlay, overlay
from wugeyi.engines.accessibility.reach import (
    PLAIN,
    Beside,
    Seeds,
    Sown,
    at_points,
    bounded,
    rows_of,
    seeds,
    sown,
)

__all__ = [
    "CloseFacility",
    "CloseLink",
    "OpenFacility",
    "OpenLink",
    "Outcome",
    "Place",
    "Scenario",
    "State",
    "apply",
    "begin",
]

Int32 = NDArray[np.int32]
Array = NDArray[Any]

SPARE = 1024
"""Points that the links and facilities of one scenario may have together."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What changed, and nothing else: one entry for a home and a category.

    Parameters
    ----------
    home, category
        int32, places among the homes and categories that ``begin`` was given.
    before_ms, after_ms
        int32, milliseconds from the door, or ``UNREACHED`` beyond the limit.
    """

    home: Int32
    category: Int32
    before_ms: Int32
    after_ms: Int32

    def __len__(self) -> int:
        return len(self.home)

    @property
    def nearer(self) -> Array:
        """Return bool: who gains."""
        return np.asarray(self.after_ms < self.before_ms)

    @property
    def inside(self) -> Array:
        """Return bool: who comes within the limit."""
        return np.asarray(self.before_ms == UNREACHED)

    @property
    def outside(self) -> Array:
        """Return bool: who falls out of the limit."""
        return np.asarray(self.after_ms == UNREACHED)


@dataclass(slots=True, eq=False)
class State:
    """Times of every node and home as things are, ready to be asked about changes.

    Several threads may ask one state: they wait for each other.
    """

    prepared: Prepared
    every: Sown
    homes: Spots
    limit_ms: int
    rows: Int32
    home_rows: Int32
    seeds: Seeds
    beside: Beside
    incident: tuple[Int32, Int32, Int32, Int32, Int32]
    at_edges: tuple[Int32, Int32]
    at_nodes: tuple[Int32, Int32]
    edge_mark: Int32
    seed_mark: Int32
    node_mark: Int32
    home_mark: Int32
    arc_first: Int32
    epoch: int = 0
    lock: Any = field(default_factory=Lock, repr=False)

    @property
    def node_ms(self) -> Int32:
        """Return int32[categories, n], as ``reach`` does."""
        n = self.prepared.graph.n
        return self.rows.reshape(-1, self.every.width)[:n, : self.every.categories].T

    @property
    def home_ms(self) -> Int32:
        """Return int32[categories, k], as ``reach_points`` does."""
        width = self.every.width
        return self.home_rows.reshape(-1, width)[:, : self.every.categories].T


def begin(
    prepared: Prepared,
    facilities: Sequence[OnEdges | Spots],
    homes: OnEdges | Spots,
    limit_ms: int,
) -> State:
    """Search once and note what a what-if needs.

    Parameters
    ----------
    prepared, facilities, limit_ms
        As for ``reach``.
    homes
        Whose times are compared.
    """
    from wugeyi.engines.accessibility import kernels_whatif

    graph = prepared.graph
    every, spots = sown(graph, facilities), graph.spots(homes)
    rows = rows_of(prepared, every, limit_ms, PLAIN, spare=SPARE)
    rows[graph.n :] = UNREACHED
    enter = seeds(graph, every)
    enter = enter.take(np.argsort(enter.node, kind="stable"))
    found = at_points(graph, rows, every, spots, limit_ms, PLAIN)
    return State(
        prepared=prepared,
        every=every,
        homes=spots,
        limit_ms=bounded(limit_ms),
        rows=rows.reshape(-1),
        home_rows=found.reshape(-1),
        seeds=enter,
        beside=Beside.of(every),
        incident=kernels_whatif.incidence(
            graph.n, graph.tail, graph.head, graph.forward_ms, graph.backward_ms
        ),
        at_edges=_listed(spots.edge, len(graph.tail)),
        at_nodes=_listed(spots.node, graph.n),
        edge_mark=np.zeros(len(graph.tail), np.int32),
        seed_mark=np.zeros(len(enter.node), np.int32),
        node_mark=np.zeros(graph.n + SPARE, np.int32),
        home_mark=np.zeros(len(spots), np.int32),
        arc_first=np.full(graph.n + SPARE, -1, np.int32),
    )


def apply(state: State, scenario: Scenario) -> Outcome:
    """Return which homes' times a scenario changes, and how; the state stays as it is.

    Raises
    ------
    ValueError
        A change names an edge, node, category or facility that is not there, or the
        scenario has more than ``SPARE`` points.
    """
    asked = overlay(state, scenario)
    with state.lock:
        return _changed(state, asked)


def _changed(state: State, asked: Overlay) -> Outcome:
    from wugeyi.engines.accessibility import kernels_whatif

    graph, every, enter = state.prepared.graph, state.every, state.seeds
    width, count = every.width, every.categories
    start, edge, other, hither, thither = state.incident
    if state.epoch > 2**30:
        _unmark(state)
    shut = state.epoch + 1
    log, old, state.epoch = kernels_whatif.repair(
        state.rows, width, count, state.limit_ms, start, edge, other, hither, thither,
        graph.tail, graph.head, graph.forward_ms, graph.backward_ms,
        enter.node, enter.category, enter.ms, asked.closed_edges, asked.closed_seeds,
        asked.arc_from, asked.arc_to, asked.arc_ms,
        asked.new_node, asked.new_category, asked.new_ms,
        state.edge_mark, state.seed_mark, state.node_mark, state.arc_first,
        np.empty(len(asked.arc_to), np.int32), state.epoch,
    )  # fmt: skip
    state.epoch += 1
    homes, beside, new = state.homes, state.beside, asked.spots
    chosen = kernels_whatif.beside(
        log, width, graph.n, start, edge, asked.looked_at,
        state.at_edges[0], state.at_edges[1], state.at_nodes[0], state.at_nodes[1],
        state.home_mark, state.epoch,
    )  # fmt: skip
    found = kernels_whatif.compare(
        chosen, state.rows, width, count, state.limit_ms, graph.n,
        graph.tail, graph.head, graph.length_mm, homes.edge, homes.node,
        homes.share_mm, homes.from_tail_ms, homes.from_head_ms, homes.to_tail_ms,
        homes.to_head_ms, homes.off_ms, beside.edge, beside.share_mm,
        beside.from_tail_ms, beside.from_head_ms, beside.category, beside.ms,
        beside.spot, new.edge, new.share_mm, new.from_tail_ms, new.from_head_ms,
        asked.closed_spots, state.edge_mark, shut, state.home_rows,
    )  # fmt: skip
    kernels_whatif.restore(state.rows, log, old)
    return Outcome(*found)


def _unmark(state: State) -> None:
    """Begin counting anew, before numbers of marks run out."""
    for marks in (state.edge_mark, state.seed_mark, state.node_mark, state.home_mark):
        marks[:] = 0
    state.epoch = 0


def _listed(where: Int32, count: int) -> tuple[Int32, Int32]:
    """Return where each number's points begin, and the points by number."""
    there = np.flatnonzero(where >= 0)
    order = there[np.argsort(where[there], kind="stable")].astype(np.int32)
    start = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(where[there], minlength=count), out=start[1:])
    return start, order
