"""Real cities to measure walking on, and facilities that are the same every time."""

import os
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from wugeyi.engines.accessibility.graph import UNREACHED, Graph
from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.osm import read

LIMIT_MS = 15 * 60 * 1000
# Of twelve categories, from hospitals to shops.
COUNTS = (15, 25, 40, 60, 90, 130, 200, 300, 450, 650, 950, 1400)


@dataclass(frozen=True)
class City:
    """A graph with facilities on its nodes; degrees of longitude and latitude."""

    name: str
    graph: Graph
    lon: Any
    lat: Any
    groups: list[Any]


def folder() -> Path:
    """Return the folder of real data, or stop and say what is missing."""
    named = os.environ.get("WUGEYI_GEODATA", "")
    if not named:
        raise SystemExit("WUGEYI_GEODATA names no folder with osm/ and dem/")
    return Path(named)


def network(name: str) -> Network:
    return read(folder() / "osm" / f"{name}.osm.pbf").network


def city(name: str, graph: Graph, lon: Any, lat: Any) -> City:
    chance = np.random.default_rng(20260101)
    groups = [chance.choice(graph.n, count, replace=False) for count in COUNTS]
    return City(name, graph, lon, lat, groups)


def matrix(graph: Graph) -> Any:
    """Return the graph for scipy: the least of parallel edges, no loops.

    Turned round, as its times lead from a place and ours to it.
    """
    tail = np.concatenate([graph.tail, graph.head])
    head = np.concatenate([graph.head, graph.tail])
    ms = np.concatenate([graph.forward_ms, graph.backward_ms]).astype(float)
    kept = (tail != head) & (ms >= 0)
    tail, head, ms = tail[kept], head[kept], ms[kept]
    order = np.lexsort((ms, tail, head))
    tail, head, ms = tail[order], head[order], ms[order]
    first = np.ones(len(tail), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return csr_matrix((ms[first], (head[first], tail[first])), (graph.n, graph.n))


def by_scipy(turned: Any, groups: list[Any]) -> list[Any]:
    return [
        dijkstra(turned, indices=nodes, limit=LIMIT_MS, min_only=True)
        for nodes in groups
    ]


def whole(found: list[Any]) -> Any:
    """Return scipy's answer as ours is."""
    times = np.array(found)
    return np.where(np.isfinite(times), times, UNREACHED).astype(np.int64)


def seconds(rounds: int, *works: Any) -> list[float]:
    """Return the median of the CPU seconds of each, all warm, in turn."""
    spent: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for work, times in zip(works, spent, strict=True):
            began = process_time()
            work()
            if number:
                times.append(process_time() - began)
    return [median(times) for times in spent]
