"""Siting as a mixed integer program, handed to HiGHS as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.siting.choice import Progress
from wugeyi.engines.accessibility.siting.problem import Problem

Array = NDArray[Any]
# Serving is counted in whole people: once the bound is less than one above the best
# choice, that choice is proven.
LESS_THAN_ONE = 0.999


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Columns: first one for each site (0 or 1), then what is served; rows ≤ ``most``.

    Parameters
    ----------
    site
        The numbers of the sites of the first columns.
    worth
        float64, what one of a column is worth.
    upper
        float64, how much of a column there can be.
    row_start, column, value
        Coefficients by row.
    most
        float64, what a row may come to.
    """

    site: Array
    worth: Array
    upper: Array
    row_start: Array
    column: Array
    value: Array
    most: Array


@dataclass(frozen=True, slots=True)
class Solved:
    """What HiGHS found: sites (None for nothing better), a bound, and whether it ended."""

    sites: Array | None
    bound: int
    stopped: bool


def covering(left: Problem, sites: Array, k: int) -> Model:
    """Serve groups by at least one open site each, with k open at most."""
    groups = len(left.weight)
    place = np.full(left.sites, -1, np.int64)
    place[sites] = np.arange(len(sites))
    many = np.diff(left.by_start)
    # A group's row: served − its open sites ≤ 0.
    start = np.zeros(groups + 2, np.int64)
    np.cumsum(many + 1, out=start[1 : groups + 1])
    start[-1] = start[-2] + len(sites)
    column = np.empty(start[-1], np.int64)
    value = np.full(start[-1], -1.0)
    own = start[:groups]
    is_own = np.zeros(start[-1], np.bool_)
    is_own[own] = True
    is_own[start[groups] :] = True
    column[own] = len(sites) + np.arange(groups)
    column[~is_own] = place[left.by]
    column[start[groups] :] = np.arange(len(sites))
    value[is_own] = 1.0
    most = np.zeros(groups + 1)
    most[-1] = k
    worth = np.concatenate([np.zeros(len(sites)), left.weight.astype(np.float64)])
    return Model(sites, worth, np.ones(len(worth)), start, column, value, most)


def serving(
    known: Problem, sites: Array, standing: Sequence[int], room: Array, k: int
) -> Model:
    """Serve groups by places at open sites, with k open beside those standing."""
    columns = np.concatenate([sites, np.array(standing, np.int64)])
    count, groups = len(columns), len(known.weight)
    place = np.full(known.sites, -1, np.int64)
    place[columns] = np.arange(count)
    owner = np.repeat(np.arange(known.sites), np.diff(known.start))
    pairs = np.flatnonzero(place[owner] >= 0)
    site, group = place[owner[pairs]], known.group[pairs].astype(np.int64)
    pair = np.arange(len(pairs))
    held = np.minimum(known.weight[group], room[columns][site]).astype(np.float64)
    # Rows: people of a group; places of a site; no service at a closed one; k sites.
    row = np.concatenate(
        [
            group,
            groups + site,
            groups + np.arange(count),
            groups + count + np.repeat(pair, 2),
            np.full(len(sites), groups + count + len(pairs)),
        ]
    )
    column = np.concatenate(
        [
            count + pair,
            count + pair,
            np.arange(count),
            np.stack([count + pair, site], axis=1).reshape(-1),
            np.arange(len(sites)),
        ]
    )
    value = np.concatenate(
        [
            np.ones(2 * len(pairs)),
            -room[columns].astype(np.float64),
            np.stack([np.ones(len(pairs)), -held], axis=1).reshape(-1),
            np.ones(len(sites)),
        ]
    )
    most = np.zeros(groups + count + len(pairs) + 1)
    most[:groups] = known.weight
    most[-1] = k
    order = np.argsort(row, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(most)))])
    worth = np.concatenate([np.zeros(count), np.ones(len(pairs))])
    upper = np.concatenate([np.ones(count), held])
    return Model(columns, worth, upper, start, column[order], value[order], most)


def solve(
    model: Model,
    *,
    served: int,
    known: int,
    bound: int,
    seconds: float,
    progress: Progress,
) -> Solved:
    """Search for a choice better than the known one.

    Parameters
    ----------
    model
        The program.
    served
        People served beside the model, counted in every choice.
    known, bound
        People the best known choice serves, and what is known to be impossible to
        exceed, both with ``served``.
    seconds
        After so many HiGHS stops.
    progress
        Told the share of the seconds that are used up.
    """
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", LESS_THAN_ONE)
    solver.passModel(_program(highspy, model))
    watch = _Watch(served, known, bound, seconds, progress)
    solver.cbMipInterrupt.subscribe(watch.look)
    solver.cbSimplexInterrupt.subscribe(watch.pause)
    solver.run()
    told = solver.getInfo()
    ended = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    reach = bound
    if np.isfinite(told.mip_dual_bound):
        # HiGHS works to a tolerance: a bound just below a whole number is that number.
        reach = min(bound, served + int(np.floor(told.mip_dual_bound + 1e-4)))
    sites = None
    if told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        open_ = np.array(solver.getSolution().col_value)[: len(model.site)] > 0.5
        sites = model.site[open_]
    return Solved(sites, reach, stopped=not ended)


class _Watch:
    """Hears HiGHS from time to time, passes progress on, and stops it when asked."""

    def __init__(
        self, served: int, known: int, bound: int, seconds: float, progress: Progress
    ) -> None:
        self.served, self.known, self.bound = served, known, bound
        self.seconds, self.progress = seconds, progress
        self.heard = -1.0

    def look(self, event: Any) -> None:
        out = event.data_out
        if np.isfinite(out.mip_primal_bound):
            self.known = max(self.known, self.served + round(out.mip_primal_bound))
        if np.isfinite(out.mip_dual_bound):
            reach = self.served + int(np.floor(out.mip_dual_bound + 1e-4))
            self.bound = max(self.known, min(self.bound, reach))
        self.pause(event)

    def pause(self, event: Any) -> None:
        passed = float(event.data_out.running_time)
        # HiGHS asks thousands of times a second.
        if passed < self.heard + 0.1 and self.heard >= 0:
            return
        self.heard = passed
        share = min(passed / self.seconds, 1.0) if self.seconds else 1.0
        if not self.progress(share, self.known, self.bound):
            event.interrupt()


def _program(highspy: Any, model: Model) -> Any:
    program = highspy.HighsLp()
    columns, rows = len(model.worth), len(model.most)
    program.num_col_, program.num_row_ = columns, rows
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = model.worth
    program.col_lower_ = np.zeros(columns)
    program.col_upper_ = model.upper
    program.row_lower_ = np.full(rows, -highspy.kHighsInf)
    program.row_upper_ = model.most
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = model.row_start
    program.a_matrix_.index_ = model.column
    program.a_matrix_.value_ = model.value
    kinds = [highspy.HighsVarType.kInteger] * len(model.site)
    kinds += [highspy.HighsVarType.kContinuous] * (columns - len(kinds))
    program.integrality_ = kinds
    return program
