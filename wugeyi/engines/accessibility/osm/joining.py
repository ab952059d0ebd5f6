"""Ways to walk on → the network: shared nodes join them, shut gates part them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Finding
from wugeyi.engines.accessibility.kernels_osm import NOWHERE, numbered
from wugeyi.engines.accessibility.network import Flag, Network, build
from wugeyi.engines.accessibility.osm.lines import (
    NODE,
    UNITS_PER_DEGREE,
    Lines,
    Ways,
)
from wugeyi.engines.accessibility.osm.walkable import gate, lift

Array = NDArray[Any]
LICENCE = "ODbL 1.0"
ATTRIBUTION = "© OpenStreetMap contributors"


@dataclass(frozen=True, slots=True, eq=False)
class Walkways:
    """Ways to walk on: the numbers of their lines, flags and direction."""

    numbers: Array
    flags: Array
    oneway: Array


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Nodes by their identity, in its order: is there a gate, shut for good, a lift."""

    identity: Array
    gate: Array
    shut: Array
    lift: Array

    def among(self, names: Array) -> tuple[Array, Array, Array]:
        """Return gates, shut gates and lifts as bool, one for each of some nodes."""
        if not len(self.identity):
            nowhere = np.zeros(len(names), bool)
            return nowhere, nowhere, nowhere
        place = np.searchsorted(self.identity, names)
        place[place == len(self.identity)] = 0
        here = self.identity[place] == names
        return here & self.gate[place], here & self.shut[place], here & self.lift[place]


def join(
    ways: Ways,
    walkways: Walkways,
    marked: Marks,
    *,
    source: str,
    findings: list[Finding],
) -> Network:
    """Return the network of the walkways, and append what is noticed on the way."""
    owner = np.repeat(np.arange(len(walkways.numbers)), np.diff(ways.first))
    starts = _starts(ways, owner, findings)
    used = np.zeros(len(ways.node), bool)
    used[starts] = used[starts + 1] = True
    number, at = numbered(ways.node, used)
    tail, head = number[starts], number[starts + 1]
    lon, lat = ways.x[at] / UNITS_PER_DEGREE, ways.y[at] / UNITS_PER_DEGREE
    names = ways.node[at]
    gates, shut, lifts = marked.among(names)
    flags = walkways.flags[owner[starts]]
    flags[gates[tail] | gates[head]] |= Flag.GATE
    flags[lifts[tail] | lifts[head]] |= Flag.LIFT
    for node in np.flatnonzero(shut):
        findings.append(_shut(int(names[node]), float(lon[node]), float(lat[node])))
    lon, lat = _part(shut, tail, head, lon, lat)
    return build(
        lon,
        lat,
        tail,
        head,
        way=ways.identity[owner[starts]],
        flags=flags,
        oneway=walkways.oneway[owner[starts]],
        source=source,
        licence=LICENCE,
        attribution=ATTRIBUTION,
    )


def _starts(ways: Ways, owner: Array, findings: list[Finding]) -> Array:
    """Return where in the row of all nodes a segment starts."""
    placed = (ways.x != NOWHERE) & (ways.y != NOWHERE)
    if not placed.all():
        cut = np.unique(owner[~placed])
        values = {"nodes": int((~placed).sum()), "ways": len(cut)}
        findings.append(Finding("osm-nodes-missing", "note", values=values))
    together = (owner[:-1] == owner[1:]) & (ways.node[:-1] != ways.node[1:])
    return np.flatnonzero(together & placed[:-1] & placed[1:])


def _shut(identity: int, lon: float, lat: float) -> Finding:
    return Finding("osm-gate-shut", "note", f"node/{identity}", lon, lat)


def marks(lines: Lines) -> Marks:
    """Return the nodes of a text at which something stands in the way, or carries one."""
    numbers = lines.of(NODE)
    found = sorted(
        (identity, gate(tags), lift(tags))
        for identity, tags in zip(
            lines.identities(numbers).tolist(), lines.tags(numbers), strict=True
        )
        if gate(tags) is not None or lift(tags)
    )
    return Marks(
        np.array([one[0] for one in found], np.int64),
        np.array([one[1] is not None for one in found], bool),
        np.array([bool(one[1]) for one in found], bool),
        np.array([one[2] for one in found], bool),
    )


def _part(
    shut: Array, tail: Array, head: Array, lon: Array, lat: Array
) -> tuple[Array, Array]:
    """Give each segment its own end at a shut gate: up to it, not through it.

    Changes ``tail`` and ``head``; returns the longer rows of places.
    """
    ends = np.concatenate((tail, head))
    at = np.flatnonzero(shut[ends])
    # The first segment keeps the node itself; nothing is left over.
    at = np.delete(at, np.unique(ends[at], return_index=True)[1])
    copied = ends[at]
    ends[at] = len(lon) + np.arange(len(at))
    tail[:], head[:] = np.split(ends, 2)
    return np.concatenate((lon, lon[copied])), np.concatenate((lat, lat[copied]))
