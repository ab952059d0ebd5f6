"""Ruin and recreate for buses of several sizes, in machine code.

Slack induction by string removals (J. Christiaens, G. Vanden Berghe, Transportation
Science 54(2), 2020), with costs and capacities by bus. Node 0 is the depot.
"""

import math
from typing import Any

import numpy as np
from numba import njit

Array = Any
MEAN_REMOVED = 10
LONGEST_STRING = 10
BLINK = 0.01
MISSING = 1000.0
"""Paid for each unit of demand that no bus has room for."""


@njit(cache=True)
def length_of(route: Array, many: int, away: Array) -> float:  # pragma: no cover
    """Return the length of a route from the depot and back to it."""
    if many == 0:
        return 0.0
    total = away[0, route[0]] + away[route[many - 1], 0]
    for k in range(many - 1):
        total += away[route[k], route[k + 1]]
    return float(total)


@njit(cache=True)
def _ruin(
    routes: Array, many: Array, at: Array, load: Array, demand: Array, near: Array
) -> Array:  # pragma: no cover
    """Take strings out of routes near one customer; return who is out, before too."""
    n = len(demand)
    used = np.zeros(len(many), np.bool_)
    buses = np.sum(many > 0)
    longest = min(LONGEST_STRING, (n - 1) / max(buses, 1))
    most = 4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0
    strings = int(np.random.random() * most + 1.0)
    seed = np.random.randint(1, n)
    for c in near[seed]:
        bus = at[c]
        if strings == 0:
            break
        if bus < 0 or used[bus]:
            continue
        used[bus] = True
        strings -= 1
        size = many[bus]
        take = int(np.random.random() * min(size, longest) + 1.0)
        where = 0
        while routes[bus, where] != c:
            where += 1
        keep = 0
        if np.random.random() < 0.5:
            while take + keep < size and np.random.random() > 0.01:
                keep += 1
                if keep >= 8:
                    break
        span = take + keep
        low, high = max(0, where - span + 1), min(where, size - span)
        first = np.random.randint(low, high + 1)
        skip = first + (np.random.randint(0, take + 1) if keep else span)
        write = first
        for k in range(first, size):
            inside = k < first + span and not (skip <= k < skip + keep)
            node = routes[bus, k]
            if inside:
                at[node] = -1
                load[bus] -= demand[node]
            else:
                routes[bus, write] = node
                write += 1
        many[bus] = write
    return 1 + np.flatnonzero(at[1:] < 0)


@njit(cache=True)
def _sorted(out: Array, demand: Array, away: Array) -> Array:  # pragma: no cover
    """Return who is out in the order they come back."""
    how = np.random.randint(0, 11)
    key = np.empty(len(out), np.float64)
    for k, c in enumerate(out):
        if how < 4:
            key[k] = np.random.random()
        elif how < 8:
            key[k] = -demand[c]
        elif how < 10:
            key[k] = -away[0, c]
        else:
            key[k] = away[0, c]
    return out[np.argsort(key)]


@njit(cache=True)
def _recreate(
    out: Array,
    routes: Array,
    many: Array,
    at: Array,
    load: Array,
    demand: Array,
    away: Array,
    room: Array,
    fixed: Array,
    rate: Array,
) -> float:  # pragma: no cover
    """Put all back where it is cheapest, now and then blinking; return what lacks."""
    missing = 0.0
    for c in out:
        best, bus, where = np.inf, -1, 0
        kind = -1.0
        for r in range(len(many)):
            size = many[r]
            if load[r] + demand[c] > room[r]:
                continue
            if size == 0:
                # Buses of one kind stand together: one empty one is enough.
                same = fixed[r] + 1e9 * rate[r]
                if same == kind:
                    continue
                kind = same
                cost = fixed[r] + rate[r] * 2.0 * away[0, c]
                if cost < best:
                    best, bus, where = cost, r, 0
                continue
            before = 0
            for k in range(size + 1):
                after = routes[r, k] if k < size else 0
                more = away[before, c] + away[c, after] - away[before, after]
                before = after
                if more * rate[r] < best and np.random.random() > BLINK:
                    best, bus, where = more * rate[r], r, k
        if bus < 0:
            missing += MISSING * demand[c]
            continue
        for k in range(many[bus], where, -1):
            routes[bus, k] = routes[bus, k - 1]
        routes[bus, where] = c
        many[bus] += 1
        load[bus] += demand[c]
        at[c] = bus
    return missing


@njit(cache=True)
def cost_of(
    routes: Array, many: Array, away: Array, fixed: Array, rate: Array
) -> float:  # pragma: no cover
    """Return the cost of a solution."""
    total = 0.0
    for r in range(len(many)):
        if many[r]:
            total += fixed[r] + rate[r] * length_of(routes[r], many[r], away)
    return total


@njit(cache=True)
def _keep(
    routes: Array, many: Array, bus: int, marks: Array, seen: Array, held: Array, h: int
) -> int:  # pragma: no cover
    """Write a route down unless its like has been; return how many are."""
    mark = np.uint64(0)
    before = 0
    for k in range(many[bus]):
        node = routes[bus, k]
        mark ^= marks[before] * np.uint64(3) + marks[node]
        before = node
    slot = mark % np.uint64(len(seen))
    if seen[slot] == mark or h >= len(held):
        return h
    seen[slot] = mark
    held[h, 0] = many[bus]
    for k in range(many[bus]):
        held[h, 1 + k] = routes[bus, k]
    return h + 1


@njit(cache=True)
def search(
    seed: int,
    rounds: int,
    hot: float,
    cold: float,
    routes: Array,
    many: Array,
    demand: Array,
    near: Array,
    away: Array,
    room: Array,
    fixed: Array,
    rate: Array,
    marks: Array,
    seen: Array,
    held: Array,
    h: int,
) -> tuple[float, Array, Array, int]:  # pragma: no cover
    """Return the cheapest solution found, and how many routes are written down."""
    np.random.seed(seed)
    n = len(demand)
    at = np.full(n, -1)
    load = np.zeros(len(many))
    for r in range(len(many)):
        for k in range(many[r]):
            at[routes[r, k]] = r
            load[r] += demand[routes[r, k]]
    out = 1 + np.flatnonzero(at[1:] < 0)
    out = out[np.argsort(-demand[out])]
    missing = _recreate(out, routes, many, at, load, demand, away, room, fixed, rate)
    now = missing + cost_of(routes, many, away, fixed, rate)
    best, best_routes, best_many = now, routes.copy(), many.copy()
    routes0, many0, at0, load0 = routes.copy(), many.copy(), at.copy(), load.copy()
    heat, cool = hot, (cold / hot) ** (1.0 / rounds)
    for _ in range(rounds):
        out = _ruin(routes, many, at, load, demand, near)
        out = _sorted(out, demand, away)
        cost = _recreate(out, routes, many, at, load, demand, away, room, fixed, rate)
        cost += cost_of(routes, many, away, fixed, rate)
        if cost < now - heat * math.log(np.random.random()):
            for r in range(len(many)):
                if many[r] and not (
                    many[r] == many0[r]
                    and np.all(routes[r, : many[r]] == routes0[r, : many[r]])
                ):
                    h = _keep(routes, many, r, marks, seen, held, h)
            now = cost
            routes0[:], many0[:], at0[:], load0[:] = routes, many, at, load
            if cost < best - 1e-9:
                best, best_routes, best_many = cost, routes.copy(), many.copy()
        else:
            routes[:], many[:], at[:], load[:] = routes0, many0, at0, load0
        heat *= cool
    return best, best_routes, best_many, h
