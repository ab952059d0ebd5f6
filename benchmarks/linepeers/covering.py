"""The cheapest choice of routes that serve everybody once, in HiGHS."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
FIRST = 20_000
"""Columns the linear program begins with, spread over all."""
MORE = 5_000
"""Of those its prices ask for, taken in at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What was chosen, and what the pool allows at all.

    Parameters
    ----------
    columns
        Numbers of routes; None if nothing cheaper than ``known`` was found.
    linear
        Cost of the linear program: a bound for plans of the pool's routes only.
    proven
        Whether no choice from the pool is cheaper than the best known.
    """

    columns: Array | None
    cost: float
    linear: float
    proven: bool


def choose(
    cost: Array,
    start: Array,
    row: Array,
    least: Array,
    most: Array,
    known: float,
    seconds: float,
) -> Choice:
    """Choose whole columns of a matrix of ones that cost less than ``known`` together.

    Parameters
    ----------
    start, row
        Where each column begins in ``row``, its end included, and its rows.
    least, most
        How many columns a row takes.
    seconds
        HiGHS gives up after them.
    """
    real = len(cost)
    # A row's own column, as dear as all that is known, so that there is a solution.
    alone = np.flatnonzero(least > 0)
    cost = np.concatenate([cost, np.full(len(alone), known)])
    start = np.concatenate([start, start[-1] + 1 + np.arange(len(alone))])
    row = np.concatenate([row, alone])
    owner = np.repeat(np.arange(len(cost)), np.diff(start))
    some = np.linspace(0, real - 1, min(FIRST, real)).astype(int)
    inside = np.union1d(some, real + np.arange(len(alone)))
    while True:
        solver = _solver(cost, start, row, least, most, inside)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return Choice(None, known, -np.inf, proven=False)
        linear = float(solver.getInfo().objective_function_value)
        prices = np.array(solver.getSolution().row_dual)
        short = cost - np.bincount(owner, prices[row], minlength=len(cost))
        cheap = np.flatnonzero(short < -1e-7)
        if not len(cheap):
            break
        more = cheap[np.argsort(short[cheap], kind="stable")[:MORE]]
        inside = np.union1d(inside, more)
    # Any choice with a column dearer than this is dearer than what is known.
    near = np.flatnonzero(short <= known - linear + 1e-6)
    smaller = _solver(cost, start, row, least, most, near)
    kinds = np.array([highspy.HighsVarType.kInteger] * len(near))
    numbers = np.arange(len(near), dtype=np.int32)
    smaller.changeColsIntegrality(len(near), numbers, kinds)
    smaller.setOptionValue("time_limit", seconds)
    smaller.setOptionValue("objective_bound", known)
    smaller.run()
    status, told = smaller.getModelStatus(), smaller.getInfo()
    ended = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
    feasible = highspy.SolutionStatus.kSolutionStatusFeasible
    value = float(told.objective_function_value)
    if told.primal_solution_status != feasible or value >= known - 1e-6:
        return Choice(None, known, linear, status in ended)
    taken = near[np.array(smaller.getSolution().col_value) > 0.5]
    return Choice(taken, value, linear, status in ended)


def _solver(
    cost: Array, start: Array, row: Array, least: Array, most: Array, which: Array
) -> Any:
    """Return HiGHS with some of the columns."""
    sizes = np.diff(start)[which]
    begin = np.concatenate([[0], np.cumsum(sizes)])
    jump = np.repeat(start[which] - begin[:-1], sizes)
    rows = row[jump + np.arange(begin[-1])]
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(which), len(least)
    program.col_cost_ = cost[which]
    program.col_lower_ = np.zeros(len(which))
    program.col_upper_ = np.full(len(which), highspy.kHighsInf)
    program.row_lower_, program.row_upper_ = least, most
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = begin.astype(np.int32)
    program.a_matrix_.index_ = rows.astype(np.int32)
    program.a_matrix_.value_ = np.ones(len(rows))
    solver.passModel(program)
    return solver
