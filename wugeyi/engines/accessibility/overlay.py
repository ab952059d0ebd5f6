"""A scenario as a search takes it: points it adds, ways between them, what is closed."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

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
from wugeyi.engines.accessibility.graph import UNREACHED, Graph, Spots
from wugeyi.engines.accessibility.walking import LONGEST_MS

if TYPE_CHECKING:
    from wugeyi.engines.accessibility.whatif import State

Int32 = NDArray[np.int32]
Arc = tuple[int, int, int]
Seed = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """What a scenario adds to a graph and takes from it; int32 arrays.

    Parameters
    ----------
    spots
        Points added; they become nodes behind the graph's own.
    arc_from, arc_to, arc_ms
        Ways added.
    new_node, new_category, new_ms
        Times that hold at added nodes because of facilities on their edge or of their
        own.
    closed_edges, closed_spots, closed_seeds
        Edges, facilities, and the entries of facilities that hold no more.
    looked_at
        Edges whose homes may change though the times at both ends do not.
    """

    spots: Spots
    arc_from: Int32
    arc_to: Int32
    arc_ms: Int32
    new_node: Int32
    new_category: Int32
    new_ms: Int32
    closed_edges: Int32
    closed_spots: Int32
    closed_seeds: Int32
    looked_at: Int32


def overlay(state: "State", scenario: Scenario) -> Overlay:
    """Return a scenario for a state's network and facilities.

    Raises
    ------
    ValueError
        See ``whatif.apply``.
    """
    made = _Overlay(state)
    for change in scenario.changes:
        made.add(change)
    return made.done()


class _Places:
    """Places of changes as arrays, for ``Graph.on_edges``."""

    def __init__(self, places: list[Place]) -> None:
        self.edge = np.array([place.edge for place in places], np.int32)
        self.share_mm = np.array([place.share_mm for place in places], np.int32)
        self.off_mm = np.array([place.off_mm for place in places], np.int32)


class _Overlay:
    """Gathers changes."""

    def __init__(self, state: "State") -> None:
        self.state = state
        self.graph: Graph = state.prepared.graph
        self.places: list[Place] = []
        self.arcs: list[Arc] = []
        self.opened: list[tuple[int, int]] = []
        self.closed: set[int] = set()
        self.closed_spots: list[int] = []

    def add(self, change: Any) -> None:
        match change:
            case OpenLink():
                self._link(change)
            case CloseLink():
                self._close(change)
            case OpenFacility():
                self._category(change.category)
                self.opened.append((self._place(change.place), change.category))
            case CloseFacility():
                self.closed_spots.append(self._spot(change))
            case _:
                msg = f"no change that is known: {change!r}"
                raise TypeError(msg)

    def _link(self, link: OpenLink) -> None:
        start, end = self._place(link.start), self._place(link.end)
        back = link.forward_ms if link.backward_ms is None else link.backward_ms
        if max(link.forward_ms, back) > LONGEST_MS or min(link.forward_ms, back) < -1:
            raise ValueError("a link takes a negative time, or more than twelve days")
        self._arc(start, end, link.forward_ms)
        self._arc(end, start, back)

    def _close(self, change: CloseLink) -> None:
        for edge in change.edges:
            if not 0 <= edge < len(self.graph.tail):
                msg = f"there is no edge {edge} to close"
                raise ValueError(msg)
            self.closed.add(int(edge))

    def _category(self, category: int) -> None:
        if not 0 <= category < self.state.every.categories:
            msg = f"there is no category {category}"
            raise ValueError(msg)

    def _spot(self, change: CloseFacility) -> int:
        self._category(change.category)
        every = self.state.every
        first = int(np.searchsorted(every.category, change.category))
        last = int(np.searchsorted(every.category, change.category, "right"))
        if not 0 <= change.index < last - first:
            msg = f"category {change.category} has no facility {change.index}"
            raise ValueError(msg)
        return first + change.index

    def _place(self, place: Place) -> int:
        """Return the node a place becomes."""
        if place.node >= self.graph.n or (place.node < 0 and place.edge < 0):
            raise ValueError("a link or facility is not on the network")
        self.places.append(place)
        return self.graph.n + len(self.places) - 1

    def _arc(self, start: int, end: int, ms: int) -> None:
        if 0 <= ms <= LONGEST_MS:
            self.arcs.append((start, end, ms))

    def done(self) -> Overlay:
        if len(self.places) > len(self.state.arc_first) - self.graph.n:
            raise ValueError("a scenario with too many links and facilities")
        spots = self.graph.on_edges(_Places(self.places))
        on: dict[int, list[int]] = defaultdict(list)
        for k, place in enumerate(self.places):
            if place.node >= 0:
                self._arc(self.graph.n + k, place.node, 0)
                self._arc(place.node, self.graph.n + k, 0)
            else:
                on[place.edge].append(k)
        seeds = [
            (node, category, int(spots.off_ms[node - self.graph.n]))
            for node, category in self.opened
        ]
        for edge, points in on.items():
            string = sorted(
                (
                    int(spots.share_mm[k]),
                    int(spots.from_tail_ms[k]),
                    int(spots.to_tail_ms[k]),
                    self.graph.n + k,
                )
                for k in points
            )
            self._cut(edge, string)
            for share, to, back, node in string:
                seeds += self._from_beside(edge, share, to, back, node)
        looked_at = {*on, *self.closed, *self._edges_of(self.closed_spots)}
        return Overlay(
            spots,
            *_columns(self.arcs),
            *_columns(seeds),
            _numbers(sorted(self.closed)),
            _numbers(self.closed_spots),
            self._closed_seeds(),
            _numbers(sorted(looked_at)),
        )

    def _times(self, edge: int) -> tuple[int, int]:
        if edge in self.closed:
            return -1, -1
        return int(self.graph.forward_ms[edge]), int(self.graph.backward_ms[edge])

    def _cut(self, edge: int, points: list[tuple[int, int, int, int]]) -> None:
        """Join the points of an edge to each other and to its ends."""
        forward, backward = self._times(edge)
        tail, head = int(self.graph.tail[edge]), int(self.graph.head[edge])
        end = int(self.graph.length_mm[edge])
        string = [(0, 0, 0, tail), *points, (end, forward, backward, head)]
        for one, other in pairwise(string):
            together = one[0] == other[0]
            if forward >= 0 or together:
                self._arc(one[3], other[3], 0 if together else other[1] - one[1])
            if backward >= 0 or together:
                self._arc(other[3], one[3], 0 if together else other[2] - one[2])

    def _from_beside(
        self, edge: int, share: int, to: int, back: int, node: int
    ) -> list[Seed]:
        """Return what a point owes to facilities on its own edge."""
        beside, found = self.state.beside, []
        forward, backward = self._times(edge)
        first, last = self._range(edge)
        for k in range(first, last):
            if int(beside.spot[k]) in self.closed_spots:
                continue
            there = int(beside.share_mm[k])
            if there == share:
                ms = 0
            elif there > share and forward >= 0:
                ms = int(beside.from_tail_ms[k]) - to
            elif there < share and backward >= 0:
                # From the head both: the nearer to the tail, the longer.
                ms = int(beside.from_head_ms[k]) - (backward - back)
            else:
                continue
            found.append((node, int(beside.category[k]), ms + int(beside.ms[k])))
        return [seed for seed in found if seed[2] < UNREACHED]

    def _range(self, edge: int) -> tuple[int, int]:
        on = self.state.beside.edge
        return int(np.searchsorted(on, edge)), int(np.searchsorted(on, edge, "right"))

    def _edges_of(self, spots: list[int]) -> list[int]:
        edges = (int(self.state.every.spots.edge[spot]) for spot in spots)
        return [edge for edge in edges if edge >= 0]

    def _closed_seeds(self) -> Int32:
        """Return the entries of closed facilities, and those over closed edges."""
        if not self.closed_spots and not self.closed:
            return _numbers([])
        seeds = self.state.seeds
        gone = np.isin(seeds.spot, np.array(self.closed_spots, np.int32))
        for edge in self.closed:
            first, last = self._range(edge)
            for k in range(first, last):
                # Whoever stands at an end of it still stands there.
                share = int(self.state.beside.share_mm[k])
                mine = seeds.spot == self.state.beside.spot[k]
                if share != 0:
                    gone |= mine & (seeds.side == 0)
                if share != int(self.graph.length_mm[edge]):
                    gone |= mine & (seeds.side == 1)
        return np.flatnonzero(gone).astype(np.int32)


def _columns(rows: list[tuple[int, int, int]]) -> tuple[Int32, Int32, Int32]:
    columns = np.array(rows, np.int32).reshape(-1, 3)
    return columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy()


def _numbers(numbers: list[int]) -> Int32:
    return np.array(numbers, np.int32)
