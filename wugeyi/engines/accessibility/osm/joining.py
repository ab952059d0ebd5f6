"""Ways to walk on → the network: shared nodes join them, shut gates part them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Finding
from wugeyi.engines.accessibility.kernels_osm import NOWHERE
from wugeyi.engines.accessibility.network import Flag, Network, build
from wugeyi.engines.accessibility.osm.lines import (
    NODE,
    UNITS_PER_DEGREE,
    Lines,
    Tags,
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


def join(
    lines: Lines, walkways: Walkways, *, source: str, findings: list[Finding]
) -> Network:
    """Return the network of some ways, and append what is noticed on the way."""
    ways = lines.ways(walkways.numbers)
    owner = np.repeat(np.arange(len(walkways.numbers)), np.diff(ways.first))
    starts = _starts(ways, owner, findings)
    ends = np.concatenate((starts, starts + 1))
    names, first, number = np.unique(
        ways.node[ends], return_index=True, return_inverse=True
    )
    tail, head = number[: len(starts)], number[len(starts) :]
    at = ends[first]
    lon, lat = ways.x[at] / UNITS_PER_DEGREE, ways.y[at] / UNITS_PER_DEGREE
    gates, shut, lifts = _marks(lines, names)
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


def _marks(lines: Lines, names: Array) -> tuple[Array, Array, Array]:
    """Return bool[n]: where a gate stands, one that stays shut, a lift."""
    numbers = lines.of(NODE)
    identities = lines.identities(numbers)
    place = np.minimum(np.searchsorted(names, identities), max(len(names) - 1, 0))
    used = names[place] == identities if len(names) else np.zeros(len(place), bool)
    marks = np.zeros((3, len(names)), bool)
    asks: tuple[Callable[[Tags], bool | None], ...] = (
        lambda tags: gate(tags) is not None,
        gate,
        lift,
    )
    rows = zip(place[used].tolist(), lines.tags(numbers[used]), strict=True)
    for node, tags in rows:
        for mark, ask in zip(marks, asks, strict=True):
            mark[node] = bool(ask(tags))
    return marks[0], marks[1], marks[2]


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
