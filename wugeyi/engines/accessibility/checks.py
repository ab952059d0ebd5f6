"""What looks wrong in a network: islands, links not drawn, slips of the pen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Finding
from wugeyi.engines.accessibility.network import Flag, Network
from wugeyi.engines.accessibility.points import index

Array = NDArray[Any]
GAP_M = 2.0
"""Nearer than this, an end most likely belongs to the way it misses."""
CELL_M = 100.0
STRAY = 4
"""An end counts only if its segment is so many times as long as the gap."""
LONG_MM = 3_000_000
MOST_LISTED = 50
OFF_LEVEL = Flag.BRIDGE | Flag.TUNNEL | Flag.RAISED | Flag.GATE


def suspicious(network: Network) -> list[Finding]:
    """Return what someone who knows the place should look at, islands first."""
    return [
        *_islands(network),
        *_listed(network, _gaps(network)),
        *_long(network),
        *_twice(network),
    ]


def _islands(network: Network) -> list[Finding]:
    outside = int((network.component > 0).sum())
    if not outside:
        return []
    values = {
        "islands": int(network.component.max()),
        "nodes": outside,
        "percent": round(100 * outside / network.nodes, 1),
    }
    return [Finding("network-islands", "warning", values=values)]


def _gaps(network: Network) -> list[tuple[int, float]]:
    """Return dead ends that just miss another way, with the millimetres between.

    An end that hangs on a way which is about as short as the gap is the corner beside
    it, and a bridge does miss the road below.
    """
    ends = np.concatenate((network.tail, network.head))
    degree = np.bincount(ends, minlength=network.nodes)
    level = (network.flags & np.uint16(OFF_LEVEL)) == 0
    own = np.zeros(network.nodes, np.int64)
    own[network.tail] = own[network.head] = np.arange(network.segments)
    dead = np.flatnonzero(degree == 1)
    dead = dead[level[own[dead]]]
    if not len(dead):
        return []
    edge, _share, off = index(network, CELL_M).nearest(
        network.lon[dead], network.lat[dead], GAP_M, avoid=dead.astype(np.int32)
    )
    near = (edge >= 0) & level[edge] & (off > 0)
    near &= network.length_mm[own[dead]] > STRAY * off
    # Its neighbour's other ways pass near it too, and miss nothing.
    inner = network.tail[own[dead]] + network.head[own[dead]] - dead
    near &= (network.tail[edge] != inner) & (network.head[edge] != inner)
    return list(zip(dead[near].tolist(), off[near].tolist(), strict=True))


def _listed(network: Network, gaps: list[tuple[int, float]]) -> list[Finding]:
    found = [
        Finding(
            "network-gap",
            "warning",
            _way(network, node),
            float(network.lon[node]),
            float(network.lat[node]),
            {"metres": round(off / 1000, 1)},
        )
        for node, off in gaps[:MOST_LISTED]
    ]
    if len(gaps) > MOST_LISTED:
        values = {"count": len(gaps) - MOST_LISTED}
        found.append(Finding("network-gaps-more", "warning", values=values))
    return found


def _way(network: Network, node: int) -> str:
    at = np.flatnonzero((network.tail == node) | (network.head == node))
    return f"way/{network.way[at[0]]}"


def _long(network: Network) -> list[Finding]:
    straight = np.flatnonzero(network.length_mm > LONG_MM)
    return [
        Finding(
            "network-long",
            "warning",
            f"way/{network.way[at]}",
            float(network.lon[network.tail[at]]),
            float(network.lat[network.tail[at]]),
            {"metres": int(network.length_mm[at]) // 1000},
        )
        for at in straight[:MOST_LISTED].tolist()
    ]


def _twice(network: Network) -> list[Finding]:
    low = np.minimum(network.tail, network.head).astype(np.int64)
    pair = low * network.nodes + np.maximum(network.tail, network.head)
    pair.sort()
    count = int((pair[1:] == pair[:-1]).sum())
    return [Finding("network-twice", "note", values={"count": count})] if count else []
