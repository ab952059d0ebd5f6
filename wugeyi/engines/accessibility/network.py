"""The walking network: arrays of nodes and of segments between them.

A segment is the straight piece between two neighbouring nodes of a way; each stands once,
whichever way one walks. Nothing here knows how fast anyone walks (``walking.py``).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntFlag
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility import arrays
from wugeyi.engines.accessibility.geometry import length_mm as straight_mm

Array = NDArray[Any]
KIND = "network"
PIECE = 65_536
# What the digest is taken over, in this order, and how each is kept.
NODE_ARRAYS = {"lon": np.float64, "lat": np.float64}
SEGMENT_ARRAYS = {
    "tail": np.int32,
    "head": np.int32,
    "length_mm": np.int32,
    "way": np.int64,
    "flags": np.uint16,
    "oneway": np.int8,
}


class Flag(IntFlag):
    """What a segment is; several may hold together."""

    BRIDGE = 1
    TUNNEL = 2
    STEPS = 4
    LIFT = 8
    GATE = 16
    """A gate, bollard or the like stands at one of its ends; it may be shut."""
    COVERED = 32
    PRIVATE = 64
    """Walked on, but not by everybody: ``access=private`` or customers only."""
    MOVING = 128
    """Moving stairs or a moving pavement."""
    CROSSING = 256
    FOOTWAY = 512
    """For people on foot: a footway, path, pedestrian street or stairs."""
    RAISED = 1024
    """Off the ground without being a bridge or tunnel: a layer, a level, indoors."""
    INVENTED = 2048
    """No real way: a planner's idea, or a demonstration's."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Where one can walk; ``n`` nodes and ``m`` segments.

    Parameters
    ----------
    lon, lat
        float64[n], degrees of WGS-84.
    tail, head
        int32[m], the nodes a segment joins; both ways are walked unless ``oneway``.
    length_mm
        int32[m], millimetres on the ground, at least 1.
    way
        int64[m], the identity of the OpenStreetMap way.
    flags
        uint16[m], bits of ``Flag``.
    oneway
        int8[m], for walkers only: 0 both ways, 1 from tail to head, -1 from head to tail.
    component
        int32[n], 0 is the largest part that hangs together, 1 the next.
    rise_mm
        int32[m], millimetres gained from tail to head, smoothed; None: height unknown.
    source, licence, attribution
        Where it comes from and on which terms; shown wherever the network is.
    digest
        SHA-256 over the arrays, hexadecimal: two networks with one digest are one.
    """

    lon: Array
    lat: Array
    tail: Array
    head: Array
    length_mm: Array
    way: Array
    flags: Array
    oneway: Array
    component: Array
    rise_mm: Array | None = None
    source: str = ""
    licence: str = ""
    attribution: str = ""
    digest: str = ""

    @property
    def nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.lon)

    @property
    def segments(self) -> int:
        """Return the number of segments."""
        return len(self.tail)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north in degrees; zeros without nodes."""
        if not len(self.lon):
            return (0.0, 0.0, 0.0, 0.0)
        return (
            float(self.lon.min()),
            float(self.lat.min()),
            float(self.lon.max()),
            float(self.lat.max()),
        )

    def with_rise(self, rise_mm: Array) -> "Network":
        """Return the network with heights, and so with another digest."""
        known = np.ascontiguousarray(rise_mm, np.int32)
        if known.shape != self.tail.shape:
            msg = f"{len(known)} rises for {self.segments} segments"
            raise ValueError(msg)
        risen = replace(self, rise_mm=known)
        return replace(risen, digest=_digest(risen))

    def save(self, path: Path, contraction: Mapping[str, Array] | None = None) -> None:
        """Write one file that ``load`` maps into memory.

        Parameters
        ----------
        path
            Replaced at once, when all is written.
        contraction
            Arrays of a prepared search, kept beside; ``load_contraction`` returns them.
        """
        held = {name: getattr(self, name) for name in _names(self)}
        held["component"] = self.component
        for name, array in (contraction or {}).items():
            held[f"contraction/{name}"] = array
        about = {
            name: getattr(self, name)
            for name in ("source", "licence", "attribution", "digest")
        }
        arrays.save(path, KIND, held, about)


