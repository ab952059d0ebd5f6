"""Machine code: a bound on what any choice of sites can cover.

Each home's people get a price; a site earns the prices of its homes, and whoever is
worth more than the price earns the rest without any site. Whatever the prices, the best
``k`` sites and the rests together are at least what any choice covers (Lagrange's
relaxation of "covered only by an open site"). Prices are moved to bring that down.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float = NDArray[np.float64]

UNIT = 1024
"""Prices are whole numbers of 1/1024 of a person, so that sums are exact."""
PATIENCE = 12
"""Rounds without a better bound after which steps become half as long."""


@njit("int64[::1](int64[::1], int32[::1], int64[::1])", cache=True, nogil=True)
def earnings(start: Int64, item: Int32, price: Int64) -> Int64:
    """Return what each site earns at these prices."""
    earned = np.zeros(len(start) - 1, np.int64)
    for site in range(len(start) - 1):
        for at in range(start[site], start[site + 1]):
            earned[site] += price[item[at]]
    return earned


@njit("int64(int64[::1], int64[::1])", cache=True, nogil=True)
def rests(weight: Int64, price: Int64) -> np.int64:
    """Return what homes are worth beyond their prices, together."""
    total = np.int64(0)
    for home in range(len(weight)):
        total += max(np.int64(0), weight[home] * UNIT - price[home])
    return total


@njit(
    "void(int64[::1], int32[::1], int64[::1], boolean[::1], int64, int64, int64[::1],"
    " int64[::1], int32[::1], float64[::1], int64)",
    cache=True,
    nogil=True,
)
def lower(
    start: Int64,
    item: Int32,
    weight: Int64,
    allowed: NDArray[np.bool_],
    k: int,
    covered: int,
    price: Int64,
    best_price: Int64,
    best_sites: Int32,
    state: Float,
    rounds: int,
) -> None:
    """Lower the bound by moving prices, some rounds.

    Parameters
    ----------
    start, item
        Sets of homes by site.
    weight
        People of each home.
    allowed
        Sites that may be chosen.
    k
        How many may be chosen.
    covered
        People some choice covers: the bound cannot fall below.
    price
        Prices now, in units; moved.
    best_price, best_sites
        Written: prices with the lowest bound so far, and the k sites that earn most
        at them, -1 for none.
    state
        The lowest bound in units, how long steps are (2 at first), rounds since the
        bound fell; carried from call to call.
    rounds
        How many.
    """
    homes = len(weight)
    taken = np.empty(homes, np.int32)
    slope = np.empty(homes, np.int64)
    for _ in range(rounds):
        earned = earnings(start, item, price)
        for site in range(len(earned)):
            if not allowed[site]:
                earned[site] = -1
        order = np.argsort(-earned)
        bound = rests(weight, price)
        taken[:] = 0
        for number in range(min(k, len(order))):
            site = order[number]
            if earned[site] <= 0:
                break
            bound += earned[site]
            for at in range(start[site], start[site + 1]):
                taken[item[at]] += 1
        if bound < state[0]:
            state[0] = bound
            state[2] = 0
            best_price[:] = price
            for number in range(k):
                best_sites[number] = -1
                if number < len(order) and earned[order[number]] > 0:
                    best_sites[number] = order[number]
        else:
            state[2] += 1
            if state[2] >= PATIENCE:
                state[2] = 0
                state[1] /= 2
                price[:] = best_price
                continue
        if state[0] < (covered + 1) * UNIT:
            break
        length = np.float64(0)
        for home in range(homes):
            worth = weight[home] * UNIT
            change = np.int64(taken[home])
            if price[home] < worth or (price[home] == worth and change > 0):
                change -= 1
            if price[home] == 0 and change > 0:
                change = np.int64(0)
            slope[home] = change
            length += np.float64(change) * change
        if length == 0:
            break
        step = state[1] * (bound - covered * UNIT) / length
        for home in range(homes):
            if slope[home] != 0:
                moved = price[home] - np.int64(np.round(step * slope[home]))
                price[home] = max(np.int64(0), min(weight[home] * UNIT, moved))
