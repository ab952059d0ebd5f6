"""Machine code: which homes can walk to each of many places within a limit."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

# Times are kept in buckets this fine; inside one, a node is looked at again whenever
# it got nearer, so the answer does not depend on it.
SHIFT = 12

# What is kept of a node: its time, its neighbours in its bucket, its first arc.
TIME, AFTER, BEFORE, ARCS = range(4)
OUTSIDE = -2
"""The neighbour before a node that stands in no bucket."""


@njit(
    "Tuple((int32[::1], int32[::1], int32[::1]))"
    "(int64, int32[::1], int32[::1], int32[::1], int32[::1])",
    cache=True,
    nogil=True,
)
def arcs_into(
    nodes: int, tail: Int32, head: Int32, forward_ms: Int32, backward_ms: Int32
) -> tuple[Int32, Int32, Int32]:
    """Return arcs by the node they end at: starts, where they come from, times.

    Directions with a negative time are left out, and so are loops.
    """
    start = np.zeros(nodes + 1, np.int32)
    for edge in range(len(tail)):
        if tail[edge] == head[edge]:
            continue
        if forward_ms[edge] >= 0:
            start[head[edge] + 1] += 1
        if backward_ms[edge] >= 0:
            start[tail[edge] + 1] += 1
    for node in range(nodes):
        start[node + 1] += start[node]
    free = start[:nodes].copy()
    origin = np.empty(start[nodes], np.int32)
    ms = np.empty(start[nodes], np.int32)
    for edge in range(len(tail)):
        a, b = tail[edge], head[edge]
        if a == b:
            continue
        if forward_ms[edge] >= 0:
            origin[free[b]] = a
            ms[free[b]] = forward_ms[edge]
            free[b] += 1
        if backward_ms[edge] >= 0:
            origin[free[a]] = b
            ms[free[a]] = backward_ms[edge]
            free[a] += 1
    return start, origin, ms


@njit(cache=True, nogil=True, inline="always")
def _put_in(node: Any, bucket: Any, first: Int32, about: Int32) -> None:
    head = first[bucket]
    about[node, AFTER] = head
    about[node, BEFORE] = -1
    if head >= 0:
        about[head, BEFORE] = node
    first[bucket] = node


@njit(cache=True, nogil=True, inline="always")
def _take_out(node: Any, bucket: Any, first: Int32, about: Int32) -> None:
    ahead, behind = about[node, AFTER], about[node, BEFORE]
    if behind >= 0:
        about[behind, AFTER] = ahead
    else:
        first[bucket] = ahead
    if ahead >= 0:
        about[ahead, BEFORE] = behind
    about[node, BEFORE] = OUTSIDE


@njit(
    "Tuple((int64[::1], int32[::1]))"
    "(int64, int32[::1], int32[::1], int32[::1], int32[:, ::1], int32[:, ::1],"
    " int32[::1], int32[::1], int32[::1], int32[::1], int32[::1], int64)",
    cache=True,
    nogil=True,
)
def catchments(
    limit: int,
    start: Int32,
    origin: Int32,
    ms: Int32,
    seed_node: Int32,
    seed_ms: Int32,
    home_start: Int32,
    home: Int32,
    home_ms: Int32,
    beside_start: Int32,
    beside: Int32,
    homes: int,
) -> tuple[Int64, Int32]:
    """Return for each place the homes from which it is reached within ``limit`` ms.

    Parameters
    ----------
    limit
        Milliseconds, 0 to 2**31 - 2.
    start, origin, ms
        Arcs by the node they *end* at: those of node ``v`` are
        ``start[v] … start[v + 1]``, come from ``origin`` and take ``ms``.
    seed_node, seed_ms
        [places, 2]: the ends of the segment a place stands on, and what it takes from
        there to the place; -1 for none.
    home_start, home, home_ms
        Homes by the node they walk to first, and what it takes to it.
    beside_start, beside
        For each place the homes that need no node to get there: on its own segment.
    homes
        How many homes there are.

    Returns
    -------
    tuple
        int64[places + 1] and int32: those of place ``p`` stand from ``found_start[p]``
        to ``found_start[p + 1]``, each once, in no order.
    """
    nodes = len(start) - 1
    places = len(seed_node)
    far = np.int32(limit + 1)
    # What one looks at together lies together: a look is mostly a wait for memory.
    about = np.empty((nodes, 4), np.int32)
    for node in range(nodes):
        about[node, TIME] = far
        about[node, BEFORE] = OUTSIDE
        about[node, ARCS] = start[node]
    touched = np.empty(nodes, np.int32)
    # A bucket is a chain through its nodes; a node stands in one at most.
    first = np.full((limit >> SHIFT) + 1, -1, np.int32)
    seen = np.full(homes, -1, np.int32)
    found_start = np.zeros(places + 1, np.int64)
    found = np.empty(1024, np.int32)
    count = 0
    for place in range(places):
        many = 0
        low, high = np.int64(len(first)), np.int64(-1)
        for end in range(2):
            node = seed_node[place, end]
            if node < 0:
                continue
            cost = np.int64(seed_ms[place, end])
            known = np.int64(about[node, TIME])
            if cost >= known:
                continue
            if known == far:
                touched[many] = node
                many += 1
            else:
                _take_out(node, known >> SHIFT, first, about)
            about[node, TIME] = cost
            _put_in(node, cost >> SHIFT, first, about)
            low = min(low, cost >> SHIFT)
            high = max(high, cost >> SHIFT)
        bucket = low
        while bucket <= high:
            node = first[bucket]
            if node < 0:
                bucket += 1
                continue
            _take_out(node, bucket, first, about)
            here = np.int64(about[node, TIME])
            for arc in range(about[node, ARCS], start[node + 1]):
                other = origin[arc]
                cost = here + ms[arc]
                known = np.int64(about[other, TIME])
                if cost >= known:
                    continue
                if known == far:
                    touched[many] = other
                    many += 1
                elif about[other, BEFORE] != OUTSIDE:
                    _take_out(other, known >> SHIFT, first, about)
                about[other, TIME] = cost
                there = cost >> SHIFT
                _put_in(other, there, first, about)
                high = max(high, there)
        most = beside_start[place + 1] - beside_start[place]
        for number in range(many):
            node = touched[number]
            most += home_start[node + 1] - home_start[node]
        if count + most > len(found):
            longer = np.empty(2 * len(found) + most, np.int32)
            longer[:count] = found[:count]
            found = longer
        for number in range(many):
            node = touched[number]
            left = limit - about[node, TIME]
            about[node, TIME] = far
            for each in range(home_start[node], home_start[node + 1]):
                if home_ms[each] <= left and seen[home[each]] != place:
                    seen[home[each]] = place
                    found[count] = home[each]
                    count += 1
        for each in range(beside_start[place], beside_start[place + 1]):
            if seen[beside[each]] != place:
                seen[beside[each]] = place
                found[count] = beside[each]
                count += 1
        found_start[place + 1] = count
    return found_start, found[:count].copy()
