"""A network as lines to draw: the ground of a map, small enough to send to a telephone.

The format, little-endian: ``WGG1``, uint32 lines, uint32 points, then per line one octet
of ``Look``, then all numbers as varints — per line how many points, then per line each
point's step from the one before it (the first from the last point of the line before) in
millionths of a degree, longitude before latitude, zigzag. Porto's 350,000 segments take
1.7 MB, a community's 6,000 take 30 KB.
"""

from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.network import Flag, Network

MAGIC = b"WGG1"
STEP_DEG = 1e-6


class Look(IntFlag):
    """What a line looks like; no bit: a street."""

    BRIDGE = 1
    TUNNEL = 2
    STEPS = 4
    FOOTWAY = 8
    PRIVATE = 16
    INVENTED = 32


_SHOWN = {
    Flag.BRIDGE: Look.BRIDGE,
    Flag.TUNNEL: Look.TUNNEL,
    Flag.STEPS: Look.STEPS,
    Flag.FOOTWAY: Look.FOOTWAY,
    Flag.PRIVATE: Look.PRIVATE,
    Flag.INVENTED: Look.INVENTED,
}


def ground(network: Network) -> bytes:
    """Draw a network as lines: segments that follow each other on one way become one."""
    tail, head = network.tail, network.head
    look = np.zeros(len(tail), np.uint8)
    for flag, shown in _SHOWN.items():
        look |= np.where(network.flags & int(flag), int(shown), 0).astype(np.uint8)
    first = np.ones(len(tail), bool)
    if len(tail):
        first[1:] = (
            (tail[1:] != head[:-1])
            | (network.way[1:] != network.way[:-1])
            | (look[1:] != look[:-1])
        )
    starts = np.flatnonzero(first)
    # Each line has one point more than segments: its first tail stands before its heads.
    nodes = np.insert(head, starts, tail[starts]) if len(tail) else head
    counts = np.diff(np.append(starts, len(tail))) + 1
    lon = np.rint(network.lon[nodes] / STEP_DEG).astype(np.int64)
    lat = np.rint(network.lat[nodes] / STEP_DEG).astype(np.int64)
    steps = np.empty(2 * len(nodes), np.int64)
    steps[0::2] = np.diff(lon, prepend=0)
    steps[1::2] = np.diff(lat, prepend=0)
    sizes = np.array([len(starts), len(nodes)], "<u4").tobytes()
    zigzag = (steps << 1) ^ (steps >> 63)
    return (
        MAGIC
        + sizes
        + look[starts].tobytes()
        + _varints(counts.astype(np.int64))
        + _varints(zigzag)
    )


def _varints(numbers: NDArray[Any]) -> bytes:
    """Write non-negative numbers, seven bits an octet, the lowest first."""
    if not len(numbers):
        return b""
    lengths = np.ones(len(numbers), np.int64)
    for bits in range(7, 63, 7):
        lengths += numbers >= (1 << bits)
    ends = np.cumsum(lengths)
    out = np.zeros(int(ends[-1]), np.uint8)
    for place in range(int(lengths.max())):
        there = lengths > place
        octet = (numbers[there] >> (7 * place)) & 0x7F
        more = np.where(lengths[there] > place + 1, 0x80, 0)
        out[(ends - lengths)[there] + place] = (octet | more).astype(np.uint8)
    return out.tobytes()
