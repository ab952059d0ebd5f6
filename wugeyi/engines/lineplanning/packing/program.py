"""The linear and the mixed program, in HiGHS."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.arcs import arcs, limits
from wugeyi.engines.lineplanning.packing.columns import Columns, none, revalued, yuan
from wugeyi.engines.lineplanning.packing.cuts import Cuts
from wugeyi.engines.lineplanning.packing.highs import solver
from wugeyi.engines.lineplanning.packing.network import Network

Array = NDArray[Any]

Pause = Callable[[], bool]
"""Asked from time to time; False stops HiGHS."""


class Stopped(Exception):
    """Somebody wants to stop; nothing is wrong."""


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


def _add(highs: Any, net: Network, columns: Columns, cuts: Cuts) -> None:
    start, row, value = columns.program()
    many = len(columns)
    also, rows = cuts.entries(columns)
    owner = np.concatenate([np.repeat(np.arange(many), np.diff(start)), also])
    order = np.argsort(owner, kind="stable")
    row = np.concatenate([row, net.rows + rows])[order]
    value = np.concatenate([value, np.ones(len(also))])[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=many))])
    highs.addCols(
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
    """The linear program over columns that are added bit by bit.

    Parameters
    ----------
    like
        One of the same case, solved, but other worth of requests: begin where it ended.
    """

    def __init__(
        self, net: Network, cuts: Cuts, pause: Pause, like: "Linear | None" = None
    ) -> None:
        self.net, self.cuts, self.pause = net, cuts, pause
        self.columns = none()
        self.rows = 0
        self.low, self.high = limits(net)
        self.highs = solver()
        program = _model(net, self.low, self.high)
        self.arcs = int(program.num_col_)
        self.highs.passModel(program)
        if like:
            self.tighten()
            self.add(revalued(like.columns, net))
            self.highs.setBasis(like.highs.getBasis())
        self.highs.cbSimplexInterrupt.subscribe(self._look)

    def _look(self, event: Any) -> None:
        if not self.pause():
            event.interrupt()

    def add(self, columns: Columns) -> None:
        """Take in columns."""
        _add(self.highs, self.net, columns, self.cuts)
        self.columns = self.columns.joined(columns)

    def tighten(self) -> None:
        """Take in the rows that have come since."""
        column, row = self.cuts.entries(self.columns, self.rows)
        order = np.argsort(row, kind="stable")
        many = len(self.cuts) - self.rows
        start = np.searchsorted(row[order], np.arange(many))
        self.highs.addRows(
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
        return np.array(self.highs.getSolution().col_value)[self.arcs :]

    def solve(self) -> tuple[float, Array]:
        """Return the value, yuan, and the prices of the rows.

        Raises
        ------
        Stopped
            ``pause`` said so.
        """
        import highspy

        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Stopped
        prices = np.array(self.highs.getSolution().row_dual)
        for part in (slice(self.net.nodes_row), slice(self.net.rows, None)):
            prices[part] = np.maximum(prices[part], 0.0)
        return float(self.highs.getInfo().objective_function_value), prices


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

    highs = solver()
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 1e-6)
    # Hardly any tree grows here: starting over only repeats the root's work.
    highs.setOptionValue("mip_allow_restart", False)  # noqa: FBT003
    low, high = limits(net)
    low = np.concatenate([low, np.full(len(cuts), -np.inf)])
    high = np.concatenate([high, np.ones(len(cuts))])
    program = _model(net, low, high)
    highs.passModel(program)
    _add(highs, net, columns, cuts)
    first = program.num_col_
    many = len(columns)
    kinds = [highspy.HighsVarType.kInteger] * many
    numbers = np.arange(first, first + many, dtype=np.int32)
    highs.changeColsIntegrality(many, numbers, np.array(kinds))
    if known is not None:
        given = np.ones(len(known))
        highs.setSolution(len(given), (first + known).astype(np.int32), given)

    asked = count(1)

    # It asks at fixed points of its work, not by the clock.
    def look(event: Any) -> None:
        if next(asked) > steps or not pause():
            event.interrupt()

    highs.cbMipInterrupt.subscribe(look)
    highs.run()
    told = highs.getInfo()
    status = highs.getModelStatus()
    chosen = None
    if told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        taken = np.array(highs.getSolution().col_value)[first:] > 0.5
        chosen = np.flatnonzero(taken)
    return Mixed(
        chosen,
        float(told.objective_function_value),
        float(told.mip_dual_bound),
        status == highspy.HighsModelStatus.kOptimal,
    )
