"""Machine code: times from every node to the nearest place of every category at once.

A row holds one number a category; rows stand one after another in a flat array, ``width``
numbers each, a multiple of eight. Numbers are milliseconds (int32), or milliseconds above
a place's own number (int64, ``shift`` 32), so that the least also tells which place.

Places in rows are unsigned: a signed one costs a test for counting from the end.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wugeyi.engines.accessibility.kernels_lanes import (
    LANES,
    between,
    first_of,
    lower,
    nearer,
    onward,
)

Int32 = NDArray[np.int32]
Rows = NDArray[np.int32] | NDArray[np.int64]
Bytes = NDArray[np.uint8]
Number = Any  # Python's or one of numpy's: compiled code knows one from another
U = np.uint64
EIGHT = U(LANES)
NONE = U(0)
BLOCKED = 2**30 - 1


@njit(cache=True, nogil=True)
def _offer(rows: Rows, place: Number, value: Number) -> bool:
    if value < rows[place]:
        rows[place] = value
        return True
    return False


@njit(cache=True, nogil=True)
def _touch(
    out: Rows, node: Number, width: Number, touched: Bytes, most: Number
) -> None:
    """Begin a row outside the core, the first time something is written to it."""
    if not touched[node]:
        touched[node] = 1
        for c in range(node * width, (node + 1) * width):
            out[c] = most


@njit(cache=True, nogil=True)
def sow(
    seed_node: Int32,
    seed_category: Int32,
    seed_value: Rows,
    number: Int32,
    order: Int32,
    parent: Int32,
    down_ms: Int32,
    ends: Int32,
    first: Int32,
    inner: Int32,
    chain_of: Int32,
    there_ms: Int32,
    back_ms: Int32,
    core: Rows,
    out: Rows,
    touched: Bytes,
    seeded: Bytes,
    width: Number,
    most: Number,
    shift: Number,
) -> None:
    """Write the places' own times, and carry them to the core.

    Up a dead end every node gets its row; of a chain only the nodes themselves and both
    hubs: ``fill`` does the rest. Times lead *to* the place.
    """
    kind = core.dtype.type
    w = U(width)
    for s in range(len(seed_node)):
        v = seed_node[s]
        if number[v] >= 0:
            _offer(core, number[v] * width + seed_category[s], seed_value[s])
            continue
        _touch(out, v, width, touched, most)
        _offer(out, v * width + seed_category[s], seed_value[s])
        if number[v] < -1:
            seeded[chain_of[-2 - number[v]]] = 1
    for v in order:
        if not touched[v]:
            continue
        above = parent[v]
        ms = kind(np.int64(down_ms[v]) << shift)
        if number[above] >= 0:
            there = U(number[above]) * w
            for c in range(NONE, w, EIGHT):
                lower(core, there + c, out, U(v) * w + c, ms)
            continue
        _touch(out, above, width, touched, most)
        for c in range(NONE, w, EIGHT):
            lower(out, U(above) * w + c, out, U(v) * w + c, ms)
        if number[above] < -1:
            seeded[chain_of[-2 - number[above]]] = 1
    for chain in range(len(ends)):
        if not seeded[chain]:
            continue
        a, b = U(ends[chain, 0]) * w, U(ends[chain, 1]) * w
        for i in range(first[chain], first[chain + 1]):
            if not touched[inner[i]]:
                continue
            here = U(inner[i]) * w
            # The step between the inner nodes i - 1 and i stands at i + chain.
            total: Number = np.int64(0)
            for step in range(i + chain + 1, first[chain + 1] + chain + 1):
                total = min(total + back_ms[step], BLOCKED)
            ms = kind(total << shift)
            for c in range(NONE, w, EIGHT):
                lower(core, b + c, out, here + c, ms)
            total = np.int64(0)
            for step in range(i + chain, first[chain] + chain - 1, -1):
                total = min(total + there_ms[step], BLOCKED)
            ms = kind(total << shift)
            for c in range(NONE, w, EIGHT):
                lower(core, a + c, out, here + c, ms)


@njit(cache=True, nogil=True)
def sweep(
    start: Int32,
    to: Int32,
    out_ms: Int32,
    in_ms: Int32,
    core: Rows,
    width: Number,
    shift: Number,
) -> None:
    """Bring the core's rows to their least: once up its links and once down."""
    n = len(start) - 1
    kind = core.dtype.type
    w = U(width)
    for v in range(n):
        here = U(v) * w
        for k in range(U(start[v]), U(start[v + 1])):
            there = U(to[k]) * w
            ms = kind(in_ms[k] << shift)
            for c in range(NONE, w, EIGHT):
                lower(core, there + c, core, here + c, ms)
    for v in range(n - 1, -1, -1):
        here = U(v) * w
        for k in range(U(start[v]), U(start[v + 1])):
            there = U(to[k]) * w
            ms = kind(out_ms[k] << shift)
            for c in range(NONE, w, EIGHT):
                lower(core, here + c, core, there + c, ms)


@njit(cache=True, nogil=True)
def _within(
    rows: Rows, here: Number, width: Number, limit: Number, beyond: Number
) -> None:
    for c in range(here, here + width):
        if rows[c] > limit:
            rows[c] = beyond


