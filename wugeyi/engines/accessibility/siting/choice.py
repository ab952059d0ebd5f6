"""The best sites at once: greedy, swaps, and a bound that says how good they are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.siting.problem import Problem

Array = NDArray[Any]

Progress = Callable[[float, int, int], bool]
"""Told how much is done (0 to 1), people served by the best choice so far, and the
bound; False stops the work, and the best so far is returned."""

ROUNDS = 20
"""Of moving prices, between two looks at whether to go on."""
SLICES, LEAST_SLICES = 12, 3
WORK = 100_000_000
"""Pairs of a site and a group looked at for the bound, at once: some 0.2 s."""
PROOF_SLICES = 36
"""Before HiGHS: what prices leave out it need not look at."""
SWAPS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Sites, and how good they are.

    Parameters
    ----------
    sites
        Numbers of sites, what helps most first; fewer than asked where no further
        one would serve anybody new.
    gains
        For each of them the people it serves that those before it do not.
    bound
        No choice of as many sites serves more people.
    stopped
        Whether ``progress`` or the time ended the work early.
    """

    sites: tuple[int, ...]
    gains: tuple[int, ...]
    bound: int
    stopped: bool = False

    @property
    def people(self) -> int:
        """Return how many people the sites serve who were not served before."""
        return sum(self.gains)

    @property
    def proven(self) -> bool:
        """Tell whether nothing better can exist."""
        return self.people >= self.bound

    @property
    def gap(self) -> float:
        """Return the share of the bound that may still be missing, 0 to 1."""
        return 1 - self.people / self.bound if self.bound else 0.0


def always(_share: float, _best: int, _bound: int) -> bool:
    """Go on: the progress nobody asked for."""
    return True


@dataclass(slots=True, eq=False)
class Found:
    """A choice and the prices behind its bound."""

    choice: Choice
    price: Array
    bound_units: int


def at_once(left: Problem) -> int:
    """Return the slices of moving prices that are done in a fraction of a second."""
    fit = WORK // (ROUNDS * max(len(left.group), 1))
    return max(LEAST_SLICES, min(SLICES, fit))


def search(left: Problem, k: int, may: Array, progress: Progress, slices: int) -> Found:
    """Choose, bound, and choose again from what the bound favours."""
    from wugeyi.engines.accessibility.kernels_bound import UNIT, lower
    from wugeyi.engines.accessibility.kernels_siting import improve

    sets = (left.start, left.group)
    whole = (*sets, left.by_start, left.by, left.weight, may)
    many = min(k, int(may.sum()))
    chosen = np.full(many, -1, np.int32)
    served = int(improve(*whole, chosen, 0, SWAPS))
    price = left.weight * UNIT
    lowest_at = price.copy()
    favoured = np.full(many, -1, np.int32)
    state = np.array([float(left.people * UNIT), 2.0, 0.0])
    stopped = False
    for slice_ in range(slices):
        if int(state[0]) // UNIT <= served:
            break
        # Between slices, so that cancelling is prompt and costs nothing.
        if not progress(slice_ / slices, served, int(state[0]) // UNIT):
            stopped = True
            break
        lower(
            *sets,
            left.weight,
            may,
            many,
            served,
            price,
            lowest_at,
            favoured,
            state,
            ROUNDS,
        )
        filled = int((favoured >= 0).sum())
        again = favoured.copy()
        value = int(improve(*whole, again, filled, SWAPS))
        if value > served:
            chosen, served = again, value
    bound = max(served, int(state[0]) // UNIT)
    choice = replace(ordered(left, chosen), bound=bound, stopped=stopped)
    return Found(choice, lowest_at, int(state[0]))


def ordered(left: Problem, chosen: Array) -> Choice:
    """Order sites by what each adds; those that add nothing are left out."""
    free = np.ones(len(left.weight), np.bool_)
    waiting = [int(site) for site in chosen if site >= 0]
    sites, gains = [], []
    while waiting:
        worth = [
            int(left.weight[groups][free[groups]].sum())
            for groups in (
                left.group[left.start[s] : left.start[s + 1]] for s in waiting
            )
        ]
        most = max(worth)
        if not most:
            break
        site = waiting.pop(worth.index(most))
        free[left.group[left.start[site] : left.start[site + 1]]] = False
        sites.append(site)
        gains.append(most)
    return Choice(tuple(sites), tuple(gains), sum(gains))
