"""Fewest buses for schools by ruin and recreate, in machine code.

A bus is its stops in order; stops of one school next to each other are a trip, which
ends at the school. ``away`` holds seconds between stops, then schools; ``school`` the
row of each stop's school; ``early`` and ``late`` when a bus may be there.
"""

import math
from typing import Any

import numpy as np
from numba import njit

Array = Any
NEVER = 1e18
MEAN_REMOVED = 8


@njit(cache=True)
def drive(
    row: Array,
    many: int,
    put: int,
    where: int,
    away: Array,
    school: Array,
    pupils: Array,
    boards: Array,
    early: Array,
    late: Array,
    seats: float,
    limit: float,
    stands: float,
    each: float,
) -> float:  # pragma: no cover
    """Return the seconds a bus drives with ``put`` at ``where``, NEVER if forbidden.

    It comes to a trip's first stop so late that it need not wait with pupils aboard.
    """
    size = many + (1 if put >= 0 else 0)
    free, here, total = -1.0, -1, 0.0
    k = 0
    while k < size:
        node = row[k if put < 0 or k < where else k - 1]
        if k == where and put >= 0:
            node = put
        goal = school[node]
        aboard, length, last = 0.0, 0.0, -1
        first = boards[node]
        to_first = 0.0 if here < 0 else away[here, node]
        while True:
            if last >= 0:
                length += away[last, node]
            aboard += pupils[node]
            length += boards[node]
            last = node
            k += 1
            if k >= size:
                break
            node = row[k if put < 0 or k < where else k - 1]
            if k == where and put >= 0:
                node = put
            if school[node] != goal:
                break
        length += away[last, goal]
        if aboard > seats or length - first > limit:
            return NEVER
        there = early[goal]
        if here >= 0:
            there = max(there, free + to_first + length)
        if there > late[goal]:
            return NEVER
        total += to_first + length
        free = there + stands + each * aboard
        here = goal
    return total


@njit(cache=True)
def search(
    seed: int,
    rounds: int,
    hot: float,
    cold: float,
    rows: Array,
    many: Array,
    buses: int,
    near: Array,
    away: Array,
    school: Array,
    pupils: Array,
    boards: Array,
    early: Array,
    late: Array,
    seats: float,
    limit: float,
    stands: float,
    each: float,
) -> tuple[int, Array, Array]:  # pragma: no cover
    """Return the fewest buses found that serve everybody, and what they drive."""
    np.random.seed(seed)
    n = len(pupils)
    misses = np.ones(n)
    at = np.full(n, -1)
    spent = np.zeros(len(many))
    now, lack, heat = 0.0, 0.0, hot
    for b in range(buses):
        for k in range(many[b]):
            at[rows[b, k]] = b
        spent[b] = drive(
            rows[b], many[b], -1, -1, away, school, pupils, boards, early, late,
            seats, limit, stands, each,
        )  # fmt: skip
    for c in range(n):
        if at[c] < 0:
            lack += misses[c]
    now = spent[:buses].sum()
    best_buses, best_rows, best_many = len(many) + 1, rows.copy(), many.copy()
    rows0, many0, at0, spent0 = rows.copy(), many.copy(), at.copy(), spent.copy()
    cool = (cold / hot) ** (1.0 / rounds)
    for _ in range(rounds):
        strings = 1 + np.random.randint(0, 6)
        used = np.zeros(len(many), np.bool_)
        for c in near[np.random.randint(0, n)]:
            if strings == 0:
                break
            b = at[c]
            if b < 0 or used[b]:
                continue
            used[b] = True
            strings -= 1
            take = 1 + np.random.randint(0, min(many[b], MEAN_REMOVED))
            where = 0
            while rows[b, where] != c:
                where += 1
            low, high = max(0, where - take + 1), min(where, many[b] - take)
            begin = np.random.randint(low, high + 1)
            for k in range(begin, begin + take):
                at[rows[b, k]] = -1
            for k in range(begin + take, many[b]):
                rows[b, k - take] = rows[b, k]
            many[b] -= take
            spent[b] = drive(
                rows[b], many[b], -1, -1, away, school, pupils, boards, early, late,
                seats, limit, stands, each,
            )  # fmt: skip
        out = np.flatnonzero(at < 0)
        how = np.random.randint(0, 4)
        key = np.random.random(len(out))
        for k in range(len(out)):
            c = out[k]
            if how == 1:
                key[k] = -pupils[c]
            elif how == 2:
                key[k] = -away[c, school[c]]
            elif how == 3:
                key[k] = -misses[c] * (0.5 + key[k])
        short = 0.0
        for stop in out[np.argsort(key)]:
            c = int(stop)
            best, bus, place = NEVER, -1, -1
            for b in range(buses):
                for w in range(many[b] + 1):
                    if np.random.random() < 0.01:
                        continue
                    more = drive(
                        rows[b], many[b], c, w, away, school, pupils, boards, early,
                        late, seats, limit, stands, each,
                    )  # fmt: skip
                    if more < NEVER and more - spent[b] < best:
                        best, bus, place = more - spent[b], b, w
            if bus < 0:
                short += misses[c]
                continue
            for k in range(many[bus], place, -1):
                rows[bus, k] = rows[bus, k - 1]
            rows[bus, place] = c
            many[bus] += 1
            spent[bus] += best
            at[c] = bus
        cost = spent[:buses].sum()
        for c in range(n):
            if at[c] < 0:
                misses[c] += 1.0
        better = cost < now - heat * math.log(np.random.random())
        if short < lack or (short == lack and better):
            now, lack = cost, short
            rows0[:], many0[:], at0[:], spent0[:] = rows, many, at, spent
        else:
            rows[:], many[:], at[:], spent[:] = rows0, many0, at0, spent0
        heat *= cool
        if lack == 0.0:
            best_buses, best_rows, best_many = buses, rows.copy(), many.copy()
            # One bus less: the one whose stops have been easiest to place.
            fewest, least = -1, NEVER
            for b in range(buses):
                weight = 0.0
                for k in range(many[b]):
                    weight += misses[rows[b, k]]
                if weight < least:
                    fewest, least = b, weight
            buses -= 1
            for k in range(many[fewest]):
                at[rows[fewest, k]] = -1
                lack += misses[rows[fewest, k]]
            rows[fewest], many[fewest] = rows[buses], many[buses]
            spent[fewest] = spent[buses]
            many[buses] = 0
            for k in range(many[fewest]):
                at[rows[fewest, k]] = fewest
            now = spent[:buses].sum()
            rows0[:], many0[:], at0[:], spent0[:] = rows, many, at, spent
    return best_buses, best_rows, best_many
