"""Machine code: what hangs together with what."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]


@njit("int32[::1](int64, int32[::1], int32[::1])", cache=True, nogil=True)
def leaders(nodes: int, tail: Int32, head: Int32) -> Int32:
    """Return for each node the first node of the part it belongs to."""
    parent = np.arange(nodes).astype(np.int32)
    for each in range(len(tail)):
        a, b = tail[each], head[each]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        # The earlier node leads, so that one pass in order finds every leader.
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    for node in range(nodes):
        parent[node] = parent[parent[node]]
    return parent
