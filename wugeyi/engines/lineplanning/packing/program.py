"""The linear and the mixed program, in HiGHS."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.columns import Columns, none, yuan
from wugeyi.engines.lineplanning.packing.cuts import Cuts
from wugeyi.engines.lineplanning.packing.network import Network

Array = NDArray[Any]

Pause = Callable[[], bool]
"""Asked from time to time; False stops HiGHS."""


class Stopped(Exception):
    """Somebody wants to stop; nothing is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """What buses do beside trips: wait a minute, or drive to their depot.

    Parameters
    ----------
    worth
        Yuan, by arc.
    start, row, value
        The matrix by column.
    """

    worth: Array
    start: Array
    row: Array
    value: Array


def arcs(net: Network) -> Arcs:
    """Return them, type by type and market by market."""
    worth: list[float] = []
    start, row, value = [0], [], []
    for vehicle, waits in zip(net.case.vehicles, net.waits, strict=True):
        for wait in waits:
            for step in range(wait.last - wait.first):
                row += [wait.row + step, wait.row + step + 1]
                value += [-1.0, 1.0]
                worth.append(0.0)
                start.append(len(row))
            if wait.home >= wait.first:
                row.append(wait.row + wait.home - wait.first)
                value.append(-1.0)
                worth.append(-wait.home_metres * vehicle.cost_fen_per_km / 100_000)
                start.append(len(row))
    return Arcs(np.array(worth), np.array(start), np.array(row), np.array(value))


def limits(net: Network) -> tuple[Array, Array]:
    """Return the least and the most of every row."""
    low = np.zeros(net.rows)
    high = np.zeros(net.rows)
    low[: net.nodes_row] = -np.inf
    high[: net.fleet_row] = 1.0
    high[net.fleet_row : net.nodes_row] = [each.count for each in net.case.vehicles]
    return low, high


def _solver() -> Any:
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    return solver


def _model(net: Network, low: Array, high: Array) -> Any:
    import highspy

    still = arcs(net)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(still.worth), len(low)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = still.worth
    program.col_lower_ = np.zeros(len(still.worth))
    program.col_upper_ = np.full(len(still.worth), highspy.kHighsInf)
    program.row_lower_ = low
    program.row_upper_ = high
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = still.start
    program.a_matrix_.index_ = still.row
    program.a_matrix_.value_ = still.value
    return program


def _add(solver: Any, net: Network, columns: Columns, cuts: Cuts) -> None:
    start, row, value = columns.program(net.fleet_row, net.nodes_row)
    many = len(columns)
    also, rows = cuts.entries(columns)
    owner = np.concatenate([np.repeat(np.arange(many), np.diff(start)), also])
    order = np.argsort(owner, kind="stable")
    row = np.concatenate([row, net.rows + rows])[order]
    value = np.concatenate([value, np.ones(len(also))])[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=many))])
    solver.addCols(
        many,
        yuan(columns.worth_milli),
        np.zeros(many),
        np.full(many, np.inf),
        len(row),
        start[:-1].astype(np.int32),
        row.astype(np.int32),
        value,
    )


class Linear:
    """The linear program over columns that are added bit by bit."""

    def __init__(self, net: Network, cuts: Cuts, pause: Pause) -> None:
        self.net, self.cuts, self.pause = net, cuts, pause
        self.columns = none()
        self.rows = 0
        self.low, self.high = limits(net)
        self.solver = _solver()
        program = _model(net, self.low, self.high)
        self.arcs = int(program.num_col_)
        self.solver.passModel(program)
        self.solver.cbSimplexInterrupt.subscribe(self._look)

    def _look(self, event: Any) -> None:
        if not self.pause():
            event.interrupt()

    def add(self, columns: Columns) -> None:
        """Take in columns."""
        _add(self.solver, self.net, columns, self.cuts)
        self.columns = self.columns.joined(columns)

    def tighten(self) -> None:
        """Take in the rows that have come since."""
        column, row = self.cuts.entries(self.columns, self.rows)
        order = np.argsort(row, kind="stable")
        many = len(self.cuts) - self.rows
        start = np.searchsorted(row[order], np.arange(many))
        self.solver.addRows(
            many,
            np.full(many, -np.inf),
            np.ones(many),
            len(order),
            start.astype(np.int32),
            (self.arcs + column[order]).astype(np.int32),
            np.ones(len(order)),
        )
        self.rows = len(self.cuts)

    def taken(self) -> Array:
        """Return how much of each column the last solution takes."""
        return np.array(self.solver.getSolution().col_value)[self.arcs :]

    def solve(self) -> tuple[float, Array]:
        """Return the value, yuan, and the prices of the rows.

        Raises
        ------
        Stopped
            ``pause`` said so.
        """
        import highspy

        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Stopped
        prices = np.array(self.solver.getSolution().row_dual)
        for part in (slice(self.net.nodes_row), slice(self.net.rows, None)):
            prices[part] = np.maximum(prices[part], 0.0)
        return float(self.solver.getInfo().objective_function_value), prices


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """What the mixed program gave.

    Parameters
    ----------
    chosen
        Numbers of columns, None if nothing better than what was known was found.
    value, bound
        Yuan.
    ended
        Whether HiGHS ended by itself within its steps: the bound then is the value.
    """

    chosen: Array | None
    value: float
    bound: float
    ended: bool


def mixed(
    net: Network,
    columns: Columns,
    cuts: Cuts,
    *,
    steps: int,
    known: Array | None,
    pause: Pause,
) -> Mixed:
    """Choose among some columns.

    Parameters
    ----------
    steps
        HiGHS gives up after it has asked so often whether to go on.
    known
        Numbers of the columns of a plan to start from.
    """
    import highspy

    solver = _solver()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    # Hardly any tree grows here: starting over only repeats the root's work.
    solver.setOptionValue("mip_allow_restart", False)  # noqa: FBT003
    low, high = limits(net)
    low = np.concatenate([low, np.full(len(cuts), -np.inf)])
    high = np.concatenate([high, np.ones(len(cuts))])
    program = _model(net, low, high)
    solver.passModel(program)
    _add(solver, net, columns, cuts)
    first = program.num_col_
    many = len(columns)
    kinds = [highspy.HighsVarType.kInteger] * many
    numbers = np.arange(first, first + many, dtype=np.int32)
    solver.changeColsIntegrality(many, numbers, np.array(kinds))
    if known is not None:
        given = np.ones(len(known))
        solver.setSolution(len(given), (first + known).astype(np.int32), given)

    asked = count(1)

    # It asks at fixed points of its work, not by the clock.
    def look(event: Any) -> None:
        if next(asked) > steps or not pause():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(look)
    solver.run()
    told = solver.getInfo()
    status = solver.getModelStatus()
    chosen = None
    if told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        taken = np.array(solver.getSolution().col_value)[first:] > 0.5
        chosen = np.flatnonzero(taken)
    return Mixed(
        chosen,
        float(told.objective_function_value),
        float(told.mip_dual_bound),
        status == highspy.HighsModelStatus.kOptimal,
    )
