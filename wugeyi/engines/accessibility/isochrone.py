"""How far one gets: the streets within a time, ends of streets included, as areas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wugeyi.engines.accessibility.geometry import mm_per_degree
from wugeyi.engines.accessibility.graph import BLOCKED, UNREACHED, Graph, OnEdges, Spots
from wugeyi.engines.accessibility.network import Network

Array = NDArray[Any]

WIDTH_M = 25.0
"""How far an area goes to each side of a street."""
LEAST_HOLE_M2 = 2_500.0
"""Smaller holes (a courtyard between houses) are filled."""
TOLERANCE_M = 2.0
DECIMALS = 6
"""Of degrees: a tenth of a metre."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Pieces of edges from which the place is reached in time.

    Parameters
    ----------
    edge
        int32[p]; an edge has two pieces at most from its ends, and some beside the
        places on it. Pieces may overlap.
    first, last
        float64[p], where a piece begins and ends, as shares of the edge from its tail,
        0 ≤ ``first`` < ``last`` ≤ 1.
    """

    edge: Array
    first: Array
    last: Array


@dataclass(frozen=True, slots=True)
class Isochrone:
    """An area within a time.

    Parameters
    ----------
    limit_ms
        Milliseconds.
    geometry
        GeoJSON of type MultiPolygon: WGS-84, rings as RFC 7946 wants them.
    street_m
        Metres of street within the time.
    """

    limit_ms: int
    geometry: dict[str, Any]
    street_m: int


def reached(
    graph: Graph,
    node_ms: Array,
    limit_ms: int,
    places: Spots | OnEdges | None = None,
) -> Reached:
    """Return from which pieces of street one reaches a place within the limit.

    Parameters
    ----------
    graph
        As somebody walks it. To ask how far one gets *from* a place, give the graph
        turned round (``turned``) and times found on that.
    node_ms
        int32[n], the time from each node, ``UNREACHED`` for none.
    limit_ms
        Milliseconds, 0 or more.
    places
        Where one walks to: streets beside a place are reached without any node.

    Raises
    ------
    ValueError
        The times are not one for each node.
    """
    times = np.asarray(node_ms, np.int64)
    if times.shape != (graph.n,):
        raise ValueError(f"{len(times)} times for {graph.n} nodes")
    left = np.where(times == UNREACHED, -1, limit_ms - times)
    every = np.arange(len(graph.tail), dtype=np.int32)
    # Walking back to the tail covers the tail's side, on to the head the head's side.
    near = _share(left[graph.tail], graph.backward_ms)
    far = 1.0 - _share(left[graph.head], graph.forward_ms)
    # What meets in the middle is one piece.
    whole = near >= far
    near = np.where(whole, 1.0, near)
    far = np.where(whole, 1.0, far)
    pieces = [
        (every, np.zeros(len(every)), near),
        (every, far, np.ones(len(every))),
    ]
    if places is not None:
        pieces.append(_beside(graph, graph.spots(places), limit_ms))
    edge, first, last = (
        np.concatenate([piece[column] for piece in pieces]) for column in range(3)
    )
    there = last > first
    return Reached(edge[there].astype(np.int32), first[there], last[there])


def _share(left: Array, ms: Array) -> Array:
    """Return which share of an edge the time that is left is enough for."""
    walked = (left >= 0) & (ms >= 0)
    share = np.minimum(left / np.maximum(ms, 1), 1.0)
    return np.where(walked, share, 0.0)


def _beside(graph: Graph, spots: Spots, limit_ms: int) -> tuple[Array, Array, Array]:
    """Return the pieces around places on edges."""
    on = np.flatnonzero(spots.edge >= 0)
    edge = spots.edge[on]
    at = spots.share_mm[on] / graph.length_mm[edge]
    left = limit_ms - spots.off_ms[on].astype(np.int64)
    forward = np.where(spots.from_tail_ms[on] < BLOCKED, graph.forward_ms[edge], -1)
    backward = np.where(spots.from_head_ms[on] < BLOCKED, graph.backward_ms[edge], -1)
    first = np.maximum(at - _share_of(left, forward), 0.0)
    last = np.minimum(at + _share_of(left, backward), 1.0)
    return edge, first, last


def _share_of(left: Array, ms: Array) -> Array:
    walked = (left >= 0) & (ms >= 0)
    return np.where(walked, left / np.maximum(ms, 1), 0.0)


def turned(graph: Graph) -> Graph:
    """Return the graph walked the other way: times *to* a place become times from it."""
    return replace(graph, forward_ms=graph.backward_ms, backward_ms=graph.forward_ms)


def isochrones(
    network: Network,
    graph: Graph,
    node_ms: Array,
    limits_ms: Sequence[int],
    places: Spots | OnEdges | None = None,
) -> list[Isochrone]:
    """Return an area for each limit; see ``reached``.

    Exact along streets; across them it goes ``WIDTH_M`` to each side, holes of less
    than ``LEAST_HOLE_M2`` are filled, and corners are simplified by ``TOLERANCE_M``.
    A second for 20,000 segments.

    Raises
    ------
    ValueError
        The graph is of another network, or the times are of another graph.
    """
    if len(graph.tail) != network.segments:
        raise ValueError("this graph is of another network")
    return [
        _area(network, limit_ms, reached(graph, node_ms, limit_ms, places))
        for limit_ms in limits_ms
    ]


def _area(network: Network, limit_ms: int, pieces: Reached) -> Isochrone:
    ends = positions(network, pieces)
    if not len(ends):
        return Isochrone(limit_ms, {"type": "MultiPolygon", "coordinates": []}, 0)
    middle = ends.reshape(-1, 2).mean(axis=0)
    east, north = (float(mm) / 1000 for mm in mm_per_degree(middle[1]))
    metres = (ends - middle) * (east, north)
    lines = shapely.linestrings(metres)
    # Overlapping pieces would count twice.
    street = round(float(_lengths(network, pieces).sum()))
    strings = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    strings = shapely.simplify(strings, TOLERANCE_M)
    area = shapely.union_all(shapely.buffer(strings, WIDTH_M, quad_segs=3))
    area = shapely.simplify(_without_small_holes(area), TOLERANCE_M)
    degrees = shapely.transform(
        area, lambda xy: np.round(xy / (east, north) + middle, DECIMALS)
    )
    # Rounding may make a ring touch itself; a map must still be able to draw it.
    valid = shapely.make_valid(degrees, method="structure", keep_collapsed=False)
    polygons = shapely.get_parts(shapely.orient_polygons(valid))
    rings = [shapely.geometry.mapping(each)["coordinates"] for each in polygons]
    return Isochrone(limit_ms, {"type": "MultiPolygon", "coordinates": rings}, street)


def positions(network: Network, pieces: Reached) -> Array:
    """Return float64[p, 2, 2]: longitude and latitude of both ends of each piece."""
    tail, head = network.tail[pieces.edge], network.head[pieces.edge]
    start = np.stack([network.lon[tail], network.lat[tail]], axis=1)
    way = np.stack([network.lon[head], network.lat[head]], axis=1) - start
    return np.stack(
        [start + way * pieces.first[:, None], start + way * pieces.last[:, None]],
        axis=1,
    )


def _lengths(network: Network, pieces: Reached) -> Array:
    """Return the metres of street of pieces, what overlaps once."""
    order = np.lexsort((pieces.last, pieces.first, pieces.edge))
    edge, first, last = (
        array[order] for array in (pieces.edge, pieces.first, pieces.last)
    )
    # Ends of earlier pieces of the same edge: numbering edges keeps them apart.
    done = np.maximum.accumulate(edge + last)
    before = np.concatenate([[0.0], done[:-1]]) - edge
    share = np.maximum(last - np.maximum(first, before), 0.0)
    return np.asarray(share * network.length_mm[edge] / 1000)


def _without_small_holes(area: Any) -> Any:
    kept = []
    for polygon in shapely.get_parts(area):
        rings = shapely.get_rings(polygon)
        holes = [
            ring
            for ring in rings[1:]
            if shapely.area(shapely.polygons(ring)) >= LEAST_HOLE_M2
        ]
        kept.append(shapely.polygons(rings[0], holes=holes or None))
    return shapely.multipolygons(kept)
