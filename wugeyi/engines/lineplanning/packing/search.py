"""From trips to the best plan: prices first, then ever more columns, until proven."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing.blocks import blocks, money
from wugeyi.engines.lineplanning.packing.columns import Columns, none, useful
from wugeyi.engines.lineplanning.packing.network import (
    YUAN,
    Network,
    forcing,
    network,
)
from wugeyi.engines.lineplanning.packing.pricing import Pricing
from wugeyi.engines.lineplanning.packing.program import Linear, Mixed, Stopped, mixed
from wugeyi.engines.lineplanning.plan import Plan
from wugeyi.engines.lineplanning.trips import Pool, pools

Array = NDArray[Any]

Progress = Callable[[int, int], bool]
"""Told the value of the best plan so far and the bound so far, both thousandths of a
fen; False stops the work, and the best plan so far is returned."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much work may be done: counts, never seconds, so that a plan comes again.

    Parameters
    ----------
    steps
        Of HiGHS in each mixed program: how often it asks whether to go on, some twenty
        times a second for sixty villages.
    columns
        In one mixed program; above it the bound stays that of the linear program.
    per_round
        Columns of a pool added to the linear program at once.
    rounds
        Of mixed programs; each has two and a half times as much room as the one
        before, until nothing outside can be better.
    cut_rounds
        In which rows are added that no plan breaks but the linear program does.
    """

    steps: int = 2_000
    columns: int = 150_000
    per_round: int = 1_000
    rounds: int = 20
    cut_rounds: int = 25


def always(_value_milli: int, _bound_milli: int) -> bool:
    """Go on: the progress nobody asked for."""
    return True


FIRST_SHARE = 0.004
"""Of the linear program's value: how much columns of the first round may fall short."""
FIRST_COLUMNS = 16_000
WIDER = 1.8
"""How much more in the next."""
LEAST = 1e-7
"""Yuan: a column worth less than this beyond its prices does not help."""
FEW, MOST_MORE = 50, 3_000
"""Where fewer trips are worth more than their prices, they are added at all minutes and
from everywhere where they are, if these are no more: the last rounds would add each."""
LITTLE = 1e-5
"""Of the bound: less than this is no help."""
TOLERANCE = 1e-4
"""Yuan; HiGHS works to about a hundredth of it."""


def solve(
    case: Case,
    *,
    work: Work | None = None,
    progress: Progress = always,
    known: tuple[Pool, ...] | None = None,
) -> Plan:
    """Find the plan worth most.

    Parameters
    ----------
    case
        As ``inputs.findings`` has no errors about.
    known
        The trips, if they are there already.

    Returns
    -------
    Plan
        The same for the same case and work.

    Raises
    ------
    Refused
        There are too many trips (``trips.pools``).
    """
    net = network(case, pools(case) if known is None else known)
    return Search(net, work or Work(), progress).run()


class Forcing:
    """Finds plans of one case that serve one request or another at any price.

    The prices of the case itself, found once, are where each search begins.
    """

    def __init__(self, case: Case, known: tuple[Pool, ...], work: Work) -> None:
        self.search = Search(network(case, known), work, always)
        self.search.price()

    def plan(self, number: int) -> Plan:
        """Return the plan worth most that serves a request, if any plan can.

        Its bound is that of plans that do. The same for the same case, number and work.
        """
        return self.search.forcing(number).run()


