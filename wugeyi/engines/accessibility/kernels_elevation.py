"""Machine code: heights smoothed along the ways around each node."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

MOST_MET = 512
"""Nodes looked at around one; where more lie within the radius, the rest is left out."""


@njit(cache=True, nogil=True)
def _around(
    node: int,
    radius: float,
    start: Int64,
    other: Int32,
    length: Float64,
    met: Int32,
    apart: Float64,
    slot: Int32,
) -> int:
    """List the nodes within a radius along the ways, with their distances.

    Distances are exact: a node met again on a shorter way is looked at again.
    ``slot`` is -1 for every node before and gives the place in the list after.
    """
    met[0], apart[0], slot[node] = node, 0.0, 0
    count, at = 1, 0
    while at < count:
        here = at
        at += 1
        for each in range(start[met[here]], start[met[here] + 1]):
            far = apart[here] + length[each]
            place = slot[other[each]]
            if far > radius:
                continue
            if place < 0:
                if count < MOST_MET:
                    met[count], apart[count], slot[other[each]] = (
                        other[each],
                        far,
                        count,
                    )
                    count += 1
            elif far < apart[place]:
                apart[place] = far
                # Those behind it may be nearer now: look again from there.
                at = min(at, place)
    return count


@njit(cache=True, nogil=True)
def _piece(height_a: float, height_b: float, near: float, size: float, radius: float):  # type: ignore[no-untyped-def]
    """Return the weight of a piece that leads away, and that times its height.

    Heights are straight between its ends, weights fall straight to none at the radius;
    so both are integrals of polynomials.
    """
    end = min(size, radius - near)
    if end <= 0:
        return 0.0, 0.0
    slope = (height_b - height_a) / size
    first = radius - near
    weight = first * end - end * end / 2
    moment = first * end * end / 2 - end**3 / 3
    return weight, height_a * weight + slope * moment


@njit(
    "float64[::1](float64[::1], float64, int64[::1], int32[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def smooth(
    height: Float64, radius: float, start: Int64, other: Int32, length: Float64
) -> Float64:
    """Return for each node the weighted mean height of the ways around it.

    A way counts by its length, and the less the farther it is; at the radius not at all.
    Nodes without a height have none, and count nowhere.

    Parameters
    ----------
    radius
        Half the width of the window, in the unit of ``length``.
    start, other, length
        For each node the nodes at the other ends of its segments.
    """
    answer = height.copy()
    met, apart = np.empty(MOST_MET, np.int32), np.empty(MOST_MET)
    slot = np.full(len(height), -1, np.int32)
    for node in range(len(height)):
        if np.isnan(height[node]):
            continue
        count = _around(node, radius, start, other, length, met, apart, slot)
        total, held = 0.0, 0.0
        for place in range(count):
            a = met[place]
            for each in range(start[a], start[a + 1]):
                b = other[each]
                # The piece from a leads away as far as it is nearer over a than over b.
                size = length[each]
                there = radius if slot[b] < 0 else apart[slot[b]]
                share = min(max((size + there - apart[place]) / 2, 0.0), size)
                if slot[b] < 0:
                    share = size
                if share <= 0 or np.isnan(height[a]) or np.isnan(height[b]):
                    continue
                middle = height[a] + (height[b] - height[a]) * share / size
                weight, part = _piece(height[a], middle, apart[place], share, radius)
                total += weight
                held += part
        if total > 0:
            answer[node] = held / total
        for place in range(count):
            slot[met[place]] = -1
    return answer
