"""Machine code: trips to one market, grown backwards from the arrival.

A trip is a chain of items (who gets on at one stop) in the order the bus calls at them.
All is reckoned from the minute of arrival at the market: a trip's last part is a trip
itself, and a stop put in front changes nothing behind it. Trip 0 is the market alone.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt64 = NDArray[np.uint64]


@njit(cache=True, nogil=True)
def calls_at(stop: int, trip: int, stops: Int32, item: Int32, rest: Int32) -> bool:
    """Tell whether a trip calls at a stop."""
    x = trip
    while x > 0:
        if stops[item[x]] == stop:
            return True
        x = rest[x]
    return False


@njit(cache=True, nogil=True)
def fitting(
    persons: int,
    baskets: int,
    types: int,
    seats: Int32,
    places: Int32,
    floor: Int32,
    floor_each: Int32,
) -> int:
    """Return which of some types of bus (bits) carry so many.

    Parameters
    ----------
    floor
        By type; 0 where the floor is not shared.
    floor_each
        What a person and what a basket takes.
    """
    used = persons * floor_each[0] + baskets * floor_each[1]
    left = types
    for t in range(len(seats)):
        if persons > seats[t] or baskets > places[t] or (floor[t] and used > floor[t]):
            left &= ~(1 << t)
    return left


@njit(cache=True, nogil=True)
def extend(
    parents: Int32,
    item: Int32,
    rest: Int32,
    back: Int32,
    load: Int32,
    bus: Int32,
    mask: UInt64,
    stops: Int32,
    gets_on: Int32,
    call_minutes: Int32,
    minutes: Int32,
    takes: Int32,
    allowed: UInt64,
    seats: Int32,
    places: Int32,
    floor: Int32,
    floor_each: Int32,
    ride_limit: int,
    out: Int32,
) -> int:
    """Put every item in front of every parent, as far as a bus can make it.

    Parameters
    ----------
    parents
        Trips by number, from the arrays ``item`` to ``mask``.
    load, gets_on
        [., 2] persons and baskets.
    minutes
        From item to item, below 0 where no bus gets there.
    allowed
        By item, minutes before arrival, word: a bit for each minute of arrival.
    out
        [., 4] is filled with item, parent, back, bus; counted only if it has no rows.

    Returns
    -------
    int
        How many there are.
    """
    found = 0
    latest = allowed.shape[1]
    for parent in parents:
        f = item[parent]
        for v in range(len(stops)):
            taken = back[parent] + minutes[v, f]
            if minutes[v, f] < 0 or taken > ride_limit:
                continue
            taken += call_minutes[v]
            fits = fitting(
                load[parent, 0] + gets_on[v, 0],
                load[parent, 1] + gets_on[v, 1],
                bus[parent] & takes[v],
                seats,
                places,
                floor,
                floor_each,
            )
            if not fits or taken >= latest:
                continue
            some = np.uint64(0)
            for w in range(mask.shape[1]):
                some |= mask[parent, w] & allowed[v, taken, w]
            if not some or calls_at(stops[v], parent, stops, item, rest):
                continue
            if len(out):
                out[found, 0], out[found, 1] = v, parent
                out[found, 2], out[found, 3] = taken, fits
            found += 1
    return found


@njit(cache=True, nogil=True)
def same_items(a: int, b: int, item: Int32, rest: Int32) -> bool:
    """Tell whether two trips of equal length have the same items."""
    x = a
    while x > 0:
        y = b
        while y > 0 and item[y] != item[x]:
            y = rest[y]
        if y <= 0:
            return False
        x = rest[x]
    return True


@njit(cache=True, nogil=True)
def price_at(
    trip: int,
    arrival: int,
    item: Int32,
    rest: Int32,
    back: Int32,
    price: Int32,
    offsets: int,
) -> int:
    """Return the fen a trip pays for calls near regular departures, the market's too.

    Parameters
    ----------
    arrival
        In minutes after the first minute of the masks.
    price
        Fen by item (the market last) and minute of the call; the masks' first minute
        is column ``offsets``.
    """
    paid = 0
    x = trip
    while x >= 0:
        paid += price[item[x], offsets + arrival - back[x]]
        x = rest[x]
    return paid


@njit(cache=True, nogil=True)
def better(
    a: int,
    b: int,
    item: Int32,
    rest: Int32,
    back: Int32,
    metres: Int32,
    mask: UInt64,
    price: Int32,
) -> bool:
    """Tell whether trip ``a`` stands in for ``b``, of the same items and first stop.

    Parameters
    ----------
    price
        As ``price_at``; no columns where nothing is paid.
    """
    # A quicker trip does not stand in for a slower one: where a stop further up may
    # not be called at just then, only the slower one can be continued there.
    if metres[a] > metres[b] or back[a] != back[b]:
        return False
    for w in range(mask.shape[1]):
        if mask[b, w] & ~mask[a, w]:
            return False
    offsets = price.shape[1] - 64 * mask.shape[1]
    for at in range(64 * mask.shape[1] if price.shape[1] else 0):
        if mask[b, at >> 6] >> np.uint64(at & 63) & np.uint64(1):
            mine = price_at(a, at, item, rest, back, price, offsets)
            if mine > price_at(b, at, item, rest, back, price, offsets):
                return False
    return True


@njit(cache=True, nogil=True)
def settle(
    order: Int64,
    key: UInt64,
    item: Int32,
    rest: Int32,
    back: Int32,
    metres: Int32,
    mask: UInt64,
    price: Int32,
) -> Bool:
    """Return which trips no other stands in for.

    Parameters
    ----------
    order
        Trips by rising key; those of the same items and first stop share a key.
    """
    keep = np.ones(len(item), np.bool_)
    start = 0
    for at in range(len(order)):
        a = order[at]
        if key[order[start]] != key[a]:
            start = at
        for before in range(start, at):
            b = order[before]
            if not keep[b] or item[a] != item[b]:
                continue
            if not same_items(a, b, item, rest):
                continue
            if better(b, a, item, rest, back, metres, mask, price):
                keep[a] = False
                break
            if better(a, b, item, rest, back, metres, mask, price):
                keep[b] = False
    return keep
