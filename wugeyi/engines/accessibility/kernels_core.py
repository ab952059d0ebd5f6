"""Machine code: the order in which a core's nodes are taken out, and what links remain.

Taking out a node links its neighbours to each other by the ways through it. Every way
then first climbs to nodes taken out later and then descends: two passes over the links,
one upwards and one downwards, find all times from any number of places at once.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]

BLOCKED = 2**30 - 1


@njit(cache=True, nogil=True)
def _file(v: int, degree: int, head: Int32, after: Int32, before: Int32) -> None:
    follower = head[degree]
    after[v] = follower
    before[v] = -1
    if follower >= 0:
        before[follower] = v
    head[degree] = v


@njit(cache=True, nogil=True)
def _unfile(v: int, degree: int, head: Int32, after: Int32, before: Int32) -> None:
    if before[v] >= 0:
        after[before[v]] = after[v]
    else:
        head[degree] = after[v]
    if after[v] >= 0:
        before[after[v]] = before[v]


@njit(cache=True, nogil=True)
def eliminate(
    start: Int32, to: Int32, out_ms: Int32, in_ms: Int32
) -> tuple[Int32, Int32, Int32, Int32, Int32, Int32]:
    """Take out all nodes, those with the fewest neighbours first.

    Returns
    -------
    order
        The nodes as they were taken out.
    begin, size
        Where each node's links to nodes taken out later stand.
    to, out_ms, in_ms
        Those links: the other node, the time to it and from it; ``BLOCKED`` or more
        where there is none.
    """
    n = len(start) - 1
    begin = np.empty(n, np.int32)
    size = np.empty(n, np.int32)
    room = np.empty(n, np.int32)
    total = 0
    for v in range(n):
        size[v] = start[v + 1] - start[v]
        begin[v] = total
        room[v] = size[v] + 4
        total += room[v]
    space = 2 * total + 1024
    link = np.empty(space, np.int32)
    there = np.empty(space, np.int32)
    back = np.empty(space, np.int32)
    for v in range(n):
        for k in range(size[v]):
            link[begin[v] + k] = to[start[v] + k]
            there[begin[v] + k] = out_ms[start[v] + k]
            back[begin[v] + k] = in_ms[start[v] + k]
    head = np.full(n + 1, -1, np.int32)
    after = np.empty(n, np.int32)
    before = np.empty(n, np.int32)
    for v in range(n - 1, -1, -1):
        _file(v, size[v], head, after, before)
    order = np.empty(n, np.int32)
    place = np.full(n, -1, np.int32)
    least = 0
    for rank in range(n):
        while head[least] < 0:
            least += 1
        v = head[least]
        _unfile(v, size[v], head, after, before)
        order[rank] = v
        base, count = begin[v], size[v]
        for i in range(count):
            a = link[base + i]
            _unfile(a, size[a], head, after, before)
            need = size[a] + count
            if need > room[a]:
                # Move the list to the end of the space, with room to grow.
                wide = need + need // 2
                if total + wide > space:
                    space = 2 * (total + wide)
                    link = _longer(link, total, space)
                    there = _longer(there, total, space)
                    back = _longer(back, total, space)
                for k in range(size[a]):
                    link[total + k] = link[begin[a] + k]
                    there[total + k] = there[begin[a] + k]
                    back[total + k] = back[begin[a] + k]
                begin[a] = total
                room[a] = wide
                total += wide
            own = begin[a]
            end = own + size[a]
            gone = own
            for k in range(own, end):
                place[link[k]] = k
                if link[k] == v:
                    gone = k
            there_v, back_v = there[base + i], back[base + i]
            for j in range(count):
                if j == i:
                    continue
                b = link[base + j]
                way = min(back_v + there[base + j], BLOCKED)
                home = min(there_v + back[base + j], BLOCKED)
                k = place[b]
                if k >= 0:
                    there[k] = min(there[k], way)
                    back[k] = min(back[k], home)
                else:
                    link[end], there[end], back[end] = b, way, home
                    end += 1
            for k in range(own, end):
                place[link[k]] = -1
            end -= 1
            link[gone], there[gone], back[gone] = link[end], there[end], back[end]
            size[a] = end - own
            _file(a, size[a], head, after, before)
            least = min(least, size[a])
    return order, begin, size, link, there, back


@njit(cache=True, nogil=True)
def _longer(array: Int32, used: int, space: int) -> Int32:
    longer = np.empty(space, np.int32)
    # A slice would do, and take two seconds more to compile.
    for i in range(used):
        longer[i] = array[i]
    return longer


@njit(cache=True, nogil=True)
def arrange(
    order: Int32, begin: Int32, size: Int32, link: Int32, there: Int32, back: Int32
) -> tuple[Int32, Int32, Int32, Int32, Int32]:
    """Give nodes new numbers, so that what belongs together stands together.

    The new order is as good as the old one: a node still comes before those it is
    linked to. Subtrees of nodes that were taken out one after the other are contiguous.

    Returns
    -------
    rank
        int32[n], the new number of each node.
    start, to, out_ms, in_ms
        Links of each new number to higher ones.
    """
    n = len(order)
    old = np.empty(n, np.int32)
    for r in range(n):
        old[order[r]] = r
    parent = np.full(n, -1, np.int32)
    child = np.full(n, -1, np.int32)
    sibling = np.full(n, -1, np.int32)
    links = 0
    for r in range(n):
        v = order[r]
        links += size[v]
        for k in range(begin[v], begin[v] + size[v]):
            if parent[v] < 0 or old[link[k]] < old[parent[v]]:
                parent[v] = link[k]
        if parent[v] >= 0:
            sibling[v] = child[parent[v]]
            child[parent[v]] = v
    rank = np.empty(n, np.int32)
    count = 0
    for r in range(n - 1, -1, -1):
        v = order[r]
        if parent[v] >= 0:
            continue
        # Children before parents, without a stack: down by first children, up by parents.
        while v >= 0:
            while child[v] >= 0:
                below = child[v]
                child[v] = sibling[below]
                v = below
            rank[v] = count
            count += 1
            v = parent[v]
    start = np.zeros(n + 1, np.int32)
    node = np.empty(n, np.int32)
    for v in range(n):
        node[rank[v]] = v
        start[rank[v] + 1] = size[v]
    for r in range(n):
        start[r + 1] += start[r]
    to = np.empty(links, np.int32)
    out_ms = np.empty(links, np.int32)
    in_ms = np.empty(links, np.int32)
    for r in range(n):
        v = node[r]
        for k in range(size[v]):
            # By rank: insertion, as there are few.
            target = rank[link[begin[v] + k]]
            i = start[r] + k
            while i > start[r] and to[i - 1] > target:
                to[i] = to[i - 1]
                out_ms[i] = out_ms[i - 1]
                in_ms[i] = in_ms[i - 1]
                i -= 1
            to[i] = target
            out_ms[i] = there[begin[v] + k]
            in_ms[i] = back[begin[v] + k]
    return rank, start, to, out_ms, in_ms
