"""What buses do beside trips, and how many rows of the program allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.network import YUAN, Network, Turn, Wait

Array = NDArray[Any]

Arc = tuple[float, list[int], list[float]]
"""Yuan, rows, coefficients."""


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """What buses do beside trips: wait a minute, drive to their depot, or to a market.

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
    """Return them, stretch by stretch and market by market."""
    found = [
        arc
        for vehicle, waits in enumerate(net.waits)
        for number, wait in enumerate(waits)
        for arc in _waiting(net, vehicle, number, wait)
    ]
    for vehicle, turns in enumerate(net.turns):
        found += _linking(net, vehicle)
        for turn in turns.values():
            found += _standing(turn)
    start = np.cumsum([0, *(len(rows) for _, rows, _ in found)])
    return Arcs(
        np.array([worth for worth, _, _ in found]),
        start,
        np.array([row for _, rows, _ in found for row in rows]),
        np.array([value for _, _, values in found for value in values]),
    )


def _waiting(net: Network, number: int, pool: int, wait: Wait) -> Iterator[Arc]:
    """Yield waiting at one market, and the way to the depot; home, from it."""
    for step in range(wait.last - wait.first):
        yield 0.0, [wait.row + step, wait.row + step + 1], [-1.0, 1.0]
    if wait.home < wait.first:
        return
    stretch = net.stretches[number]
    row = wait.row + wait.home - wait.first
    cost = wait.home_metres * stretch.vehicle.cost_fen_per_km
    if net.pools[pool].tables.home:
        milli = cost + stretch.once_milli
        yield -milli / YUAN, [net.fleet_row + number, row], [1.0, -1.0]
    else:
        yield -cost / YUAN, [row], [-1.0]


def _linking(net: Network, number: int) -> Iterator[Arc]:
    """Yield the ways from where trips to market end to where trips home begin.

    Mirrored, a bus that waits for a trip home is one too many: both end here.
    """
    ways, place = net.case.ways, net.place
    per_km = net.stretches[number].vehicle.cost_fen_per_km
    markets = [place[pool.tables.market.code] for pool in net.pools]
    kinds = [pool.tables.home for pool in net.pools]
    for here, came in enumerate(net.waits[number]):
        for there, goes in enumerate(net.waits[number]):
            if kinds[here] or not kinds[there]:
                continue
            minutes = ways.minutes[markets[here]][markets[there]]
            metres = ways.metres[markets[here]][markets[there]]
            if markets[here] == markets[there]:
                # It has stood there long enough already.
                minutes, metres = -net.case.rules.turnaround_minutes, 0
            elif minutes < 0:
                continue
            # Before the first minute that counts there, one way stands for all.
            first = max(came.first, min(-goes.last - minutes, came.last))
            last = min(came.last, -goes.first - minutes)
            for minute in range(first, last + 1):
                by = max(minute + minutes, -goes.last)
                rows = [came.row + minute - came.first, goes.row - by - goes.first]
                yield -metres * per_km / YUAN, rows, [-1.0, -1.0]


def _standing(turn: Turn) -> Iterator[Arc]:
    """Yield standing where a trip to market begins."""
    for step in range(turn.last - turn.first):
        yield 0.0, [turn.row + step, turn.row + step + 1], [-1.0, 1.0]


def limits(net: Network) -> tuple[Array, Array]:
    """Return the least and the most of every row."""
    low = np.zeros(net.rows)
    high = np.zeros(net.rows)
    low[: net.nodes_row] = -np.inf
    high[: net.fleet_row] = 1.0
    high[net.fleet_row : net.ended_row] = [each.count for each in net.stretches]
    high[net.ended_row : net.nodes_row] = np.inf
    return low, high