def build(
    lon: Array,
    lat: Array,
    tail: Array,
    head: Array,
    *,
    length_mm: Array | None = None,
    way: Array | None = None,
    flags: Array | None = None,
    oneway: Array | None = None,
    source: str = "",
    licence: str = "",
    attribution: str = "",
) -> Network:
    """Return a network of bare arrays: what is not given is measured or zero.

    Lengths are measured along the earth's surface and clamped to at least 1 mm;
    components and the digest are always worked out here.

    Raises
    ------
    ValueError
        The arrays do not fit each other, or a segment ends at no node.
    """
    lon, lat = _as(lon, np.float64), _as(lat, np.float64)
    tail, head = _as(tail, np.int32), _as(head, np.int32)
    if len(lon) != len(lat) or len(tail) != len(head):
        raise ValueError("arrays of nodes or of segments differ in length")
    if len(tail) and not (
        0 <= min(tail.min(), head.min()) <= max(tail.max(), head.max()) < len(lon)
    ):
        raise ValueError("a segment ends at a node that is not there")
    if length_mm is None:
        length_mm = _lengths(lon, lat, tail, head)
    made = Network(
        lon=lon,
        lat=lat,
        tail=tail,
        head=head,
        length_mm=np.maximum(_as(length_mm, np.int32), 1),
        way=_or_zero(way, tail, np.int64),
        flags=_or_zero(flags, tail, np.uint16),
        oneway=_or_zero(oneway, tail, np.int8),
        component=_components(len(lon), tail, head),
        source=source,
        licence=licence,
        attribution=attribution,
    )
    if any(len(getattr(made, name)) != len(tail) for name in SEGMENT_ARRAYS):
        raise ValueError("arrays of segments differ in length")
    return replace(made, digest=_digest(made))


def load(path: Path) -> Network:
    """Map a saved network into memory.

    Takes milliseconds whatever the size: pages are read when they are touched.

    Raises
    ------
    Refused
        The file is not there, is cut short, or is no saved network.
    """
    held, about = arrays.load(path, KIND)
    wanted = {*NODE_ARRAYS, *SEGMENT_ARRAYS, "component", "rise_mm"}
    fields: dict[str, Any] = {name: held[name] for name in wanted & held.keys()}
    return Network(**(fields | about))


def load_contraction(path: Path) -> dict[str, Array]:
    """Return the arrays of a prepared search saved beside a network; none is {}.

    Raises
    ------
    Refused
        As ``load``.
    """
    held, _about = arrays.load(path, KIND)
    mark = "contraction/"
    return {
        name.removeprefix(mark): array
        for name, array in held.items()
        if name.startswith(mark)
    }


def _lengths(lon: Array, lat: Array, tail: Array, head: Array) -> Array:
    """Return the straight lengths, a piece at a time: the sums in between are large."""
    found = np.empty(len(tail), np.int32)
    for start in range(0, len(tail), PIECE):
        part = slice(start, start + PIECE)
        a, b = tail[part], head[part]
        found[part] = straight_mm(lon[a], lat[a], lon[b], lat[b])
    return found


def _components(nodes: int, tail: Array, head: Array) -> Array:
    """Return numbers of parts by size; of equal ones, the earlier node comes first."""
    # Late: whoever only loads a network needs no compiler.
    from wugeyi.engines.accessibility.kernels_network import leaders

    leader = leaders(nodes, tail, head)
    size = np.bincount(leader, minlength=nodes)
    first = np.flatnonzero(size)
    number = np.zeros(nodes, np.int32)
    order = np.argsort(-size[first], kind="stable")
    number[first[order]] = np.arange(len(first), dtype=np.int32)
    found: Array = number[leader]
    return found


def _names(network: Network) -> list[str]:
    names = [*NODE_ARRAYS, *SEGMENT_ARRAYS]
    return names if network.rise_mm is None else [*names, "rise_mm"]


def _digest(network: Network) -> str:
    found = hashlib.sha256()
    for name in _names(network):
        array = getattr(network, name)
        found.update(f"{name} {array.dtype.str} {len(array)}\n".encode())
        found.update(np.ascontiguousarray(array).data)
    return found.hexdigest()


def _as(array: Array, kind: Any) -> Array:
    return np.ascontiguousarray(array, kind)


def _or_zero(array: Array | None, like: Array, kind: Any) -> Array:
    return np.zeros(len(like), kind) if array is None else _as(array, kind)
