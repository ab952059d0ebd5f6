"""The loops over facts, written for numba, correct without it.

Each takes flat arrays and writes into arrays of its caller's; ``compiled`` turns one
into machine code that runs without the interpreter's lock, kept on disk between runs.

Counts and sums need no tree: facts stand in its order, so what a subtree holds is the
running total behind its last place minus that before its first. A distinct count
needs to know where each key was seen last: in tree order a subtree, once left, never
comes again, so a key's records there are complete when the key turns up outside.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

Array = Any  # numpy.ndarray; numpy is imported by the callers, where it is installed


def running_count(place: Array, bounds: Array, out: Array, state: Array) -> None:
    """Write how many facts lie before each bound.

    Parameters
    ----------
    place
        Places of facts, rising.
    bounds
        Places, rising.
    out
        For each bound the facts with a smaller place; of those bounds that the facts
        so far have not reached, nothing yet.
    state
        The running total, and the number of bounds reached; carried from one piece
        of the facts to the next. ``finish`` ends it.
    """
    total, reached = state[0], state[1]
    ends = len(bounds)
    for one in place:
        while reached < ends and bounds[reached] <= one:
            out[reached] = total
            reached += 1
        total += 1
    state[0], state[1] = total, reached


def running_sum(
    place: Array, amount: Array, bounds: Array, out: Array, state: Array
) -> None:
    """Write what facts before each bound amount to; otherwise ``running_count``."""
    total, reached = state[0], state[1]
    ends = len(bounds)
    for number in range(len(place)):
        one = place[number]
        while reached < ends and bounds[reached] <= one:
            out[reached] = total
            reached += 1
        total += amount[number]
    state[0], state[1] = total, reached


def finish(out: Array, state: Array) -> None:
    """Write the whole total for the bounds that no fact has reached."""
    for number in range(state[1], len(out)):
        out[number] = state[0]


def distinct_new(
    place: Array,
    key: Array,
    start: Array,
    parent: Array,
    slots: Array,
    seen: Array,
    counts: Array,
) -> bool:
    """Count each key once for every subtree; for facts that only enter.

    Parameters
    ----------
    place, key
        Of the facts, in tree order.
    start
        For each place the deepest unit asked for that contains it, or -1. Units are
        numbered in tree order.
    parent
        For each unit the next one asked for above it, or -1.
    slots, seen
        A hash table of keys, its size a power of two: the key, and 1 + the unit where
        it was seen last (0: a free slot). Carried from piece to piece.
    counts
        By unit, added to.

    Returns
    -------
    bool
        False when there was no room for another key.
    """
    mask = len(slots) - 1
    room = len(slots)
    for number in range(len(place)):
        unit = start[place[number]]
        if unit < 0:
            continue
        one = key[number]
        mixed = ((one ^ (one >> 32)) & 0x7FFFFFFF) * 0x9E3779B1
        slot = (mixed ^ (mixed >> 15)) & mask
        tried = 0
        while seen[slot] != 0 and slots[slot] != one:
            slot = (slot + 1) & mask
            tried += 1
            if tried == room:
                return False
        last = seen[slot] - 1
        slots[slot] = one
        seen[slot] = unit + 1
        # Two units in tree order: the larger number cannot lie above the smaller.
        # Whatever contains the former sighting has counted the key already.
        above = last
        while unit != above and unit >= 0:
            if unit > above:
                counts[unit] += 1
                unit = parent[unit]
            else:
                above = parent[above]
    return True


def distinct_net(
    place: Array,
    key: Array,
    records: Array,
    start: Array,
    parent: Array,
    last: Array,
    rank: Array,
    slots: Array,
    seen: Array,
    nets: Array,
    counts: Array,
) -> bool:
    """Count the keys whose records do not cancel out, for every subtree.

    Like ``distinct_new``, and for facts that leave again: ``nets`` holds for each slot
    the records of the key in the subtree it is in, by the ``rank`` (0 for the topmost)
    of the unit; a unit that is left is counted if they are more than 0, and they are
    added to those of the unit above. ``last`` is the last place of each unit.
    """
    mask = len(slots) - 1
    room = len(slots)
    for number in range(len(place)):
        where = place[number]
        unit = start[where]
        if unit < 0:
            continue
        one = key[number]
        mixed = ((one ^ (one >> 32)) & 0x7FFFFFFF) * 0x9E3779B1
        slot = (mixed ^ (mixed >> 15)) & mask
        tried = 0
        while seen[slot] != 0 and slots[slot] != one:
            slot = (slot + 1) & mask
            tried += 1
            if tried == room:
                return False
        slots[slot] = one
        left = seen[slot] - 1
        while left >= 0 and where > last[left]:
            net = nets[slot, rank[left]]
            nets[slot, rank[left]] = 0
            if net > 0:
                counts[left] += 1
            left = parent[left]
            if left >= 0:
                nets[slot, rank[left]] += net
        seen[slot] = unit + 1
        nets[slot, rank[unit]] += records[number]
    return True


def close_nets(
    parent: Array, rank: Array, seen: Array, nets: Array, counts: Array
) -> None:
    """Leave every subtree in which a key still is."""
    for slot in range(len(seen)):
        left = seen[slot] - 1
        while left >= 0:
            net = nets[slot, rank[left]]
            if net > 0:
                counts[left] += 1
            left = parent[left]
            if left >= 0:
                nets[slot, rank[left]] += net


def latest(
    place: Array,
    day: Array,
    entered: Array,
    value: Array,
    record: Array,
    records: Array,
    chosen: Array,
) -> None:
    """Mark for each place the fact that tells its last value.

    Facts are sorted by place, then by day. A line is a record with a day and a value;
    it stands while it was entered more often than withdrawn. The last day with one
    counts, on it the line touched last, of those the one with the largest value.
    ``entered`` is given that moment where it is marked.
    """
    end = len(place)
    while end > 0:
        begin = end - 1
        while begin > 0 and place[begin - 1] == place[end - 1]:
            begin -= 1
        until = end
        while until > begin:
            since = until - 1
            while since > begin and day[since - 1] == day[until - 1]:
                since -= 1
            best = -1
            moment = entered[since]
            for one in range(since, until):
                net = 0
                touched = entered[one]
                for other in range(since, until):
                    if value[other] == value[one] and record[other] == record[one]:
                        net += records[other]
                        touched = max(touched, entered[other])
                if net > 0 and (
                    best < 0 or (touched, value[one]) > (moment, value[best])
                ):
                    best = one
                    moment = touched
            if best >= 0:
                chosen[best] = True
                entered[best] = moment
                since = begin
            until = since
        end = begin


@cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the machine code of one of these; ImportError where numba is not there."""
    import numba

    code: Callable[..., Any] = numba.njit(function, nogil=True, cache=True)
    return code
