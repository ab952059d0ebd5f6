"""The roads a bus may use, as arrays: points, and directed pieces between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.kernels_roads import strong
from wugeyi.engines.lineplanning.roads.bus import Bus

Array = NDArray[Any]
EARTH_METRES = 6_371_008.8


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What a map holds for a bus.

    Parameters
    ----------
    lon, lat
        Of each node, degrees.
    delay
        What driving over a node costs, in tenths of a second.
    shut
        Whether no bus passes the node.
    tail, head
        Nodes of each arc, a piece of road in one direction; sorted by tail.
    cost
        Tenths of a second to drive an arc.
    metres
        Its length.
    twin
        The arc the other way, -1 where there is none.
    longest_cm
        The longest bus it takes.
    way
        The way of the map an arc is part of.
    ban_first, ban_to
        From arc a one may not go on to the arcs ``ban_to[ban_first[a]:ban_first[a+1]]``.
    findings
        What was noticed in the map.
    """

    bus: Bus
    lon: Array
    lat: Array
    delay: Array
    shut: Array
    tail: Array
    head: Array
    cost: Array
    metres: Array
    twin: Array
    longest_cm: Array
    way: Array
    ban_first: Array
    ban_to: Array
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Array:
        """Return where the arcs out of each node begin."""
        nodes = np.arange(len(self.lon) + 1)
        return np.searchsorted(self.tail, nodes).astype(np.int64)

    def core(self, longest_cm: int) -> Array:
        """Return the arcs a bus so long may use and get away from again.

        They join the most road of all the parts within which every point is reached
        from every other.
        """
        usable = self.longest_cm >= longest_cm
        # Nobody goes on beyond a shut node.
        onward = usable & ~self.shut[self.tail]
        tail, head = self.tail[onward], self.head[onward]
        first = np.searchsorted(tail, np.arange(len(self.lon) + 1)).astype(np.int64)
        part = strong(first, head)
        within: Array = usable & (part[self.tail] == part[self.head])
        if not within.any():
            return within
        road = np.bincount(part[self.tail[within]], self.metres[within])
        within &= part[self.tail] == np.argmax(road)
        return within


def lengths(lon: Array, lat: Array, tail: Array, head: Array) -> Array:
    """Return the straight line between the ends of each arc, in metres."""
    middle = np.radians(lat[tail] + lat[head]) / 2
    east = np.radians(lon[head] - lon[tail]) * np.cos(middle)
    north = np.radians(lat[head] - lat[tail])
    metres: Array = EARTH_METRES * np.hypot(east, north)
    return metres
