"""Walking times the slow, obvious way: what every faster way must equal.

Every point becomes a node of a dictionary and every edge with points on it a string of
shorter edges; then Dijkstra with a heap, one category at a time. Nothing is bounded,
ordered, contracted or shared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from wugeyi.engines.accessibility.graph import (
    BLOCKED,
    UNREACHED,
    Graph,
    OnEdges,
    Spots,
)
from wugeyi.engines.accessibility.walking import FORBIDDEN

Key = tuple[str, int]
Ways = dict[Key, list[tuple[Key, int]]]


@dataclass(frozen=True, slots=True)
class Join:
    """A link that is not there yet: between the ``a``-th and ``b``-th further point."""

    a: int
    b: int
    forward_ms: int
    backward_ms: int


@dataclass(slots=True)
class Reference:
    """One question: a graph, groups of facilities, points, and what is changed.

    Parameters
    ----------
    graph
        The ways.
    facilities
        For each category its points.
    points
        Further points whose times are asked for: homes, ends of new links.
    closed
        Edges that cannot be walked any more.
    joins
        New links between further points.
    """

    graph: Graph
    facilities: Sequence[Spots | OnEdges]
    points: Spots | OnEdges | None = None
    closed: Collection[int] = ()
    joins: Iterable[Join] = ()
    _into: Ways = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._into = defaultdict(list)
        on: dict[int, list[tuple[int, int, int, Key]]] = defaultdict(list)
        groups = [(f"facility {c}", f) for c, f in enumerate(self.facilities)]
        if self.points is not None:
            groups.append(("point", self.points))
        for name, group in groups:
            self._place(name, self.graph.spots(group), on)
        for edge in range(len(self.graph.tail)):
            self._edge(edge, on.get(edge, []))
        for join in self.joins:
            self._way(("point", join.a), ("point", join.b), join.forward_ms)
            self._way(("point", join.b), ("point", join.a), join.backward_ms)

    def nodes(self, limit_ms: int = UNREACHED) -> list[list[int]]:
        """Return for each category the time from every node."""
        every = [self._search(c, limit_ms) for c in range(len(self.facilities))]
        return [
            [found.get(("node", v), UNREACHED) for v in range(self.graph.n)]
            for found in every
        ]

    def at_points(self, limit_ms: int = UNREACHED) -> list[list[int]]:
        """Return for each category the time from every further point's door."""
        if self.points is None:
            return [[] for _ in self.facilities]
        off = self.graph.spots(self.points).off_ms.tolist()
        answer = []
        for c in range(len(self.facilities)):
            found = self._search(c, limit_ms)
            times = [
                found.get(("point", k), UNREACHED) + off[k] for k in range(len(off))
            ]
            answer.append([time if time <= limit_ms else UNREACHED for time in times])
        return answer

    def _place(
        self, name: str, spots: Spots, on: dict[int, list[tuple[int, int, int, Key]]]
    ) -> None:
        """Hang points on their nodes, or note on which edge they are."""
        for k in range(len(spots)):
            if spots.node[k] >= 0:
                self._way(("node", int(spots.node[k])), (name, k), 0)
                self._way((name, k), ("node", int(spots.node[k])), 0)
            elif spots.edge[k] >= 0:
                place = (
                    int(spots.share_mm[k]),
                    int(spots.from_tail_ms[k]),
                    int(spots.to_tail_ms[k]),
                    (name, k),
                )
                on[int(spots.edge[k])].append(place)
            if name != "point":
                self._into[name, -1].append(((name, k), int(spots.off_ms[k])))

    def _edge(self, edge: int, points: list[tuple[int, int, int, Key]]) -> None:
        """Cut an edge at its points."""
        graph = self.graph
        forward, backward = int(graph.forward_ms[edge]), int(graph.backward_ms[edge])
        if edge in self.closed:
            forward = backward = FORBIDDEN
        tail, head = ("node", int(graph.tail[edge])), ("node", int(graph.head[edge]))
        string = [
            (0, 0, 0, tail),
            *sorted(points),
            (int(graph.length_mm[edge]), forward, backward, head),
        ]
        for one, other in pairwise(string):
            # What stands at one place is there, whichever way the edge may be walked.
            together = one[0] == other[0]
            if forward >= 0 or together:
                self._way(one[3], other[3], 0 if together else other[1] - one[1])
            if backward >= 0 or together:
                self._way(other[3], one[3], 0 if together else other[2] - one[2])

    def _way(self, here: Key, there: Key, ms: int) -> None:
        """Note a way; kept by where it leads, as the search goes backwards."""
        if 0 <= ms < BLOCKED:
            self._into[there].append((here, ms))

    def _search(self, category: int, limit_ms: int) -> dict[Key, int]:
        """Return the time to the nearest facility from everything within the limit."""
        found: dict[Key, int] = {}
        waiting: list[tuple[int, Key]] = [(0, (f"facility {category}", -1))]
        while waiting:
            time, key = heappop(waiting)
            if key in found or time > limit_ms:
                continue
            found[key] = time
            for other, ms in self._into.get(key, ()):
                heappush(waiting, (time + ms, other))
        return found
