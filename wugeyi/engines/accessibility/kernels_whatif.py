"""Machine code: what a change of the network or of facilities changes for homes.

Times of nodes are repaired where they change, homes beside them looked at, and the times
put back: a state serves any number of questions. Rows and ``width`` are as in
``kernels_reach.py``, behind the graph's nodes come those a scenario adds.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wugeyi.engines.accessibility.kernels_lanes import first_of

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Number = Any  # Python's or one of numpy's

UNREACHED = 2**31 - 1
BLOCKED = 2**30 - 1
LOW = 2**32 - 1


@njit(cache=True, nogil=True)
def incidence(
    n: int, tail: Int32, head: Int32, forward: Int32, backward: Int32
) -> tuple[Int32, Int32, Int32, Int32, Int32]:
    """Return each node's edges: where they begin, edge, other end, times from and to it.

    Parallel edges all stand there, as each may be closed by itself, and loops too, as
    homes may lie on them.
    """
    start = np.zeros(n + 1, np.int32)
    for e in range(len(tail)):
        start[tail[e] + 1] += 1
        start[head[e] + 1] += 1
    for v in range(n):
        start[v + 1] += start[v]
    end = start[:n].copy()
    half = start[n]
    edge = np.empty(half, np.int32)
    other = np.empty(half, np.int32)
    hither = np.empty(half, np.int32)
    thither = np.empty(half, np.int32)
    for e in range(len(tail)):
        f = forward[e] if forward[e] >= 0 else BLOCKED
        g = backward[e] if backward[e] >= 0 else BLOCKED
        for side in range(2):
            v = tail[e] if side == 0 else head[e]
            i = end[v]
            end[v] += 1
            edge[i] = e
            other[i] = head[e] if side == 0 else tail[e]
            hither[i] = g if side == 0 else f
            thither[i] = f if side == 0 else g
    return start, edge, other, hither, thither


@njit(cache=True, nogil=True)
def _push(heap: Int64, size: Number, key: Number) -> Int64:
    """Add a key to a heap of ``size``; returns the heap, which may have moved."""
    if size == len(heap):
        wider = np.empty(2 * size + 64, np.int64)
        for i in range(size):
            wider[i] = heap[i]
        heap = wider
    i = size
    while i > 0:
        above = (i - 1) >> 1
        if heap[above] <= key:
            break
        heap[i] = heap[above]
        i = above
    heap[i] = key
    return heap


@njit(cache=True, nogil=True)
def _drop(heap: Int64, size: Number) -> None:
    """Take the least key off a heap of ``size``; ``size - 1`` remain."""
    key = heap[size - 1]
    size -= 1
    i = 0
    while True:
        below = 2 * i + 1
        if below >= size:
            break
        if below + 1 < size and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= key:
            break
        heap[i] = heap[below]
        i = below
    heap[i] = key


@njit(cache=True, nogil=True)
def _more(array: Int64, used: Number) -> Int64:
    """Return an array with room for one more."""
    if used < len(array):
        return array
    wider = np.empty(2 * used + 64, np.int64)
    for i in range(used):
        wider[i] = array[i]
    return wider


@njit(cache=True, nogil=True)
def _lose(
    v: Number, mark: Int32, epoch: Number, lost: Int64, count: Number
) -> tuple[Int64, Number]:
    """Add a node to those that relied on something closed, once."""
    if mark[v] != epoch:
        mark[v] = epoch
        lost = _more(lost, count)
        lost[count] = v
        count += 1
    return lost, count


@njit(cache=True, nogil=True)
def repair(
    rows: Int32,
    width: int,
    categories: int,
    limit: int,
    start: Int32,
    edge: Int32,
    other: Int32,
    hither: Int32,
    thither: Int32,
    tail: Int32,
    head: Int32,
    forward: Int32,
    backward: Int32,
    seed_node: Int32,
    seed_category: Int32,
    seed_ms: Int32,
    closed_edges: Int32,
    closed_seeds: Int32,
    arc_from: Int32,
    arc_to: Int32,
    arc_ms: Int32,
    new_node: Int32,
    new_category: Int32,
    new_ms: Int32,
    edge_mark: Int32,
    seed_mark: Int32,
    node_mark: Int32,
    arc_first: Int32,
    arc_next: Int32,
    epoch: int,
) -> tuple[Int64, Int64, int]:
    """Bring the rows to what holds after a change.

    Returns
    -------
    log, old, epoch
        The places in rows that were written, in order, and what stood there before;
        the last number that marks used.
    """
    n = len(start) - 1
    log = np.empty(1024, np.int64)
    old = np.empty(1024, np.int64)
    heap = np.empty(1024, np.int64)
    lost = np.empty(1024, np.int64)
    logged = 0
    epoch += 1
    shut = epoch
    for e in closed_edges:
        edge_mark[e] = shut
    for s in closed_seeds:
        seed_mark[s] = shut
    for k in range(len(arc_to)):
        arc_next[k] = arc_first[arc_to[k]]
        arc_first[arc_to[k]] = k
    for c in range(categories):
        epoch += 1
        size = 0
        count = 0
        # What relied on something closed, and what relied on that.
        for s in closed_seeds:
            v = seed_node[s]
            if seed_category[s] == c and rows[v * width + c] == seed_ms[s]:
                lost, count = _lose(v, node_mark, epoch, lost, count)
        for e in closed_edges:
            a, b = tail[e], head[e]
            at_a, at_b = np.int64(rows[a * width + c]), np.int64(rows[b * width + c])
            if forward[e] >= 0 and at_a < UNREACHED and at_a == at_b + forward[e]:
                lost, count = _lose(a, node_mark, epoch, lost, count)
            if backward[e] >= 0 and at_b < UNREACHED and at_b == at_a + backward[e]:
                lost, count = _lose(b, node_mark, epoch, lost, count)
        done = 0
        while done < count:
            u = lost[done]
            done += 1
            time = np.int64(rows[u * width + c])
            for k in range(start[u], start[u + 1]):
                v = other[k]
                if rows[v * width + c] == time + hither[k]:
                    lost, count = _lose(v, node_mark, epoch, lost, count)
        for k in range(count):
            place = lost[k] * width + c
            log, old = _more(log, logged), _more(old, logged)
            log[logged], old[logged] = place, rows[place]
            logged += 1
            rows[place] = UNREACHED
        for k in range(count):
            v = lost[k]
            best = np.int64(UNREACHED)
            for i in range(start[v], start[v + 1]):
                # Whatever relied on something closed is beyond any limit by now.
                if edge_mark[edge[i]] != shut:
                    best = min(best, np.int64(rows[other[i] * width + c]) + thither[i])
            for s in range(first_of(seed_node, v), len(seed_node)):
                if seed_node[s] != v:
                    break
                if seed_category[s] == c and seed_mark[s] != shut:
                    best = min(best, np.int64(seed_ms[s]))
            if best <= limit:
                # Written when it is taken off the heap, unless something is nearer.
                heap = _push(heap, size, (best << 32) | v)
                size += 1
        for s in range(len(new_node)):
            if new_category[s] == c and new_ms[s] <= limit:
                heap = _push(heap, size, (np.int64(new_ms[s]) << 32) | new_node[s])
                size += 1
        for k in range(len(arc_to)):
            time = np.int64(rows[arc_to[k] * width + c]) + arc_ms[k]
            if time <= limit and time < rows[arc_from[k] * width + c]:
                heap = _push(heap, size, (time << 32) | arc_from[k])
                size += 1
        while size:
            key = heap[0]
            _drop(heap, size)
            size -= 1
            u, time = key & LOW, key >> 32
            place = u * width + c
            if time >= rows[place]:
                continue
            log, old = _more(log, logged), _more(old, logged)
            log[logged], old[logged] = place, rows[place]
            logged += 1
            rows[place] = time
            if u < n:
                for i in range(start[u], start[u + 1]):
                    offered = time + hither[i]
                    v = other[i]
                    near = offered <= limit and offered < rows[v * width + c]
                    if near and edge_mark[edge[i]] != shut:
                        heap = _push(heap, size, (offered << 32) | v)
                        size += 1
            k = arc_first[u]
            while k >= 0:
                offered = time + arc_ms[k]
                v = arc_from[k]
                if offered <= limit and offered < rows[v * width + c]:
                    heap = _push(heap, size, (offered << 32) | v)
                    size += 1
                k = arc_next[k]
    for k in range(len(arc_to)):
        arc_first[arc_to[k]] = -1
    return log[:logged], old[:logged], epoch


@njit(cache=True, nogil=True)
def _note(
    first: Number,
    last: Number,
    home: Int32,
    mark: Int32,
    epoch: Number,
    found: Int64,
    count: Number,
) -> tuple[Int64, Number]:
    """Add homes to a list, each once."""
    for k in range(first, last):
        if mark[home[k]] != epoch:
            mark[home[k]] = epoch
            found = _more(found, count)
            found[count] = home[k]
            count += 1
    return found, count


@njit(cache=True, nogil=True)
def beside(
    log: Int64,
    width: int,
    nodes: int,
    start: Int32,
    edge: Int32,
    looked_at: Int32,
    home_start: Int32,
    home: Int32,
    node_start: Int32,
    node_home: Int32,
    home_mark: Int32,
    epoch: int,
) -> Int64:
    """Return the homes whose times may have changed.

    Those on edges of nodes that were written, at such nodes, and on edges ``looked_at``.
    """
    found = np.empty(256, np.int64)
    count = 0
    for place in log:
        v = place // width
        if v < nodes:
            for i in range(start[v], start[v + 1]):
                e = edge[i]
                found, count = _note(
                    home_start[e], home_start[e + 1], home, home_mark, epoch,
                    found, count,
                )  # fmt: skip
            found, count = _note(
                node_start[v], node_start[v + 1], node_home, home_mark, epoch,
                found, count,
            )  # fmt: skip
    for e in looked_at:
        found, count = _note(
            home_start[e], home_start[e + 1], home, home_mark, epoch, found, count
        )
    return found[:count]


@njit(cache=True, nogil=True)
def _along(
    share: Number,
    from_tail: Number,
    from_head: Number,
    to_share: Number,
    to_from_tail: Number,
    to_from_head: Number,
    is_shut: Number,
) -> Number:
    """Return the time from one point of an edge to another of it, along the edge."""
    if share == to_share:
        return np.int64(0)
    if is_shut:
        return np.int64(BLOCKED)
    if share < to_share:
        if from_tail < BLOCKED:
            return np.int64(to_from_tail - from_tail)
    elif from_head < BLOCKED:
        return np.int64(to_from_head - from_head)
    return np.int64(BLOCKED)


@njit(cache=True, nogil=True)
def compare(
    asked: Int64,
    rows: Int32,
    width: int,
    categories: int,
    limit: int,
    first_new: int,
    tail: Int32,
    head: Int32,
    length: Int32,
    edge: Int32,
    node: Int32,
    share_mm: Int32,
    from_tail_ms: Int32,
    from_head_ms: Int32,
    to_tail_ms: Int32,
    to_head_ms: Int32,
    off_ms: Int32,
    beside_edge: Int32,
    beside_share_mm: Int32,
    beside_from_tail_ms: Int32,
    beside_from_head_ms: Int32,
    beside_category: Int32,
    beside_ms: Int32,
    beside_spot: Int32,
    new_edge: Int32,
    new_share_mm: Int32,
    new_from_tail_ms: Int32,
    new_from_head_ms: Int32,
    closed_spots: Int32,
    edge_mark: Int32,
    shut: int,
    before: Int32,
) -> tuple[Int32, Int32, Int32, Int32]:
    """Return what changed: home, category, milliseconds before and after.

    ``rows`` are those after the change, ``before`` the homes' rows before it; rows of
    new points begin at ``first_new``.
    """
    new = len(new_edge)
    count = 0
    home = np.empty(64, np.int32)
    category = np.empty(64, np.int32)
    was = np.empty(64, np.int32)
    now = np.empty(64, np.int32)
    row = np.empty(width, np.int64)
    for h in asked:
        for c in range(categories):
            row[c] = BLOCKED
        e = edge[h]
        if node[h] >= 0:
            _take(row, rows, node[h] * width, 0, categories)
        if e >= 0:
            is_shut = edge_mark[e] == shut
            if to_tail_ms[h] < BLOCKED and (not is_shut or share_mm[h] == 0):
                ms = 0 if share_mm[h] == 0 else to_tail_ms[h]
                _take(row, rows, tail[e] * width, ms, categories)
            if to_head_ms[h] < BLOCKED and (not is_shut or share_mm[h] == length[e]):
                ms = 0 if share_mm[h] == length[e] else to_head_ms[h]
                _take(row, rows, head[e] * width, ms, categories)
            for k in range(first_of(beside_edge, e), len(beside_edge)):
                if beside_edge[k] != e:
                    break
                gone = False
                for spot in closed_spots:
                    gone = gone or spot == beside_spot[k]
                if not gone:
                    ms = _along(
                        share_mm[h], from_tail_ms[h], from_head_ms[h],
                        beside_share_mm[k], beside_from_tail_ms[k],
                        beside_from_head_ms[k], is_shut,
                    )  # fmt: skip
                    c = beside_category[k]
                    row[c] = min(row[c], ms + beside_ms[k])
            for k in range(new):
                if new_edge[k] == e:
                    ms = _along(
                        share_mm[h], from_tail_ms[h], from_head_ms[h],
                        new_share_mm[k], new_from_tail_ms[k], new_from_head_ms[k],
                        is_shut,
                    )  # fmt: skip
                    _take(row, rows, (first_new + k) * width, ms, categories)
        for c in range(categories):
            time = row[c] + off_ms[h]
            if time > limit:
                time = UNREACHED
            if time != before[h * width + c]:
                if count == len(home):
                    home, category = _twice(home), _twice(category)
                    was, now = _twice(was), _twice(now)
                home[count], category[count] = h, c
                was[count], now[count] = before[h * width + c], time
                count += 1
    return home[:count], category[:count], was[:count], now[:count]


@njit(cache=True, nogil=True)
def _take(row: Int64, rows: Int32, there: Number, ms: Number, categories: int) -> None:
    for c in range(categories):
        row[c] = min(row[c], np.int64(rows[there + c]) + ms)


@njit(cache=True, nogil=True)
def _twice(array: Int32) -> Int32:
    wider = np.empty(2 * len(array), np.int32)
    for i in range(len(array)):
        wider[i] = array[i]
    return wider


@njit(cache=True, nogil=True)
def restore(rows: Int32, log: Int64, old: Int64) -> None:
    """Put back what stood in the rows."""
    for k in range(len(log) - 1, -1, -1):
        rows[log[k]] = old[k]