class Search:
    """One search: the prices, the best columns so far, and the bound.

    Parameters
    ----------
    like
        One of the same case, priced, but other worth of requests: begin where it is.
    """

    def __init__(
        self,
        net: Network,
        work: Work,
        progress: Progress,
        like: "Search | None" = None,
    ) -> None:
        self.net, self.work, self.progress = net, work, progress
        self.pricing: Pricing = Pricing(net, like.pricing if like else None)
        self.linear: Linear = Linear(
            net, self.pricing.cuts, self._pause, like.linear if like else None
        )
        spared = sum(max(-each.once_milli, 0) for each in net.stretches)
        self.bound = float(net.request_milli.sum() + spared) / YUAN
        self.value = 0.0
        self.best = none()
        self.prices = np.zeros(net.rows)
        self.stopped = False

    def run(self) -> Plan:
        """Search."""
        try:
            self.price()
            self._widen()
        except Stopped:
            self.stopped = True
        made = blocks(self.net, self.best)
        sums = money(self.net.case, made)
        plan = Plan(
            blocks=made,
            left_out=(),
            money=sums,
            bound_milli=max(sums.value_milli, self._milli(self.bound)),
            another_bus_milli=tuple(
                round(YUAN * price) for price in self.prices[self.net.types]
            ),
            stopped=self.stopped,
        )
        return _with_left_out(self.net.case, plan)

    def _milli(self, bound: float) -> int:
        """Return a bound in thousandths of a fen, HiGHS's tolerance taken off.

        Nothing between the value and the value and that tolerance can be told apart.
        """
        if bound <= self.value + TOLERANCE:
            return round(self.value * YUAN) - self.net.bonus_milli
        return math.ceil(bound * YUAN) - self.net.bonus_milli

    def _told(self) -> None:
        if not self._pause():
            raise Stopped

    def _pause(self) -> bool:
        value = round(self.value * YUAN) - self.net.bonus_milli
        return self.progress(max(value, 0), self._milli(self.bound))

    def forcing(self, number: int) -> "Search":
        """Return a search that serves a request, and begins with what is known here."""
        return Search(forcing(self.net, number), self.work, self.progress, self)

    def price(self) -> None:
        """Solve the linear program, then with rows no plan breaks, while that helps."""
        cuts = self.pricing.cuts
        self._converge()
        for _ in range(self.work.cut_rounds):
            before = self.bound
            found = cuts.broken(self.linear.columns, self.linear.taken())
            if not found:
                return
            cuts.add(found, self.pricing.reaches)
            self.linear.tighten()
            self._converge()
            if before - self.bound < LITTLE * before:
                return

    def _converge(self) -> None:
        """Add columns to the linear program until none is worth more than its prices."""
        while True:
            value, prices = self.linear.solve()
            priced = self.pricing.price(prices, self.work.per_round, LEAST)
            if value + priced.missing <= self.bound:
                self.bound = value + priced.missing
                self.prices = prices
            self._told()
            if not len(priced.columns):
                return
            columns = priced.columns
            if len(columns) < FEW:
                more = self.pricing.within(prices, LEAST, MOST_MORE)
                columns = columns if more is None else more
            self.linear.add(columns)

    def _widen(self) -> None:
        """Choose among columns near the prices, then among ever more of them.

        A plan with a column that falls short of its prices by more than ``short`` is
        worth at most the linear program's bound less ``short``.
        """
        top = self.bound
        short = self._first_short()
        for _ in range(self.work.rounds):
            if self.bound <= self.value + TOLERANCE:
                return
            needed = top - self.value
            short = needed if short * 1.3 >= needed else short
            columns = self.pricing.within(
                self.prices, -short - TOLERANCE, self.work.columns
            )
            if columns is None:
                return
            found = self._choose(useful(columns, self.net.fleet_row))
            self.bound = min(self.bound, max(found.bound, top - short, self.value))
            self._told()
            if not found.ended:
                return
            short *= WIDER

    def _first_short(self) -> float:
        """Return how much columns may fall short at first: few enough to choose from."""
        short = FIRST_SHARE * (self.bound - self.net.bonus_milli / YUAN)
        most = min(FIRST_COLUMNS, self.work.columns)
        while short > TOLERANCE:
            if self.pricing.within(self.prices, -short - TOLERANCE, most) is not None:
                break
            short /= WIDER
        return short

    def _choose(self, columns: Columns) -> Mixed:
        found = mixed(
            self.net,
            columns.joined(self.best),
            self.pricing.cuts,
            steps=self.work.steps,
            known=np.arange(len(self.best)) + len(columns) if len(self.best) else None,
            pause=self._pause,
        )
        if found.chosen is not None and found.value > self.value + TOLERANCE:
            self.best = columns.joined(self.best).taken(found.chosen)
            self.value = found.value
        return found


def _with_left_out(case: Case, plan: Plan) -> Plan:
    served = plan.served
    left = tuple(each.code for each in case.requests if each.code not in served)
    return Plan(
        plan.blocks,
        left,
        plan.money,
        plan.bound_milli,
        plan.another_bus_milli,
        plan.stopped,
    )
