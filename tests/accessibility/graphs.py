"""Small graphs of every awkward kind, and points on them."""

from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from wugeyi.engines.accessibility.graph import Graph
from wugeyi.engines.accessibility.points import Attached

FORBIDDEN = -1
# The first example of a kernel may wait for its compiler.
unhurried = settings(deadline=None)
TIMES = st.one_of(st.integers(0, 4), st.integers(0, 60), st.just(FORBIDDEN))


@dataclass(frozen=True)
class Draft:
    """A graph's edges as lists, so that Hypothesis can show and shrink them."""

    n: int
    edges: list[tuple[int, int, int, int, int]]

    def graph(self):
        columns = list(zip(*self.edges, strict=True)) or [()] * 5
        tail, head, forward, backward, length = columns
        return Graph.bare(
            self.n, tail, head, forward, backward, length_mm=length, speed_mm_s=1000
        )


@st.composite
def drafts(draw, most=9):
    """Nodes in a line, a ring or a tree or none of it, then edges anywhere.

    Parallel edges, loops, islands, zero times and one-way edges all come up.
    """
    n = draw(st.integers(1, most))
    shape = draw(st.sampled_from(["none", "line", "ring", "tree"]))
    pairs = []
    if shape in ("line", "ring"):
        pairs = [(v, v + 1) for v in range(n - 1)]
    if shape == "ring":
        pairs.append((n - 1, 0))
    if shape == "tree":
        pairs = [(v, draw(st.integers(0, v - 1))) for v in range(1, n)]
    anywhere = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    pairs += draw(st.lists(anywhere, max_size=6))
    edges = []
    for tail, head in pairs:
        forward = draw(TIMES)
        backward = draw(st.one_of(st.just(forward), TIMES))
        edges.append((tail, head, forward, backward, draw(st.integers(1, 30))))
    # Numbers must not tell the shape.
    names = draw(st.permutations(range(n)))
    return Draft(n, [(names[a], names[b], f, g, ln) for a, b, f, g, ln in edges])


@st.composite
def points(draw, graph, most=4):
    """Points on edges, at their ends too, or attached to nothing."""
    if not len(graph.tail):
        count = draw(st.integers(0, 2))
        return attached([(-1, 0, 0)] * count)
    found = []
    for _ in range(draw(st.integers(0, most))):
        edge = draw(st.integers(-1, len(graph.tail) - 1))
        length = int(graph.length_mm[edge]) if edge >= 0 else 0
        share = draw(st.one_of(st.just(0), st.just(length), st.integers(0, length)))
        found.append((edge, share, draw(st.integers(0, 8)) if edge >= 0 else 0))
    return attached(found)


def attached(rows):
    columns = np.array(rows, np.int32).reshape(-1, 3).T
    return Attached(*(np.ascontiguousarray(column) for column in columns))


LIMITS = st.one_of(st.integers(0, 150), st.just(10_000))
