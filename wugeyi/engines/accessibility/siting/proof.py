"""Search until nothing better can exist: prices leave most sites out, HiGHS the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.siting.asking import check_places, may_choose
from wugeyi.engines.accessibility.siting.capacity import prove_with_places
from wugeyi.engines.accessibility.siting.choice import (
    PROOF_SLICES,
    Choice,
    Found,
    Progress,
    always,
    ordered,
    search,
)
from wugeyi.engines.accessibility.siting.problem import Problem, problem
from wugeyi.engines.accessibility.siting.sets import Sets

Array = NDArray[Any]


def prove(
    sets: Sets,
    people: Array | Sequence[int],
    k: int,
    *,
    standing: Sequence[int] = (),
    allowed: Array | None = None,
    places: Array | Sequence[int] | None = None,
    seconds: float = 60.0,
    progress: Progress = always,
) -> Choice:
    """Choose k sites and search on until they are proven, or time is up.

    Takes the same as ``best``, and ``seconds``: how long HiGHS may take. Returned with
    ``stopped`` when the proof was not finished; the best choice and the lowest bound
    so far are kept then, and ``gap`` says what may be missing.

    Raises
    ------
    ValueError
        As ``best``.
    """
    known = problem(sets, np.asarray(people))
    may = may_choose(sets, k, standing, allowed)
    if places is not None:
        room = check_places(sets, places)
        return prove_with_places(known, k, standing, may, room, seconds, progress)
    left = known.narrowed(np.ones(known.sites, np.bool_), np.array(standing, np.int64))
    found = search(left, k, may, progress, PROOF_SLICES)
    if found.choice.proven or found.choice.stopped:
        return found.choice
    return _finish(left, k, may, found, seconds, progress)


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """What no argument by prices decides."""

    inside: Array
    open: Array
    left: Problem
    served: int


def reduce(left: Problem, k: int, may: Array, found: Found) -> Reduced:
    """Leave out what cannot be part of a better choice, take in what must be.

    At the bound's prices a choice with a site that earns little is bounded by that
    much less. Where this falls below one more person than the best choice serves, the
    site is in no better choice; likewise for a site whose absence costs too much.
    """
    from wugeyi.engines.accessibility.kernels_bound import UNIT, earnings

    earned = earnings(left.start, left.group, found.price)
    earned[~may] = -1
    order = np.argsort(-earned, kind="stable")
    best = order[:k][earned[order[:k]] >= 0]
    last = int(earned[best[-1]]) if len(best) == k else 0
    following = int(max(earned[order[k]], 0)) if len(order) > k else 0
    enough = (found.choice.people + 1) * UNIT
    open_ = may & (found.bound_units - last + np.minimum(earned, last) >= enough)
    needed = found.bound_units - earned[best] + following < enough
    inside = best[needed]
    open_[inside] = False
    rest = left.narrowed(open_, inside)
    groups = [left.group[left.start[s] : left.start[s + 1]] for s in inside]
    covered = np.unique(np.concatenate([np.zeros(0, np.int32), *groups]))
    return Reduced(inside, open_, rest, int(left.weight[covered].sum()))


def _finish(
    left: Problem,
    k: int,
    may: Array,
    found: Found,
    seconds: float,
    progress: Progress,
) -> Choice:
    """Let HiGHS decide among the sites that are left."""
    from wugeyi.engines.accessibility.siting.model import covering, solve

    first = found.choice
    reduced = reduce(left, k, may, found)
    more = k - len(reduced.inside)
    if not reduced.open.any() or more <= 0:
        # A better choice would be among the sites left: there is none.
        return replace(first, bound=first.people)
    model = covering(reduced.left, np.flatnonzero(reduced.open), more)
    solved = solve(
        model,
        served=reduced.served,
        known=first.people,
        bound=first.bound,
        seconds=seconds,
        progress=progress,
    )
    result = first
    if solved.sites is not None:
        sites = np.concatenate([reduced.inside, solved.sites])
        other = ordered(left, sites)
        result = other if other.people > first.people else first
    bound = max(result.people, min(first.bound, solved.bound))
    return replace(
        result, bound=bound, stopped=solved.stopped and bound > result.people
    )
