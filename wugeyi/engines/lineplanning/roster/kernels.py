"""The search's loops: exchanging days between two drivers, as machine code."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

WORKING, RESTING, CHANGES, BROKEN = range(4)
"""What is counted of a driver: single working days, single rest days, changes of bus,
and by how much rules are broken."""


@njit(cache=True, nogil=True)
def count(
    row: Int64,
    first: int,
    away: Bool,
    low: Int64,
    high: Int64,
    duties: Int64,
    clash: Bool,
    weekend: Bool,
    limits: Int64,
    found: Int64,
) -> None:
    """Write into ``found`` what is counted of one driver.

    Parameters
    ----------
    row
        Number of the duty of each day, -1 for none; the days before ``first`` stand.
    low, high
        Of duties, early ones, those of weekends.
    duties
        [duties, 3]: minutes driven, 1 if early, the bus's number or -1.
    clash
        [duties, duties]: whether the second may not follow the first on the next day.
    limits
        Minutes driven in 7 days, working days in 7.
    """
    found[:] = 0
    minutes = working = 0
    for day in range(len(row)):
        if day >= 7 and row[day - 7] >= 0:
            minutes -= duties[row[day - 7], 0]
            working -= 1
        if row[day] >= 0:
            minutes += duties[row[day], 0]
            working += 1
        if day >= first:
            found[BROKEN] += max(working - limits[1], 0)
            if minutes > limits[0]:
                found[BROKEN] += 1 + (minutes - limits[0]) // 120
    _neighbours(row, first, away, duties, clash, found)
    found[BROKEN] += _unfair(row, first, low, high, duties, weekend)


@njit(cache=True, nogil=True)
def _neighbours(
    row: Int64, first: int, away: Bool, duties: Int64, clash: Bool, found: Int64
) -> None:
    """Count what a day and those beside it make."""
    for day in range(max(first, 1), len(row)):
        one, other = row[day - 1], row[day]
        if one >= 0 and other >= 0:
            found[BROKEN] += clash[one, other]
            before, bus = duties[one, 2], duties[other, 2]
            found[CHANGES] += before >= 0 and bus >= 0 and bus != before
    for day in range(max(first - 1, 1), len(row) - 1):
        if row[day] >= 0:
            found[WORKING] += row[day - 1] < 0 and row[day + 1] < 0
        elif not away[day]:
            found[RESTING] += row[day - 1] >= 0 and row[day + 1] >= 0


@njit(cache=True, nogil=True)
def _unfair(
    row: Int64, first: int, low: Int64, high: Int64, duties: Int64, weekend: Bool
) -> int:
    """Return by how much the numbers of duties miss fair shares."""
    many = np.zeros(3, np.int64)
    for day in range(first, len(row)):
        if row[day] >= 0:
            many[0] += 1
            many[1] += duties[row[day], 1]
            many[2] += weekend[day]
    missed = 0
    for kind in range(3):
        missed += max(low[kind] - many[kind], many[kind] - high[kind], 0)
    return missed


@njit(cache=True, nogil=True)
def _exchangeable(
    one: Int64, other: Int64, begin: int, until: int, away: Bool, others: Bool
) -> bool:
    """Tell whether two may exchange these days, and anything would change."""
    differs = False
    for day in range(begin, until):
        differs = differs or one[day] != other[day]
        if (one[day] >= 0 and others[day]) or (other[day] >= 0 and away[day]):
            return False
    return differs


@njit(cache=True, nogil=True)
def _how_long(most: int) -> int:
    """Draw how many days are exchanged: one, some, or any number."""
    kind = np.random.random()
    if kind > 0.85:
        return 1 + np.random.randint(most)
    if kind > 0.5:
        return 1 + np.random.randint(min(6, most))
    return 1


@njit(cache=True, nogil=True)
def search(
    rows: Int64,
    first: int,
    away: Bool,
    low: Int64,
    high: Int64,
    duties: Int64,
    clash: Bool,
    weekend: Bool,
    limits: Int64,
    prices: Int64,
    seed: int,
    steps: int,
    hot: float,
    cold: float,
    enough: int,
) -> int:
    """Exchange days until nothing is better; the best found stands in ``rows``.

    Every duty stays driven once a day: only who drives it changes. Anything is taken
    that is better, and worse things less and less often (simulated annealing).

    Parameters
    ----------
    prices
        Of each thing ``count`` counts.
    hot, cold
        A change that costs so much is taken every e-th time at first, at last.
    enough
        Ends when all together costs no more.
    """
    np.random.seed(seed)
    drivers, days = rows.shape
    now = rows.copy()
    cost = np.zeros(drivers, np.int64)
    found = np.zeros(4, np.int64)
    for d in range(drivers):
        count(
            now[d],
            first,
            away[d],
            low[d],
            high[d],
            duties,
            clash,
            weekend,
            limits,
            found,
        )
        cost[d] = (found * prices).sum()
    total = best = cost.sum()
    one, other = np.empty(days, np.int64), np.empty(days, np.int64)
    cooling = math.log(cold / hot) / max(steps, 1)
    for step in range(steps):
        if best <= enough:
            break
        i = np.random.randint(drivers)
        j = (i + 1 + np.random.randint(drivers - 1)) % drivers
        begin = np.random.randint(first, days)
        until = begin + _how_long(days - begin)
        if not _exchangeable(now[i], now[j], begin, until, away[i], away[j]):
            continue
        one[:], other[:] = now[i], now[j]
        one[begin:until] = now[j, begin:until]
        other[begin:until] = now[i, begin:until]
        count(
            one, first, away[i], low[i], high[i], duties, clash, weekend, limits, found
        )
        first_cost = (found * prices).sum()
        count(
            other,
            first,
            away[j],
            low[j],
            high[j],
            duties,
            clash,
            weekend,
            limits,
            found,
        )
        second_cost = (found * prices).sum()
        more = first_cost + second_cost - cost[i] - cost[j]
        heat = hot * math.exp(cooling * step)
        if more <= 0 or np.random.random() < math.exp(-more / heat):
            now[i], now[j] = one, other
            cost[i], cost[j] = first_cost, second_cost
            total += more
            if total < best:
                best = total
                rows[:] = now
    return int(best)
