"""How much every segment rises, from tiles of heights.

Three seconds of arc are ninety metres: between two nodes ten metres apart raw heights
show slopes that are not there (in Andorra half of all segments would be steeper than
12 %). So each node takes the mean height of the ways around it, and a bridge or tunnel
goes straight from end to end, whatever the ground below or above it does.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.dem import Tile, heights, read_tile
from wugeyi.engines.accessibility.findings import Finding, Refused
from wugeyi.engines.accessibility.network import Flag, Network

Array = NDArray[Any]
RADIUS_M = 90.0
"""Half the window of the mean; weights fall to nothing at its ends."""
OFF_GROUND = Flag.BRIDGE | Flag.TUNNEL
STEEP = 0.6
STEEP_FROM_MM = 20_000
ENOUGH = 1e-9


def rise(
    network: Network, tiles: Sequence[Path | Tile], radius_m: float = RADIUS_M
) -> tuple[Array, list[Finding]]:
    """Return how much each segment rises from tail to head, int32 millimetres.

    The rises around any round trip sum to nothing but roundings. Where no tile knows
    the height of both ends, a segment is taken as level, and a finding says so.

    Parameters
    ----------
    tiles
        Tiles or their files; the first one that covers a place counts.
    radius_m
        Half the width of the window, along the ways, that heights are smoothed over.

    Raises
    ------
    Refused
        A file is no tile, or no tile covers any part of the network.
    """
    read = [one if isinstance(one, Tile) else read_tile(one) for one in tiles]
    height_mm = heights(network.lon, network.lat, read) * 1000
    known = ~np.isnan(height_mm)
    if not known.any():
        raise Refused("dem-elsewhere", values_of(read), **_bounds(network))
    findings = _noticed(network, known, read)
    ground = (network.flags & np.uint16(OFF_GROUND)) == 0
    # First straight, then smooth: else the two ends of a short bridge, each smoothed on
    # its own bank, would lie steps apart.
    straight = _straight(network, height_mm, ground)
    smoothed = _smoothed(network, straight, radius_m)
    gained = smoothed[network.head] - smoothed[network.tail]
    rise_mm = np.rint(np.nan_to_num(gained)).astype(np.int32)
    steep = np.abs(rise_mm) > STEEP * network.length_mm
    steep &= network.length_mm >= STEEP_FROM_MM
    if steep.any():
        values = {"segments": int(steep.sum())}
        findings.append(Finding("dem-steep", "note", values=values))
    return rise_mm, findings


def values_of(tiles: Sequence[Tile]) -> str:
    """Return the names of tiles as their files have them."""
    return "、".join(
        f"{'N' if one.south >= 0 else 'S'}{abs(one.south):02}"
        f"{'E' if one.west >= 0 else 'W'}{abs(one.west):03}"
        for one in tiles
    )


def _bounds(network: Network) -> dict[str, float]:
    names = ("west", "south", "east", "north")
    return {
        name: round(value, 4) for name, value in zip(names, network.bounds, strict=True)
    }


def _noticed(network: Network, known: Array, tiles: Sequence[Tile]) -> list[Finding]:
    found = []
    if not known.all():
        values = {"nodes": int((~known).sum()), "all": network.nodes}
        found.append(Finding("dem-partial", "warning", values_of(tiles), values=values))
    voids = sum(tile.voids for tile in tiles)
    if voids:
        values = {"posts": voids}
        found.append(Finding("dem-voids", "note", values_of(tiles), values=values))
    return found


def _smoothed(network: Network, height_mm: Array, radius_m: float) -> Array:
    """Return the heights smoothed along the ways."""
    # Late: flat networks need no compiler for this.
    from wugeyi.engines.accessibility.kernels_elevation import smooth

    start, other, segment = _neighbours(network.nodes, network.tail, network.head)
    length = network.length_mm[segment].astype(np.float64)
    return smooth(height_mm, radius_m * 1000, start, other, length)


def _neighbours(nodes: int, tail: Array, head: Array) -> tuple[Array, Array, Array]:
    """Return for each node, in one row, the other ends and the segments that lead there."""
    ends = np.concatenate((tail, head))
    order = np.argsort(ends, kind="stable")
    start = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(ends, minlength=nodes), out=start[1:])
    other = np.concatenate((head, tail))[order].astype(np.int32)
    return start, other, order % max(len(tail), 1)


def _straight(network: Network, height_mm: Array, ground: Array) -> Array:
    """Return the heights with bridges and tunnels straight between their ends.

    A node that touches no ground gets the mean of its neighbours, the nearer the more:
    along a chain that is a straight line. What touches ground nowhere stays as it is.
    """
    tail, head = network.tail[~ground], network.head[~ground]
    known = ~np.isnan(height_mm[tail] + height_mm[head])
    tail, head = tail[known], head[known]
    # Few nodes have to do with a bridge: work with those alone.
    nodes, number = np.unique(np.concatenate((tail, head)), return_inverse=True)
    grounded = np.zeros(network.nodes, bool)
    grounded[network.tail[ground]] = True
    grounded[network.head[ground]] = True
    pull = 1.0 / network.length_mm[~ground][known]
    straight = height_mm.copy()
    straight[nodes] = _relaxed(
        height_mm[nodes],
        ~grounded[nodes],
        number[: len(tail)],
        number[len(tail) :],
        pull,
    )
    return straight


def _relaxed(
    height: Array, free: Array, tail: Array, head: Array, pull: Array
) -> Array:
    """Return heights at which every free node is the weighted mean of its neighbours.

    By conjugate gradients, which are done after as many turns as a chain has nodes.
    """
    count = len(height)

    def slack(values: Array) -> Array:
        flow = pull * (values[head] - values[tail])
        at = np.bincount(tail, flow, count) - np.bincount(head, flow, count)
        return np.where(free, at, 0.0)

    left = slack(height)
    step, size = left, float((left * left).sum())
    goal = size * ENOUGH**2
    for _ in range(2 * int(free.sum())):
        if size <= goal:
            break
        pushed = slack(step)
        far = size / -float((step * pushed).sum())
        height = height + far * step
        left = left + far * pushed
        before, size = size, float((left * left).sum())
        step = left + size / before * step
    return height
