"""The question of siting, checked, and its answer at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.siting.capacity import best_with_places
from wugeyi.engines.accessibility.siting.choice import (
    Choice,
    Progress,
    always,
    at_once,
    search,
)
from wugeyi.engines.accessibility.siting.problem import problem
from wugeyi.engines.accessibility.siting.sets import Sets

Array = NDArray[Any]


def best(
    sets: Sets,
    people: Array | Sequence[int],
    k: int,
    *,
    standing: Sequence[int] = (),
    allowed: Array | None = None,
    places: Array | Sequence[int] | None = None,
    progress: Progress = always,
) -> Choice:
    """Choose k sites that serve the most people, in well under a second.

    Parameters
    ----------
    sets
        Homes each site serves (``cover``).
    people
        People of each home: residents, elderly …; 0 for a home already served.
    k
        How many sites, 1 or more.
    standing
        Sites that are there already; they are not counted among the k.
    allowed
        bool for each site, whether it may be chosen; all by default.
    places
        How many people each site can serve. Then each is served at one site within
        the limit at most, wherever places are left; without, a site serves everybody
        who reaches it.
    progress
        See ``Progress``.

    Returns
    -------
    Choice
        Greedy, improved by swaps until no single one helps, restarted from the sites
        that the bound's prices favour. The same input gives the same answer.

    Raises
    ------
    ValueError
        ``k`` is below 1, arrays do not fit, a number is negative, or a standing site
        is none.
    """
    known = problem(sets, np.asarray(people))
    may = may_choose(sets, k, standing, allowed)
    if places is not None:
        room = check_places(sets, places)
        return best_with_places(known, k, standing, may, room, progress)
    left = known.narrowed(np.ones(known.sites, np.bool_), np.array(standing, np.int64))
    return search(left, k, may, progress, at_once(left)).choice


def may_choose(
    sets: Sets, k: int, standing: Sequence[int], allowed: Array | None
) -> Array:
    """Return which sites may be chosen; see ``best`` for the errors."""
    if k < 1:
        raise ValueError("at least one site must be asked for")
    may = np.ones(sets.sites, np.bool_)
    if allowed is not None:
        may = np.array(allowed, np.bool_)
        if may.shape != (sets.sites,):
            raise ValueError(f"{len(may)} marks for {sets.sites} sites")
    for site in standing:
        if not 0 <= site < sets.sites:
            raise ValueError(f"there is no site {site}")
        may[site] = False
    return may


def check_places(sets: Sets, places: Array | Sequence[int]) -> Array:
    """Return places as int64; see ``best`` for the errors."""
    room = np.ascontiguousarray(places, np.int64)
    if room.shape != (sets.sites,):
        raise ValueError(f"{len(room)} numbers of places for {sets.sites} sites")
    if len(room) and room.min() < 0:
        raise ValueError("a number of places is negative")
    return room
