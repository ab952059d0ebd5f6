"""Machine code: what trips are worth at the prices of a linear program.

A column is a trip, a minute of arrival, a stretch and where the bus comes from (0 the
start of the stretch, 1, 2, … a market). Worth is in yuan.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.kernels_trips import price_at

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt64 = NDArray[np.uint64]


@njit(cache=True, nogil=True)
def along(item: Int32, rest: Int32, each: Float64) -> Float64:
    """Return the sum of a number by item over each trip's items."""
    total = np.zeros(len(item))
    for trip in range(1, len(item)):
        total[trip] = each[item[trip]] + total[rest[trip]]
    return total


@njit(cache=True, nogil=True)
def members(
    trips: Int32, item: Int32, rest: Int32, start: Int32, request: Int32
) -> tuple[Int64, Int32]:
    """Return the requests of some trips, as starts and numbers.

    Parameters
    ----------
    start, request
        Requests by item.
    """
    begin = np.zeros(len(trips) + 1, np.int64)
    for k in range(len(trips)):
        many = 0
        x = trips[k]
        while x > 0:
            many += start[item[x] + 1] - start[item[x]]
            x = rest[x]
        begin[k + 1] = begin[k] + many
    found = np.empty(begin[-1], np.int32)
    for k in range(len(trips)):
        at = begin[k]
        x = trips[k]
        while x > 0:
            for r in range(start[item[x]], start[item[x] + 1]):
                found[at] = request[r]
                at += 1
            x = rest[x]
    return begin, found


@njit(cache=True, nogil=True)
def best(
    item: Int32,
    rest: Int32,
    back: Int32,
    bus: Int32,
    kind: Int32,
    mask: UInt64,
    base: Float64,
    per_metre: Float64,
    metres: Int64,
    arriving: Float64,
    leaving: Float64,
    price: Int32,
    offsets: int,
) -> tuple[Float64, Int32]:
    """Return the most each trip is worth beyond its prices, by stretch, and when.

    Parameters
    ----------
    kind
        The type of bus by stretch.
    base
        By trip: worth of its requests less their prices.
    per_metre
        Yuan by stretch.
    arriving
        [stretches, arrivals], what a bus at the market is worth then.
    leaving
        [stretches, items, minutes], what it costs to have a bus at the first stop, from
        ``offsets`` minutes before the first arrival on; infinite where impossible.
    """
    types, arrivals = arriving.shape
    trips = len(item)
    most = np.full((trips, types), -np.inf)
    when = np.zeros((trips, types), np.int32)
    for trip in range(1, trips):
        first = item[trip]
        for t in range(types):
            if not bus[trip] >> kind[t] & 1:
                continue
            own = base[trip] - per_metre[t] * metres[trip]
            for at in range(arrivals):
                if not mask[trip, at >> 6] >> np.uint64(at & 63) & np.uint64(1):
                    continue
                worth = (
                    own + arriving[t, at] - leaving[t, first, at - back[trip] + offsets]
                )
                if worth <= most[trip, t]:
                    continue
                if price.shape[1]:
                    worth -= (
                        price_at(trip, at, item, rest, back, price, offsets) / 100.0
                    )
                if worth > most[trip, t]:
                    most[trip, t] = worth
                    when[trip, t] = at
    return most, when


@njit(cache=True, nogil=True)
def worthy(
    least: float,
    item: Int32,
    rest: Int32,
    back: Int32,
    bus: Int32,
    kind: Int32,
    mask: UInt64,
    base: Float64,
    per_metre: Float64,
    metres: Int64,
    arriving: Float64,
    leaving: Float64,
    price: Int32,
    offsets: int,
    column: Int32,
    worths: Float64,
) -> int:
    """Find all columns worth at least so much beyond their prices.

    Parameters
    ----------
    leaving
        [stretches, origins, items, minutes], as in ``best`` by where the bus comes from.
    column, worths
        [., 4] is filled with trip, arrival, stretch, origin; only counted without rows.

    Returns
    -------
    int
        How many there are.
    """
    types, arrivals = arriving.shape
    origins = leaving.shape[1]
    found = 0
    for trip in range(1, len(item)):
        first = item[trip]
        for t in range(types):
            if not bus[trip] >> kind[t] & 1:
                continue
            own = base[trip] - per_metre[t] * metres[trip]
            for at in range(arrivals):
                if not mask[trip, at >> 6] >> np.uint64(at & 63) & np.uint64(1):
                    continue
                here = own + arriving[t, at]
                if price.shape[1]:
                    here -= price_at(trip, at, item, rest, back, price, offsets) / 100.0
                for origin in range(origins):
                    worth = here - leaving[t, origin, first, at - back[trip] + offsets]
                    if worth < least:
                        continue
                    if len(column):
                        column[found, 0], column[found, 1] = trip, at
                        column[found, 2], column[found, 3] = t, origin
                        worths[found] = worth
                    found += 1
    return found


@njit(cache=True, nogil=True)
def shares(
    item: Int32,
    rest: Int32,
    most: Float64,
    start: Int32,
    request: Int32,
    share: Float64,
) -> None:
    """Raise ``share`` by request until those of a trip cover what it is worth.

    Parameters
    ----------
    most
        By trip, its worth beyond prices.
    """
    for trip in range(1, len(item)):
        if most[trip] <= 0:
            continue
        many = 0
        held = 0.0
        x = trip
        while x > 0:
            for r in range(start[item[x]], start[item[x] + 1]):
                many += 1
                held += share[request[r]]
            x = rest[x]
        missing = (most[trip] - held) / many
        if missing <= 0:
            continue
        x = trip
        while x > 0:
            for r in range(start[item[x]], start[item[x] + 1]):
                share[request[r]] += missing
            x = rest[x]


@njit(cache=True, nogil=True)
def useless(
    order: Int64, group: Int64, worth: Int64, leaves: Int64, arrives: Int64
) -> NDArray[np.bool_]:
    """Return which columns another of their group makes useless.

    One that leaves no earlier, arrives no later and is worth no less does: buses wait
    for nothing.

    Parameters
    ----------
    order
        Columns by group.
    """
    gone = np.zeros(len(order), np.bool_)
    start = 0
    for i in range(len(order)):
        a = order[i]
        if group[a] != group[order[start]]:
            start = i
        for j in range(start, i):
            b = order[j]
            if gone[b]:
                continue
            no_later = arrives[b] <= arrives[a]
            if worth[b] >= worth[a] and leaves[b] >= leaves[a] and no_later:
                gone[a] = True
                break
            no_later = arrives[a] <= arrives[b]
            if worth[a] >= worth[b] and leaves[a] >= leaves[b] and no_later:
                gone[b] = True
    return gone
