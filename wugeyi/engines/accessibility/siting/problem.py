"""Siting in its smallest form: homes that the same sites serve are one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.siting.sets import Sets

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Sites and groups of homes; a group is served by exactly the same sites.

    Parameters
    ----------
    start, group
        Groups by site: int64[sites + 1] and int32.
    by_start, by
        Sites by group: int64[groups + 1] and int32, rising.
    weight
        int64[groups], people, at least 1.
    """

    start: Array
    group: Array
    by_start: Array
    by: Array
    weight: Array

    @property
    def sites(self) -> int:
        """Return the number of sites."""
        return len(self.start) - 1

    @property
    def people(self) -> int:
        """Return the people some site serves."""
        return int(self.weight.sum())

    def narrowed(self, keep: Array, without: Array) -> "Problem":
        """Return the problem of some sites and of groups none of others serves.

        Parameters
        ----------
        keep
            bool[sites]: the sites left; the others serve nobody any more.
        without
            int[…]: sites whose groups are taken out.
        """
        wanted = np.ones(len(self.weight), np.bool_)
        for site in without:
            wanted[self.group[self.start[site] : self.start[site + 1]]] = False
        left = keep[self.by]
        count = np.add.reduceat(np.append(left, 0), self.by_start[:-1], dtype=np.int64)
        by_start = np.zeros(len(self.weight) + 1, np.int64)
        np.cumsum(count, out=by_start[1:])
        return merged(by_start, self.by[left], self.sites, self.weight, wanted)


def problem(sets: Sets, people: Array) -> Problem:
    """Merge homes; nobody's home, and a home no site serves, is left out.

    Parameters
    ----------
    sets
        Homes by site.
    people
        Whole numbers, at least 0, for each home.

    Raises
    ------
    ValueError
        There are more or fewer numbers than homes, or one is negative.
    """
    from wugeyi.engines.accessibility.kernels_siting import turned

    weight = np.ascontiguousarray(people, np.int64)
    if len(weight) != sets.homes:
        raise ValueError(f"{len(weight)} numbers of people for {sets.homes} homes")
    if len(weight) and weight.min() < 0:
        raise ValueError("a number of people is negative")
    by_start, by = turned(sets.start, sets.home, sets.homes)
    return merged(by_start, by, sets.sites, weight, weight > 0)


def merged(
    by_start: Array, by: Array, sites: int, weight: Array, wanted: Array
) -> Problem:
    """Return the problem of the wanted ones, alike ones put together."""
    from wugeyi.engines.accessibility.kernels_siting import alike, turned

    number, leader = alike(by_start, by, wanted)
    inside = number >= 0
    total = np.zeros(len(leader), np.int64)
    np.add.at(total, number[inside], weight[inside])
    many = by_start[leader + 1] - by_start[leader]
    group_start = np.zeros(len(leader) + 1, np.int64)
    np.cumsum(many, out=group_start[1:])
    place = np.arange(group_start[-1]) + np.repeat(
        by_start[leader] - group_start[:-1], many
    )
    group_by = by[place]
    start, group = turned(group_start, group_by, sites)
    return Problem(start, group, group_start, group_by, total)
