"""Machine code: three requests of which trips of a linear program take too much."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@njit(cache=True, nogil=True)
def taking_all(
    i: int, j: int, k: int, start: Int64, request: Int32, taken: Float64
) -> float:
    """Return how much there is of columns that take all three requests."""
    total = 0.0
    for c in range(len(taken)):
        inside = 0
        for a in range(start[c], start[c + 1]):
            inside += request[a] in (i, j, k)
        if inside == 3:
            total += taken[c]
    return total


@njit(cache=True, nogil=True)
def pairs(requests: int, start: Int64, request: Int32, taken: Float64) -> Float64:
    """Return how much there is of columns that take two requests, by both."""
    pair = np.zeros((requests, requests))
    for c in range(len(taken)):
        for a in range(start[c], start[c + 1]):
            for b in range(start[c], start[c + 1]):
                pair[request[a], request[b]] += taken[c]
    return pair


@njit(cache=True, nogil=True)
def triples(
    requests: int, start: Int64, request: Int32, taken: Float64, least: float
) -> tuple[Int32, Float64]:
    """Return three requests each of which more than one trip takes two or three.

    Parameters
    ----------
    start, request
        Requests by column.
    taken
        How much of each column there is.
    least
        By how much more than one.

    Returns
    -------
    three, by
        The requests, rising, and by how much; 4096 at most.
    """
    pair = pairs(requests, start, request, taken)
    found = np.empty((4096, 3), np.int32)
    by = np.empty(4096)
    many = 0
    for i in range(requests):
        for j in range(i + 1, requests):
            for k in range(j + 1, requests):
                total = pair[i, j] + pair[i, k] + pair[j, k]
                if total <= 1.0 + least or many == len(by):
                    continue
                # Counted in three pairs, each of these is one.
                total -= 2.0 * taking_all(i, j, k, start, request, taken)
                if total > 1.0 + least:
                    found[many, 0], found[many, 1], found[many, 2] = i, j, k
                    by[many] = total - 1.0
                    many += 1
    return found[:many], by[:many]
