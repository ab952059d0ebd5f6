"""Machine code: quickest ways of a bus through a network of roads.

A state is the beginning of an arc, not a node: bans of turns, turning round and the
delay of a turn are then known. Costs are tenths of a second.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

NEVER = np.int64(1) << 60
COSINE_OF_45 = 0.5**0.5


@njit(cache=True, nogil=True)
def strong(first: Int64, head: Int64) -> Int64:
    """Return for each node which strongly connected part it is in (Tarjan 1972)."""
    size = len(first) - 1
    part = np.full(size, -1, np.int64)
    index = np.full(size, -1, np.int64)
    low = np.zeros(size, np.int64)
    at = first[:-1].copy()
    waiting = np.empty(size, np.int64)  # seen, in no part yet
    path = np.empty(size, np.int64)  # from the root to where we are
    seen = parts = filed = 0
    for root in range(size):
        if index[root] >= 0:
            continue
        path[0], depth = root, 1
        index[root] = low[root] = seen
        waiting[filed] = root
        seen, filed = seen + 1, filed + 1
        while depth:
            node = path[depth - 1]
            if at[node] < first[node + 1]:
                to = head[at[node]]
                at[node] += 1
                if index[to] < 0:
                    index[to] = low[to] = seen
                    waiting[filed], path[depth] = to, to
                    seen, filed, depth = seen + 1, filed + 1, depth + 1
                elif part[to] < 0:
                    low[node] = min(low[node], index[to])
                continue
            depth -= 1
            if depth:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[node])
            if low[node] == index[node]:
                filed = _close(node, waiting, filed, part, parts)
                parts += 1
    return part


@njit(cache=True, nogil=True)
def _close(node: int, waiting: Int64, filed: int, part: Int64, number: int) -> int:
    while True:
        filed -= 1
        part[waiting[filed]] = number
        if waiting[filed] == node:
            return filed


@njit(cache=True, nogil=True)
def _up(heap: Int64, place: Int64, key: Int64, at: int) -> None:
    arc = heap[at]
    while at > 0:
        above = (at - 1) >> 1
        if key[heap[above]] <= key[arc]:
            break
        heap[at] = heap[above]
        place[heap[at]] = at
        at = above
    heap[at] = arc
    place[arc] = at


@njit(cache=True, nogil=True)
def _pop(heap: Int64, place: Int64, key: Int64, size: int) -> int:
    """Take the least off a heap of so many; it stands at ``heap[size - 1]`` after."""
    least, last = heap[0], heap[size - 1]
    size -= 1
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and key[heap[below + 1]] < key[heap[below]]:
            below += 1
        if key[heap[below]] >= key[last]:
            break
        heap[at] = heap[below]
        place[heap[at]] = at
        at = below
    heap[at] = last
    place[last] = at
    heap[size] = least
    place[least] = -2
    return int(least)


@njit(cache=True, nogil=True)
def _banned(arc: int, to: int, ban_first: Int64, ban_to: Int64) -> bool:
    found = False
    for k in range(ban_first[arc], ban_first[arc + 1]):
        if ban_to[k] == to:
            found = True
    return found


@njit(cache=True, nogil=True)
def _turning(arc: int, to: int, east: Float64, north: Float64) -> bool:
    """Tell whether going on turns by more than 45°.

    Directions are of length one, or zero where an arc's ends lie on one another.
    """
    for each in (arc, to):
        if east[each] == 0 and north[each] == 0:
            return False
    along = east[arc] * east[to] + north[arc] * north[to]
    return bool(along < COSINE_OF_45)


@njit(cache=True, nogil=True)
def _onward(
    arc: int,
    begun: int,
    usable: Bool,
    first: Int64,
    head: Int64,
    twin: Int64,
    shut: Bool,
    delay: Int64,
    ban_first: Int64,
    ban_to: Int64,
    east: Float64,
    north: Float64,
    turn: int,
    reverse: int,
    out: Int64,
    out_key: Int64,
) -> int:
    """Write which arcs may follow one and when they begin; return how many.

    Parameters
    ----------
    begun
        When the end of the arc is reached.
    """
    node = head[arc]
    back = twin[arc]
    many = choices = 0
    if not shut[node]:
        for to in range(first[node], first[node + 1]):
            if not usable[to] or to == back:
                continue
            choices += 1
            if not _banned(arc, to, ban_first, ban_to):
                out[many], out_key[many] = to, begun + delay[node]
                if _turning(arc, to, east, north):
                    out_key[many] += turn
                many += 1
    # Where there is but one road, a bend is no turn.
    if choices == 1 and many == 1:
        out_key[0] = begun + delay[node]
    if many == 0 and back >= 0 and usable[back]:
        out[0], out_key[0] = back, begun + reverse
        many = 1
    return many


@njit(cache=True, nogil=True)
def forced(
    usable: Bool,
    first: Int64,
    head: Int64,
    twin: Int64,
    shut: Bool,
    ban_first: Int64,
    ban_to: Int64,
) -> Int64:
    """Return the arc after each arc where there is but one, else -1."""
    after = np.full(len(head), -1, np.int64)
    for arc in range(len(head)):
        node = head[arc]
        if not usable[arc] or shut[node]:
            continue
        many = 0
        for to in range(first[node], first[node + 1]):
            if usable[to] and to != twin[arc]:
                many += 1
                after[arc] = to
        if many != 1 or _banned(arc, after[arc], ban_first, ban_to):
            after[arc] = -1
    return after


@njit(cache=True, nogil=True)
def runs(after: Int64, head: Int64, cost: Int64, delay: Int64) -> tuple[Int64, Int64]:
    """Return the last arc of the run each arc begins, and what driving the run costs.

    A run follows arcs that have but one after them. A ring of such arcs is cut, in
    ``after`` too.
    """
    last = np.full(len(after), -1, np.int64)
    whole = np.zeros(len(after), np.int64)
    path = np.empty(len(after), np.int64)
    for arc in range(len(after)):
        depth, at = 0, arc
        while last[at] == -1 and after[at] >= 0:
            last[at] = -2  # on the path
            path[depth] = at
            depth, at = depth + 1, after[at]
        if last[at] == -2:
            at = path[depth - 1]
            after[at] = -1
            depth -= 1
            last[at] = -1
        if last[at] == -1:
            last[at], whole[at] = at, cost[at]
        while depth:
            depth -= 1
            before = path[depth]
            last[before] = last[at]
            whole[before] = cost[before] + delay[head[before]] + whole[at]
            at = before
    return last, whole


@njit(cache=True, nogil=True)
def _fill(
    arc: int,
    end: int,
    before: int,
    after: Int64,
    head: Int64,
    cost: Int64,
    delay: Int64,
    key: Int64,
    parent: Int64,
) -> None:
    """Write when the arcs of a run are begun, from the end of its first arc on."""
    to = after[arc]
    while to >= 0:
        begun = end + delay[head[arc]]
        if key[to] <= begun:
            return
        key[to], parent[to] = begun, before
        end, before, arc = begun + cost[to], to, to
        to = after[arc]


@njit(cache=True, nogil=True)
def search(
    start: Int64,
    rest: Int64,
    usable: Bool,
    first: Int64,
    head: Int64,
    cost: Int64,
    twin: Int64,
    shut: Bool,
    delay: Int64,
    ban_first: Int64,
    ban_to: Int64,
    east: Float64,
    north: Float64,
    turn: int,
    reverse: int,
    after: Int64,
    last: Int64,
    whole: Int64,
    key: Int64,
    parent: Int64,
) -> None:
    """Fill when each arc can be begun, from inside some arcs.

    Runs are driven at one go, and filled in once all is known.

    Parameters
    ----------
    start, rest
        Arcs on which one is, and what is left to drive of them.
    turn, reverse
        What a turn costs, and turning round where a road ends.
    after, last, whole
        As ``forced`` and ``runs`` return them.
    key
        Filled: the earliest beginning of each arc, ``NEVER`` where it is not reached.
    parent
        Filled: the arc before it; -1 - k where that is the k-th start.
    """
    key[:] = NEVER
    arcs = len(head)
    place = np.full(arcs, -1, np.int64)  # in the heap; -2 when done
    heap = np.empty(arcs, np.int64)
    done = np.empty(arcs, np.int64)
    widest = 1
    for node in range(len(first) - 1):
        widest = max(widest, first[node + 1] - first[node])
    out = np.empty(widest, np.int64)
    out_key = np.empty(widest, np.int64)
    size = taken = finished = 0
    while taken < len(start) or size:
        if taken < len(start):
            arc = start[taken]
            end = rest[taken] + whole[arc] - cost[arc]
            before = last[arc] if last[arc] != arc else -1 - taken
            taken += 1
        else:
            arc = _pop(heap, place, key, size)
            size -= 1
            done[finished] = arc
            finished += 1
            end, before = key[arc] + whole[arc], last[arc]
        many = _onward(
            last[arc], end, usable, first, head, twin, shut, delay, ban_first, ban_to,
            east, north, turn, reverse, out, out_key,
        )  # fmt: skip
        for k in range(many):
            to = out[k]
            if place[to] == -2 or key[to] <= out_key[k]:
                continue
            key[to], parent[to] = out_key[k], before
            if place[to] < 0:
                heap[size], place[to] = to, size
                size += 1
            _up(heap, place, key, place[to])
    for k in range(len(start)):
        _fill(start[k], rest[k], -1 - k, after, head, cost, delay, key, parent)
    for k in range(finished):
        arc = done[k]
        end = key[arc] + cost[arc]
        _fill(arc, end, arc, after, head, cost, delay, key, parent)


@njit(cache=True, nogil=True)
def corners(x: Float64, y: Float64, tolerance: float) -> Bool:
    """Return which points a line keeps that strays by so much at most.

    Ramer 1972, Douglas and Peucker 1973.
    """
    kept = np.zeros(len(x), np.bool_)
    kept[0] = kept[-1] = True
    pieces = np.empty((len(x), 2), np.int64)
    pieces[0] = 0, len(x) - 1
    many = 1
    while many:
        many -= 1
        a, b = pieces[many]
        dx, dy = x[b] - x[a], y[b] - y[a]
        square = dx * dx + dy * dy
        best, at = tolerance, -1
        for k in range(a + 1, b):
            along = 0.0
            if square > 0:
                along = ((x[k] - x[a]) * dx + (y[k] - y[a]) * dy) / square
                along = min(1.0, max(0.0, along))
            away = np.hypot(x[a] + along * dx - x[k], y[a] + along * dy - y[k])
            if away > best:
                best, at = away, k
        if at >= 0:
            kept[at] = True
            pieces[many] = a, at
            pieces[many + 1] = at, b
            many += 2
    return kept


@njit(cache=True, nogil=True)
def chain(arc: int, parent: Int64) -> Int64:
    """Return -1 - k for the k-th start, the arcs driven whole, then the arc itself."""
    many, at = 1, arc
    while at >= 0:
        at = parent[at]
        many += 1
    found = np.empty(many, np.int64)
    at = arc
    for k in range(many - 1, -1, -1):
        found[k] = at
        if at >= 0:
            at = parent[at]
    return found