@njit(cache=True, nogil=True)
def _between_own(
    core: Rows,
    a: Number,
    near: Number,
    b: Number,
    far: Number,
    out: Rows,
    here: Number,
    width: Number,
) -> None:
    """Lower a row that places were written to by the ways over both ends."""
    for c in range(width):
        _offer(out, here + c, core[a + c] + near)
        _offer(out, here + c, core[b + c] + far)


@njit(cache=True, nogil=True)
def fill(
    hub: Int32,
    ends: Int32,
    first: Int32,
    inner: Int32,
    near_ms: Int32,
    far_ms: Int32,
    there_ms: Int32,
    back_ms: Int32,
    order: Int32,
    parent: Int32,
    up_ms: Int32,
    core: Rows,
    out: Rows,
    touched: Bytes,
    seeded: Bytes,
    width: Number,
    limit: Number,
    beyond: Number,
    shift: Number,
) -> None:
    """Write every node's row: hubs, then the insides of chains, then dead ends.

    What is farther than ``limit`` becomes ``beyond``.
    """
    kind = core.dtype.type
    w, end, never, zero = U(width), kind(limit), kind(beyond), kind(0)
    for h in range(len(hub)):
        here, there = U(h) * w, U(hub[h]) * w
        for c in range(NONE, w, EIGHT):
            between(out, there + c, core, here + c, zero, here + c, zero, end, never)
    for chain in range(len(ends)):
        a, b = U(ends[chain, 0]) * w, U(ends[chain, 1]) * w
        begin, stop = U(first[chain]), U(first[chain + 1])
        for i in range(begin, stop):
            there = U(inner[i]) * w
            near, far = kind(near_ms[i] << shift), kind(far_ms[i] << shift)
            if seeded[chain] and touched[inner[i]]:
                _between_own(core, a, near, b, far, out, there, width)
                _within(out, there, width, limit, beyond)
                continue
            for c in range(NONE, w, EIGHT):
                between(out, there + c, core, a + c, near, b + c, far, end, never)
        if seeded[chain]:
            # What lies inside is also reached from inside, without either end.
            for i in range(first[chain] + 1, first[chain + 1]):
                here, there = U(inner[i - 1]) * w, U(inner[i]) * w
                ms = kind(back_ms[i + chain] << shift)
                for c in range(NONE, w, EIGHT):
                    nearer(out, there + c, out, here + c, ms, end, never)
            for i in range(first[chain + 1] - 1, first[chain], -1):
                here, there = U(inner[i]) * w, U(inner[i - 1]) * w
                ms = kind(there_ms[i + chain] << shift)
                for c in range(NONE, w, EIGHT):
                    nearer(out, there + c, out, here + c, ms, end, never)
    for k in range(len(order) - 1, -1, -1):
        v = order[k]
        here, there = U(parent[v]) * w, U(v) * w
        ms = kind(up_ms[v] << shift)
        if touched[v]:
            _within(out, v * width, width, limit, beyond)
            for c in range(NONE, w, EIGHT):
                nearer(out, there + c, out, here + c, ms, end, never)
        else:
            for c in range(NONE, w, EIGHT):
                onward(out, there + c, out, here + c, ms, end, never)


@njit(cache=True, nogil=True)
def at_points(
    rows: Rows,
    tail: Int32,
    head: Int32,
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
    beside_value: Rows,
    has_beside: Bytes,
    out: Rows,
    width: Number,
    limit: Number,
    beyond: Number,
    blocked: Number,
    shift: Number,
) -> None:
    """Write the rows of points: by the ends of their edge, or along it.

    ``beside_…`` are the places that lie on edges, by edge.
    """
    kind = out.dtype.type
    w, end, never = U(width), kind(limit), kind(beyond)
    for p in range(len(edge)):
        here = U(p) * w
        off = kind(np.int64(off_ms[p]) << shift)
        for c in range(here, here + w):
            out[c] = never
        e = edge[p]
        if node[p] >= 0:
            there = U(node[p]) * w
            for c in range(NONE, w, EIGHT):
                nearer(out, here + c, rows, there + c, kind(0), end, never)
        if e >= 0 and to_tail_ms[p] < blocked:
            ms, there = kind(np.int64(to_tail_ms[p]) << shift), U(tail[e]) * w
            for c in range(NONE, w, EIGHT):
                nearer(out, here + c, rows, there + c, ms, end, never)
        if e >= 0 and to_head_ms[p] < blocked:
            ms, there = kind(np.int64(to_head_ms[p]) << shift), U(head[e]) * w
            for c in range(NONE, w, EIGHT):
                nearer(out, here + c, rows, there + c, ms, end, never)
        if e >= 0 and has_beside[e]:
            for k in range(first_of(beside_edge, e), len(beside_edge)):
                if beside_edge[k] != e:
                    break
                # At one place, or along the edge as far as it may be walked.
                along = np.int64(0 if beside_share_mm[k] == share_mm[p] else blocked)
                if beside_share_mm[k] >= share_mm[p] and from_tail_ms[p] < blocked:
                    ahead = np.int64(beside_from_tail_ms[k] - from_tail_ms[p])
                    along = min(along, ahead)
                if beside_share_mm[k] <= share_mm[p] and from_head_ms[p] < blocked:
                    behind = np.int64(beside_from_head_ms[k] - from_head_ms[p])
                    along = min(along, behind)
                value = beside_value[k] + (along << shift)
                _offer(out, np.int64(p) * width + beside_category[k], value)
        for c in range(NONE, w, EIGHT):
            onward(out, here + c, out, here + c, off, end, never)
