"""Machine code of siting with places: how many people a choice of sites can take.

Everybody goes to one site within the limit where a place is left; who goes where is
worked out so that the most are served (a flow from sites to groups of homes, kept in
whole people, one number for each pair of a site and a group it may serve).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@njit(
    "int64(int64, int64[::1], int32[::1], int64[::1], int64[::1], int64[::1],"
    " int64[::1], int64[::1], int64[::1], boolean[::1])",
    cache=True,
    nogil=True,
)
def take_in(
    site: int,
    start: Int64,
    group: Int32,
    by_start: Int64,
    by_pair: Int64,
    owner: Int64,
    left: Int64,
    unmet: Int64,
    flow: Int64,
    opened: NDArray[np.bool_],
) -> np.int64:
    """Open a site and serve as many more as it makes possible.

    Parameters
    ----------
    site
        Its number; ``left[site]`` are its places.
    start, group
        Groups by site; a place in ``group`` is a pair.
    by_start, by_pair
        Pairs by group.
    owner
        The site of each pair.
    left
        Places left at each site; written.
    unmet
        People not served yet of each group; written.
    flow
        People of each pair served; written.
    opened
        Which sites are open; written.

    Returns
    -------
    int64
        How many more are served.
    """
    opened[site] = True
    before = left[site]
    for pair in range(start[site], start[site + 1]):
        more = min(left[site], unmet[group[pair]])
        flow[pair] += more
        left[site] -= more
        unmet[group[pair]] -= more
    # Then in chains: this site takes people over from another, which takes new ones.
    came = np.empty(len(unmet), np.int64)
    gave = np.empty(len(start), np.int64)
    line = np.empty(len(start), np.int64)
    while left[site] > 0:
        came[:] = -1
        gave[:] = -1
        line[0] = site
        gave[site] = -2
        first, last = 0, 1
        end = np.int64(-1)
        while first < last and end < 0:
            at = line[first]
            first += 1
            for pair in range(start[at], start[at + 1]):
                here = group[pair]
                if came[here] >= 0:
                    continue
                came[here] = pair
                if unmet[here] > 0:
                    end = here
                    break
                for number in range(by_start[here], by_start[here + 1]):
                    other = by_pair[number]
                    if flow[other] > 0 and gave[owner[other]] == -1:
                        gave[owner[other]] = other
                        line[last] = owner[other]
                        last += 1
        if end < 0:
            break
        most = min(left[site], unmet[end])
        pair = came[end]
        while owner[pair] != site:
            back = gave[owner[pair]]
            most = min(most, flow[back])
            pair = came[group[back]]
        unmet[end] -= most
        pair = came[end]
        flow[pair] += most
        while owner[pair] != site:
            back = gave[owner[pair]]
            flow[back] -= most
            pair = came[group[back]]
            flow[pair] += most
        left[site] -= most
    return np.int64(before - left[site])


@njit(
    "Tuple((int64, int64))(int64[::1], int32[::1], int64[::1], int64[::1],"
    " int64[::1], int64[::1], int64[::1], int64[::1], boolean[::1], boolean[::1],"
    " int64[::1], int64)",
    cache=True,
    nogil=True,
)
def most_helpful(
    start: Int64,
    group: Int32,
    by_start: Int64,
    by_pair: Int64,
    owner: Int64,
    left: Int64,
    unmet: Int64,
    flow: Int64,
    opened: NDArray[np.bool_],
    may: NDArray[np.bool_],
    at_most: Int64,
    enough: int,
) -> tuple[int, np.int64]:
    """Find the site that lets the most further people be served.

    Parameters
    ----------
    start, group, by_start, by_pair, owner, left, unmet, flow, opened
        As ``take_in``; nothing is changed.
    may
        Sites that may be chosen.
    at_most
        A bound for each site on what it adds; lowered to what it adds where that was
        worked out. It stays a bound while more sites open: a site never adds more to
        more sites.
    enough
        Sites that cannot add more than this are not looked at.

    Returns
    -------
    tuple
        The site, the first of equal ones, and how many it adds; -1 and ``enough`` if
        none adds more than ``enough``.
    """
    best, most = -1, np.int64(enough)
    order = np.argsort(-at_most, kind="mergesort")
    try_left, try_unmet = left.copy(), unmet.copy()
    try_flow, try_opened = flow.copy(), opened.copy()
    for number in range(len(order)):
        site = order[number]
        if at_most[site] <= most:
            break
        if not may[site] or opened[site]:
            continue
        try_left[:] = left
        try_unmet[:] = unmet
        try_flow[:] = flow
        try_opened[:] = opened
        more = take_in(
            site,
            start,
            group,
            by_start,
            by_pair,
            owner,
            try_left,
            try_unmet,
            try_flow,
            try_opened,
        )
        at_most[site] = more
        if more > most:
            best, most = site, more
    return best, most
