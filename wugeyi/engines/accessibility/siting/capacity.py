"""The best sites where each has a number of places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.siting.choice import (
    Choice,
    Progress,
    always,
    at_once,
    search,
)
from wugeyi.engines.accessibility.siting.problem import Problem

Array = NDArray[Any]
SWAPS = 20


@dataclass(slots=True, eq=False)
class Served:
    """Who is served where by the sites that are open; sites only ever open.

    Parameters
    ----------
    known
        Sites and groups.
    room
        Places of each site.
    by_start, by_pair, owner
        See ``kernels_capacity.take_in``.
    """

    known: Problem
    room: Array
    by_start: Array
    by_pair: Array
    owner: Array
    left: Array
    unmet: Array
    flow: Array
    opened: Array

    @classmethod
    def nobody(cls, known: Problem, room: Array) -> "Served":
        """Return the state with every site closed."""
        owner = np.repeat(np.arange(known.sites), np.diff(known.start))
        by_pair = np.argsort(known.group, kind="stable")
        return cls(
            known,
            room,
            known.by_start,
            by_pair,
            owner,
            room.copy(),
            known.weight.copy(),
            np.zeros(len(owner), np.int64),
            np.zeros(known.sites, np.bool_),
        )

    @property
    def people(self) -> int:
        """Return how many are served."""
        return self.known.people - int(self.unmet.sum())

    def open(self, site: int) -> int:
        """Open a site; return how many more are served."""
        from wugeyi.engines.accessibility.kernels_capacity import take_in

        return int(take_in(site, *self._arrays()))

    def most_helpful(self, may: Array, at_most: Array, enough: int) -> tuple[int, int]:
        """Return the site that adds the most, and how much; -1 if none adds more."""
        from wugeyi.engines.accessibility.kernels_capacity import most_helpful

        asked: Any = (*self._arrays(), may, at_most, enough)
        site, more = most_helpful(*asked)
        return int(site), int(more)

    def _arrays(self) -> Any:
        return (
            self.known.start,
            self.known.group,
            self.by_start,
            self.by_pair,
            self.owner,
            self.left,
            self.unmet,
            self.flow,
            self.opened,
        )


def served_by(known: Problem, room: Array, sites: Sequence[int]) -> Served:
    """Return who can be served when these sites are open."""
    state = Served.nobody(known, room)
    for site in sites:
        state.open(site)
    return state


def best_with_places(
    known: Problem,
    k: int,
    standing: Sequence[int],
    may: Array,
    room: Array,
    progress: Progress,
) -> Choice:
    """Choose greedily, then swap; see ``best``."""
    base = served_by(known, room, standing)
    already = base.people
    sites, bound = _greedy(base, k, may, known, already)
    bound = min(bound, _without_places(known, k, standing, may, room, already))
    best, stopped = _swaps(
        known, room, standing, sites, may, (already, bound, progress)
    )
    choice = _in_order(known, room, standing, best)
    return replace(choice, bound=max(choice.people, bound), stopped=stopped)


def _greedy(
    state: Served, k: int, may: Array, known: Problem, already: int
) -> tuple[list[int], int]:
    """Return sites, and a bound: what is served and the k best additions to that."""
    reach = np.add.reduceat(np.append(known.weight[known.group], 0), known.start[:-1])
    reach[np.diff(known.start) == 0] = 0
    at_most = np.minimum(reach, state.room)
    at_most[~may] = 0
    bound = known.people - already
    sites: list[int] = []
    while True:
        # Whatever k sites one adds to those open, they add no more than each by itself.
        additions = np.sort(np.where(state.opened, 0, at_most))[::-1][:k]
        bound = min(bound, state.people - already + int(additions.sum()))
        if len(sites) == k:
            return sites, bound
        site, _ = state.most_helpful(may, at_most, 0)
        if site < 0:
            return sites, min(bound, state.people - already)
        state.open(site)
        at_most[site] = 0
        sites.append(site)


def _without_places(
    known: Problem,
    k: int,
    standing: Sequence[int],
    may: Array,
    room: Array,
    already: int,
) -> int:
    """Bound what k sites add by what they would reach if there were always a place."""
    found = search(known, k, may, always, at_once(known))
    standing_reach = known.people - int(
        known.narrowed(
            np.ones(known.sites, np.bool_), np.array(standing, np.int64)
        ).weight.sum()
    )
    held = min(standing_reach, int(room[list(standing)].sum())) if standing else 0
    return max(found.choice.bound + held - already, 0)


def _swaps(
    known: Problem,
    room: Array,
    standing: Sequence[int],
    sites: list[int],
    may: Array,
    told: tuple[int, int, Progress],
) -> tuple[list[int], bool]:
    """Swap one site for another while that helps; True if stopped meanwhile."""
    already, bound, progress = told
    best, most = list(sites), served_by(known, room, [*standing, *sites]).people
    tries = 0
    place = 0
    untried = len(best)
    while untried and most - already < bound and tries < SWAPS * len(best):
        if not progress(tries / (SWAPS * len(best)), most - already, bound):
            return best, True
        tries += 1
        others = best[:place] + best[place + 1 :]
        state = served_by(known, room, [*standing, *others])
        gone = may.copy()
        gone[best[place]] = False
        site, more = state.most_helpful(gone, _at_most(state), most - state.people)
        untried -= 1
        if site >= 0:
            best[place] = site
            most = state.people + more
            untried = len(best)
        place = (place + 1) % len(best)
    return best, False


def _at_most(state: Served) -> Array:
    """Bound what each site adds: its places, and whoever it reaches."""
    reach = np.bincount(
        state.owner, state.known.weight[state.known.group], state.known.sites
    )
    return np.minimum(reach.astype(np.int64), state.room)


def _in_order(
    known: Problem, room: Array, standing: Sequence[int], sites: list[int]
) -> Choice:
    """Order sites by what each adds to those before it."""
    state = served_by(known, room, standing)
    waiting = np.zeros(known.sites, np.bool_)
    waiting[sites] = True
    order: list[int] = []
    gains: list[int] = []
    while True:
        site, more = state.most_helpful(waiting, _at_most(state), 0)
        if site < 0:
            return Choice(tuple(order), tuple(gains), sum(gains))
        state.open(site)
        order.append(site)
        gains.append(more)


def prove_with_places(
    known: Problem,
    k: int,
    standing: Sequence[int],
    may: Array,
    room: Array,
    seconds: float,
    progress: Progress,
) -> Choice:
    """Choose, then let HiGHS search; see ``prove``."""
    from wugeyi.engines.accessibility.siting.model import serving, solve

    first = best_with_places(known, k, standing, may, room, progress)
    if first.proven or first.stopped:
        return first
    already = served_by(known, room, standing).people
    solved = solve(
        serving(known, np.flatnonzero(may), standing, room, k),
        served=-already,
        known=first.people,
        bound=first.bound,
        seconds=seconds,
        progress=progress,
    )
    result = first
    if solved.sites is not None:
        added = [int(site) for site in solved.sites if site not in set(standing)]
        other = _in_order(known, room, standing, added)
        result = other if other.people > first.people else first
    bound = max(result.people, min(first.bound, solved.bound))
    return replace(
        result, bound=bound, stopped=solved.stopped and bound > result.people
    )
