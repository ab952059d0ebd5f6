"""Machine code: from bare edges to a core without dead ends and without chains."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

BLOCKED = 2**30 - 1  # as graph.BLOCKED, which a kernel's cache would not see change


@njit(cache=True, nogil=True)
def adjacency(
    n: int, tail: Int32, head: Int32, forward: Int32, backward: Int32
) -> tuple[Int32, Int32, Int32, Int32]:
    """Return neighbours by node, each once, with the least time there and back.

    Loops are dropped, of parallel edges the least remains in each direction. Where a
    direction may not be walked its time is ``BLOCKED``.

    Returns
    -------
    start, to, out_ms, in_ms
        ``to[start[v] : start[v + 1]]`` are v's neighbours.
    """
    m = len(tail)
    start = np.zeros(n + 1, np.int32)
    for e in range(m):
        if tail[e] != head[e] and (forward[e] >= 0 or backward[e] >= 0):
            start[tail[e] + 1] += 1
            start[head[e] + 1] += 1
    for v in range(n):
        start[v + 1] += start[v]
    half = start[n]
    to = np.empty(half, np.int32)
    out_ms = np.empty(half, np.int32)
    in_ms = np.empty(half, np.int32)
    end = start[:n].copy()
    for e in range(m):
        a, b = tail[e], head[e]
        f, g = forward[e], backward[e]
        if a == b or (f < 0 and g < 0):
            continue
        if f < 0:
            f = np.int32(BLOCKED)
        if g < 0:
            g = np.int32(BLOCKED)
        i = end[a]
        to[i], out_ms[i], in_ms[i] = b, f, g
        end[a] = i + 1
        i = end[b]
        to[i], out_ms[i], in_ms[i] = a, g, f
        end[b] = i + 1
    # Degrees are small: looking back along the list is quicker than marking.
    kept = 0
    for v in range(n):
        first = kept
        begin = start[v]
        start[v] = kept
        for i in range(begin, end[v]):
            there = first
            while there < kept and to[there] != to[i]:
                there += 1
            if there == kept:
                to[kept], out_ms[kept], in_ms[kept] = to[i], out_ms[i], in_ms[i]
                kept += 1
            else:
                out_ms[there] = min(out_ms[there], out_ms[i])
                in_ms[there] = min(in_ms[there], in_ms[i])
    start[n] = kept
    return start, to[:kept].copy(), out_ms[:kept].copy(), in_ms[:kept].copy()


@njit(cache=True, nogil=True)
def peel(
    n: int, start: Int32, to: Int32, out_ms: Int32, in_ms: Int32
) -> tuple[Int32, Int32, Int32, Int32, Int32]:
    """Take off dead ends until none is left.

    Returns
    -------
    order
        The nodes taken off, each before the one it hangs on.
    parent, up_ms, down_ms
        int32[n]: what each hangs on, -1 for what stays, and the time there and back.
    degree
        int32[n]: neighbours that stay, of a node that stays; 0 of one that does not.
    """
    degree = np.empty(n, np.int32)
    order = np.empty(n, np.int32)
    parent = np.full(n, -1, np.int32)
    up_ms = np.zeros(n, np.int32)
    down_ms = np.zeros(n, np.int32)
    for v in range(n):
        degree[v] = start[v + 1] - start[v]
    count = 0
    for first in range(n):
        # Follow each dead end inwards at once: its nodes then stand together.
        v = first
        while degree[v] == 1:
            degree[v] = 0
            i = start[v]
            while degree[to[i]] == 0:
                i += 1
            above = to[i]
            order[count] = v
            count += 1
            parent[v] = above
            up_ms[v] = out_ms[i]
            down_ms[v] = in_ms[i]
            degree[above] -= 1
            if above > first:
                break
            v = above
    return order[:count].copy(), parent, up_ms, down_ms, degree


@njit(cache=True, nogil=True)
def _walk(
    a: int,
    i: int,
    start: Int32,
    to: Int32,
    out_ms: Int32,
    in_ms: Int32,
    degree: Int32,
    hub: NDArray[np.bool_],
    at: int,
    node: Int32,
    there_ms: Int32,
    back_ms: Int32,
) -> tuple[int, int]:
    """Follow a chain from node ``a`` along neighbour ``i`` to the next hub.

    Writes its inner nodes from place ``at``; the step times of place p lead from the
    one before, and those one place behind the last node lead to the far hub. Returns
    the far hub and the number of inner nodes.
    """
    before, here = a, to[i]
    there_ms[at], back_ms[at] = out_ms[i], in_ms[i]
    length = 0
    while not hub[here]:
        node[at + length] = here
        length += 1
        for k in range(start[here], start[here + 1]):
            # A node taken off has degree 0; two parallel ways were made one.
            if to[k] != before and degree[to[k]] > 0:
                there_ms[at + length] = out_ms[k]
                back_ms[at + length] = in_ms[k]
                before, here = here, to[k]
                break
    return here, length


@njit(cache=True, nogil=True)
def chains(
    n: int,
    start: Int32,
    to: Int32,
    out_ms: Int32,
    in_ms: Int32,
    parent: Int32,
    degree: Int32,
) -> tuple[Int32, Int32, Int32, Int32, Int32, Int32, Int32]:
    """Find the strings of nodes with two neighbours between hubs.

    Returns
    -------
    hubs
        The nodes that are in no chain and were not taken off.
    ends
        int32[c, 2]: the hubs of each chain, as places in ``hubs``.
    first
        int32[c + 1]: where each chain's inner nodes begin in ``node``.
    node
        The inner nodes of all chains, one after another.
    there_ms, back_ms
        Steps: chain c's begin at place ``first[c] + c``, one more than inner nodes.
    number
        int32[n]: the place in ``hubs``; -2 - place in ``node``; -1 for those taken off.
    """
    hub = np.zeros(n, np.bool_)
    number = np.full(n, -1, np.int32)
    hubs = np.empty(n, np.int32)
    nodes = 0
    links = 0
    for v in range(n):
        if parent[v] < 0 and degree[v] != 2:
            hub[v] = True
            number[v] = nodes
            hubs[nodes] = v
            nodes += 1
            links += degree[v]
    inner = 0
    for v in range(n):
        if parent[v] < 0 and degree[v] == 2:
            inner += 1
    # A ring without a hub adds one of its own: two ends, one inner node less.
    most = links + inner + 1
    ends = np.empty((most, 2), np.int32)
    first = np.empty(most + 1, np.int32)
    node = np.empty(inner + 1, np.int32)
    there_ms = np.empty(inner + most + 1, np.int32)
    back_ms = np.empty(inner + most + 1, np.int32)
    at = 0
    count = 0
    for ring in range(2):
        for v in range(n):
            if ring == 0:
                if not hub[v]:
                    continue
            elif parent[v] >= 0 or number[v] != -1:
                continue
            else:
                hub[v] = True
                number[v] = nodes
                hubs[nodes] = v
                nodes += 1
            for i in range(start[v], start[v + 1]):
                w = to[i]
                if degree[w] == 0 or (parent[w] >= 0):
                    continue
                if hub[w]:
                    if ring == 1 or w < v:
                        continue
                elif number[w] != -1:
                    continue
                far, length = _walk(
                    v, i, start, to, out_ms, in_ms, degree, hub,
                    at, node, there_ms[count:], back_ms[count:],
                )  # fmt: skip
                for k in range(length):
                    number[node[at + k]] = -2 - (at + k)
                ends[count, 0] = number[v]
                ends[count, 1] = far
                first[count] = at
                at += length
                count += 1
    for c in range(count):
        ends[c, 1] = number[ends[c, 1]]
    first[count] = at
    steps = at + count
    return (
        hubs[:nodes].copy(),
        ends[:count].copy(),
        first[: count + 1].copy(),
        node[:at].copy(),
        there_ms[:steps].copy(),
        back_ms[:steps].copy(),
        number,
    )


@njit(cache=True, nogil=True)
def along(
    first: Int32, there_ms: Int32, back_ms: Int32
) -> tuple[Int32, Int32, Int32, Int32, Int32]:
    """Add up the steps of chains.

    Returns
    -------
    forward, backward
        Each chain's time from end to end, -1 where it may not be walked.
    chain_of, near_ms, far_ms
        Of each inner node its chain and its times to both ends.
    """
    count = len(first) - 1
    forward = np.empty(count, np.int32)
    backward = np.empty(count, np.int32)
    chain_of = np.empty(first[count], np.int32)
    near_ms = np.empty(first[count], np.int32)
    far_ms = np.empty(first[count], np.int32)
    for c in range(count):
        total = 0
        for i in range(first[c], first[c + 1]):
            chain_of[i] = c
            total = min(total + back_ms[i + c], BLOCKED)
            near_ms[i] = total
        total = min(total + back_ms[first[c + 1] + c], BLOCKED)
        backward[c] = total if total < BLOCKED else -1
        total = 0
        for i in range(first[c + 1] - 1, first[c] - 1, -1):
            total = min(total + there_ms[i + 1 + c], BLOCKED)
            far_ms[i] = total
        total = min(total + there_ms[first[c] + c], BLOCKED)
        forward[c] = total if total < BLOCKED else -1
    return forward, backward, chain_of, near_ms, far_ms
