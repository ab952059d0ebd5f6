"""Which homes each candidate site serves: one bounded search for each site."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.graph import BLOCKED, Graph, OnEdges, Spots

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """For each site the homes it serves.

    Parameters
    ----------
    start
        int64[sites + 1].
    home
        int32: those of site ``s`` are ``home[start[s]:start[s + 1]]``, each once, in no
        particular order.
    homes
        How many homes there are.
    """

    start: Array
    home: Array
    homes: int

    @property
    def sites(self) -> int:
        """Return the number of sites."""
        return len(self.start) - 1

    def of(self, site: int) -> Array:
        """Return the homes of one site, rising."""
        return np.sort(self.home[self.start[site] : self.start[site + 1]])

    @classmethod
    def bare(cls, lists: list[list[int]], homes: int) -> "Sets":
        """Return sets written out; repeated homes count once.

        Raises
        ------
        ValueError
            A number is no home's.
        """
        unique = [sorted(set(each)) for each in lists]
        start = np.cumsum([0, *map(len, unique)], dtype=np.int64)
        home = np.array([home for each in unique for home in each], np.int32)
        if len(home) and not 0 <= home.min() <= home.max() < homes:
            raise ValueError("a set names a home that is not there")
        return cls(start, home, homes)


def cover(
    graph: Graph, sites: OnEdges | Spots, homes: OnEdges | Spots, limit_ms: int
) -> Sets:
    """Find who walks to each site within the limit, door to door.

    Parameters
    ----------
    graph
        As somebody walks it.
    sites
        Candidates; one that stands nowhere serves nobody.
    homes
        Whoever stands nowhere is served by nobody.
    limit_ms
        Milliseconds, the limit itself included.

    Returns
    -------
    Sets
        Exact: a home belongs to a site if and only if the least time from its door to
        the site is at most ``limit_ms``.

    Raises
    ------
    ValueError
        The limit is negative, or a point lies off the graph's edges.
    """
    from wugeyi.engines.accessibility.kernels_catchment import arcs_into, catchments

    if limit_ms < 0:
        raise ValueError("a limit cannot be negative")
    to, door = graph.spots(sites), graph.spots(homes)
    arcs = arcs_into(
        graph.n, graph.tail, graph.head, graph.forward_ms, graph.backward_ms
    )
    # A higher limit is no limit: twelve days.
    limit_ms = min(limit_ms, BLOCKED - 1)
    found = catchments(
        limit_ms,
        *arcs,
        *_seeds(graph, to, limit_ms),
        *_doors(graph, door, limit_ms),
        *_beside(to, door, limit_ms),
        len(door),
    )
    return Sets(*found, len(door))


def _ends(
    graph: Graph, spots: Spots, tail_ms: Array, head_ms: Array, limit_ms: int
) -> tuple[Array, Array]:
    """Return [k, 2] nodes beside points and the times between; -1 where too far."""
    on = spots.edge >= 0
    edge = np.where(on, spots.edge, 0)
    node = np.full((len(spots), 2), -1, np.int32)
    if len(graph.tail):
        node[:, 0] = np.where(on, graph.tail[edge], -1)
        node[:, 1] = np.where(on, graph.head[edge], -1)
    node[:, 0] = np.where(spots.node >= 0, spots.node, node[:, 0])
    taken = np.stack([tail_ms, head_ms], axis=1).astype(np.int64)
    taken[spots.node >= 0] = 0
    blocked = taken >= BLOCKED
    taken += spots.off_ms[:, None]
    node[blocked | (taken > limit_ms)] = -1
    return node, np.where(node >= 0, taken, 0).astype(np.int32)


def _seeds(graph: Graph, sites: Spots, limit_ms: int) -> tuple[Array, Array]:
    return _ends(graph, sites, sites.from_tail_ms, sites.from_head_ms, limit_ms)


def _doors(graph: Graph, homes: Spots, limit_ms: int) -> tuple[Array, Array, Array]:
    """Return homes by the node they walk to first."""
    node, taken = _ends(graph, homes, homes.to_tail_ms, homes.to_head_ms, limit_ms)
    home = np.repeat(np.arange(len(homes), dtype=np.int32), 2)
    flat, ms = node.reshape(-1), taken.reshape(-1)
    there = np.flatnonzero(flat >= 0)
    order = there[np.argsort(flat[there], kind="stable")]
    start = np.zeros(graph.n + 1, np.int32)
    np.cumsum(np.bincount(flat[there], minlength=graph.n), out=start[1:])
    return start, home[order], ms[order]


def _beside(sites: Spots, homes: Spots, limit_ms: int) -> tuple[Array, Array]:
    """Return homes on a site's own edge that reach it along that edge in time."""
    order = np.argsort(homes.edge, kind="stable").astype(np.int32)
    sorted_edge = homes.edge[order]
    first = np.searchsorted(sorted_edge, sites.edge, "left")
    many = np.searchsorted(sorted_edge, sites.edge, "right") - first
    many[sites.edge < 0] = 0
    site = np.repeat(np.arange(len(sites)), many)
    ends = np.cumsum(many)
    home = order[np.arange(len(site)) + np.repeat(first - (ends - many), many)]
    ahead = homes.share_mm[home] <= sites.share_mm[site]
    behind = homes.share_mm[home] >= sites.share_mm[site]
    forward = _along(sites.from_tail_ms[site], homes.from_tail_ms[home], ahead)
    backward = _along(sites.from_head_ms[site], homes.from_head_ms[home], behind)
    taken = np.minimum(forward, backward) + homes.off_ms[home] + sites.off_ms[site]
    near = taken <= limit_ms
    start = np.zeros(len(sites) + 1, np.int32)
    np.cumsum(np.bincount(site[near], minlength=len(sites)), out=start[1:])
    return start, np.ascontiguousarray(home[near], np.int32)


def _along(site_ms: Array, home_ms: Array, right_way: Array) -> Array:
    """Return the time between two points of an edge, both reckoned from one end."""
    way = right_way & (site_ms < BLOCKED) & (home_ms < BLOCKED)
    taken = site_ms.astype(np.int64) - home_ms
    return np.where(way, taken, np.int64(2**40))
