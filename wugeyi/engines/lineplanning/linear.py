"""A linear or mixed program, written row by row and answered by HiGHS."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

Term = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What HiGHS found.

    Parameters
    ----------
    values
        By column; empty where nothing was found.
    bound
        No solution costs less.
    optimal, impossible
        Whether that is proven.
    """

    values: tuple[float, ...]
    cost: float
    bound: float
    optimal: bool
    impossible: bool


class Program:
    """Columns and rows of a program whose cost is to be small."""

    def __init__(self) -> None:
        self._cost: list[float] = []
        self._most: list[float] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._start = [0]
        self._column: list[int] = []
        self._value: list[float] = []

    def column(self, cost: float = 0.0, most: float = 1.0) -> int:
        """Add an unknown from 0 to ``most``; return its number."""
        self._cost.append(cost)
        self._most.append(most)
        return len(self._cost) - 1

    def row(self, low: float, high: float, terms: Iterable[Term]) -> None:
        """Keep a sum between two figures."""
        for column, value in terms:
            self._column.append(column)
            self._value.append(value)
        self._start.append(len(self._column))
        self._low.append(low)
        self._high.append(high)

    def solve(self, *, whole: bool, nodes: int | None = None) -> Answer:
        """Solve it, with whole numbers or any; ``nodes`` limits the work on whole ones.

        The same program and limit give the same answer.
        """
        import highspy

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)  # noqa: FBT003
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", 0)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.9 if self._whole_costs() else 1e-6)
        if nodes is not None:
            solver.setOptionValue("mip_max_nodes", nodes)
        solver.passModel(self._model(highspy, whole=whole))
        solver.run()
        return _answer(highspy, solver, whole=whole)

    def _whole_costs(self) -> bool:
        return all(float(each).is_integer() for each in self._cost)

    def _model(self, highspy: Any, *, whole: bool) -> Any:
        program = highspy.HighsLp()
        columns = len(self._cost)
        program.num_col_, program.num_row_ = columns, len(self._low)
        program.col_cost_ = np.array(self._cost, dtype=float)
        program.col_lower_ = np.zeros(columns)
        program.col_upper_ = np.array(self._most, dtype=float)
        program.row_lower_ = np.array(self._low, dtype=float)
        program.row_upper_ = np.array(self._high, dtype=float)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(self._start)
        program.a_matrix_.index_ = np.array(self._column, dtype=np.int32)
        program.a_matrix_.value_ = np.array(self._value, dtype=float)
        if whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * columns
        return program


def _answer(highspy: Any, solver: Any, *, whole: bool) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    kinds = highspy.HighsModelStatus
    optimal = status == kinds.kOptimal
    found = info.primal_solution_status == 2
    bound = float(info.mip_dual_bound) if whole else float("-inf")
    if optimal and not whole:
        bound = float(info.objective_function_value)
    return Answer(
        values=tuple(solver.getSolution().col_value) if found else (),
        cost=float(info.objective_function_value) if found else float("inf"),
        bound=bound,
        optimal=optimal,
        # All unknowns have limits, so "unbounded or infeasible" is the latter.
        impossible=status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible},
    )
