"""Machine code of siting: merging homes, choosing sites, bounding what is possible.

Sets stand as pairs of arrays, ``start`` (int64) and ``item`` (int32): those of ``c``
are ``item[start[c]:start[c + 1]]``.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@njit(
    "Tuple((int64[::1], int32[::1]))(int64[::1], int32[::1], int64)",
    cache=True,
    nogil=True,
)
def turned(start: Int64, item: Int32, items: int) -> tuple[Int64, Int32]:
    """Return for each item the sets that hold it, in rising order."""
    new_start = np.zeros(items + 1, np.int64)
    for each in item:
        new_start[each + 1] += 1
    for number in range(items):
        new_start[number + 1] += new_start[number]
    place = new_start[:items].copy()
    holder = np.empty(len(item), np.int32)
    for number in range(len(start) - 1):
        for at in range(start[number], start[number + 1]):
            holder[place[item[at]]] = number
            place[item[at]] += 1
    return new_start, holder


@njit(
    "Tuple((int32[::1], int32[::1]))(int64[::1], int32[::1], boolean[::1])",
    cache=True,
    nogil=True,
)
def alike(start: Int64, item: Int32, wanted: NDArray[np.bool_]) -> tuple[Int32, Int32]:
    """Group sets with the same items, given in rising order.

    Returns
    -------
    tuple
        int32 for each set its group, -1 for an empty or unwanted one; and for each
        group the first of its sets.
    """
    sets = len(start) - 1
    size = 16
    while size < 2 * sets:
        size *= 2
    slots = np.full(size, -1, np.int32)
    group = np.full(sets, -1, np.int32)
    leader = np.empty(sets, np.int32)
    groups = 0
    for number in range(sets):
        length = start[number + 1] - start[number]
        if length == 0 or not wanted[number]:
            continue
        mixed = np.uint64(14695981039346656037)
        for at in range(start[number], start[number + 1]):
            mixed = (mixed ^ np.uint64(item[at])) * np.uint64(1099511628211)
            mixed ^= mixed >> np.uint64(29)
        slot = np.int64(mixed & np.uint64(size - 1))
        while True:
            held = slots[slot]
            if held < 0:
                slots[slot] = groups
                leader[groups] = number
                group[number] = groups
                groups += 1
                break
            other = leader[held]
            same = start[other + 1] - start[other] == length
            at = 0
            while same and at < length:
                same = item[start[other] + at] == item[start[number] + at]
                at += 1
            if same:
                group[number] = held
                break
            slot = (slot + 1) & (size - 1)
    return group, leader[:groups].copy()


@njit(cache=True, nogil=True, inline="always")
def _open(
    site: int,
    start: Int64,
    item: Int32,
    by_start: Int64,
    by: Int32,
    weight: Int64,
    times: Int32,
    gain: Int64,
) -> None:
    """Open a site: what it is the first to cover is no longer anybody's gain."""
    for at in range(start[site], start[site + 1]):
        home = item[at]
        times[home] += 1
        if times[home] == 1:
            for other in range(by_start[home], by_start[home + 1]):
                gain[by[other]] -= weight[home]


@njit(cache=True, nogil=True, inline="always")
def _close(
    site: int,
    start: Int64,
    item: Int32,
    by_start: Int64,
    by: Int32,
    weight: Int64,
    times: Int32,
    gain: Int64,
) -> None:
    for at in range(start[site], start[site + 1]):
        home = item[at]
        times[home] -= 1
        if times[home] == 0:
            for other in range(by_start[home], by_start[home + 1]):
                gain[by[other]] += weight[home]


@njit(
    "int64(int64[::1], int32[::1], int64[::1], int32[::1], int64[::1], boolean[::1],"
    " int32[::1], int64, int64)",
    cache=True,
    nogil=True,
)
def improve(
    start: Int64,
    item: Int32,
    by_start: Int64,
    by: Int32,
    weight: Int64,
    allowed: NDArray[np.bool_],
    chosen: Int32,
    filled: int,
    swaps: int,
) -> np.int64:
    """Fill up a choice greedily, then swap one site for another while that helps.

    Parameters
    ----------
    start, item
        Sets of homes by site.
    by_start, by
        The same turned: sites by home.
    weight
        People of each home.
    allowed
        Sites that may be chosen.
    chosen
        int32[k], the sites; the first ``filled`` are given, all are written. -1 where
        no site is left to choose.
    filled
        How many stand already.
    swaps
        How many swaps at most.

    Returns
    -------
    int64
        People covered by the choice.
    """
    sites = len(start) - 1
    k = len(chosen)
    times = np.zeros(len(weight), np.int32)
    place = np.full(sites, -1, np.int32)
    gain = np.zeros(sites, np.int64)
    for site in range(sites):
        for at in range(start[site], start[site + 1]):
            gain[site] += weight[item[at]]
    for number in range(filled):
        place[chosen[number]] = number
        _open(chosen[number], start, item, by_start, by, weight, times, gain)
    for number in range(filled, k):
        best = -1
        for site in range(sites):
            if not allowed[site] or place[site] >= 0:
                continue
            if best < 0 or gain[site] > gain[best]:
                best = site
        chosen[number] = best
        if best >= 0:
            place[best] = number
            _open(best, start, item, by_start, by, weight, times, gain)
    loss = np.zeros(k, np.int64)
    shared = np.zeros((k, sites), np.int64)
    while swaps > 0:
        swaps -= 1
        loss[:] = 0
        shared[:] = 0
        for number in range(k):
            if chosen[number] < 0:
                continue
            site = chosen[number]
            for at in range(start[site], start[site + 1]):
                home = item[at]
                if times[home] == 1:
                    loss[number] += weight[home]
                    for other in range(by_start[home], by_start[home + 1]):
                        shared[number, by[other]] += weight[home]
        most, out, come = np.int64(0), -1, -1
        for site in range(sites):
            if not allowed[site] or place[site] >= 0:
                continue
            for number in range(k):
                if chosen[number] < 0:
                    continue
                change = gain[site] + shared[number, site] - loss[number]
                if change > most:
                    most, out, come = change, number, site
        if out < 0:
            break
        gone = chosen[out]
        _close(gone, start, item, by_start, by, weight, times, gain)
        _open(come, start, item, by_start, by, weight, times, gain)
        place[gone] = -1
        place[come] = out
        chosen[out] = come
    covered = np.int64(0)
    for home in range(len(weight)):
        if times[home] > 0:
            covered += weight[home]
    return covered
