"""Where buses are and when: nodes by vehicle, market and minute, and what moving costs.

A bus that has reached a market waits there, is driven empty to another trip's first
stop, or at last back to its depot.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.trips import Pool

Array = NDArray[Any]

NOWHERE = -1
YUAN = 100_000
"""Thousandths of a fen in a yuan: worth and costs are whole thousandths of a fen."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The nodes of one type of bus at one market, one for each minute.

    Parameters
    ----------
    row
        That of the first minute.
    first, last
        Minutes.
    home
        The last minute at which a bus may start for its depot; before ``first`` for
        never.
    home_metres
        To the depot.
    """

    row: int
    first: int
    last: int
    home: int
    home_metres: int

    def at(self, minutes: Array) -> Array:
        """Return the rows buses leave from at these minutes; ``NOWHERE`` if too soon."""
        rows = self.row + np.minimum(minutes, self.last) - self.first
        return np.where(minutes < self.first, NOWHERE, rows)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The rows of the program: requests, then fleets, then waiting buses.

    Parameters
    ----------
    waits
        By vehicle and market.
    rows
        How many.
    request_milli
        What each request is worth, thousandths of a fen, with the bonus of the one
        that is to be served at any price.
    bonus_milli
        That bonus; 0 where nobody is forced in.
    """

    case: Case
    pools: tuple[Pool, ...]
    waits: tuple[tuple[Wait, ...], ...]
    rows: int
    request_milli: Array
    bonus_milli: int = 0

    @property
    def fleet_row(self) -> int:
        """Return the row of the first vehicle's fleet."""
        return len(self.case.requests)

    @property
    def nodes_row(self) -> int:
        """Return the first row of a waiting bus."""
        return len(self.case.requests) + len(self.case.vehicles)


def request_milli(case: Case) -> Array:
    """Return what each request is worth, thousandths of a fen."""
    rules = case.rules
    each = [
        request.persons * rules.person_fen + request.baskets * rules.basket_fen
        for request in case.requests
    ]
    return 1000 * np.array(each, np.int64)


def _more_than_all(case: Case, worth: Array) -> int:
    """Return more than any plan is worth and any trip for one request costs."""
    rules = case.rules
    longest = max(max(row) for row in case.ways.metres)
    trip = max(
        3 * longest * v.cost_fen_per_km + 1000 * v.fixed_fen for v in case.vehicles
    )
    aparts = [rules.apart, *(each.apart for each in (*case.stops, *case.markets))]
    near = max(each.soft_minutes * each.price_fen for each in aparts if each)
    return int(worth.sum()) + trip + 2000 * near + 1


def network(
    case: Case, pools: tuple[Pool, ...], *, forced: int | None = None
) -> Network:
    """Lay out the rows.

    Parameters
    ----------
    forced
        The number of a request that is served if any plan can serve it.
    """
    place = {code: row for row, code in enumerate(case.ways.codes)}
    turn = case.rules.turnaround_minutes
    row = len(case.requests) + len(case.vehicles)
    waits = []
    for vehicle in case.vehicles:
        depot = place[vehicle.depot]
        some = []
        for pool in pools:
            market = place[pool.tables.market.code]
            first = pool.tables.first_minute + turn
            last = first + pool.arrivals_count - 1
            home_minutes = case.ways.minutes[market][depot]
            home = min(last, vehicle.until_minute - home_minutes)
            if home_minutes < 0:
                home = first - 1
            metres = case.ways.metres[market][depot]
            some.append(Wait(row, first, last, home, metres))
            row += pool.arrivals_count
        waits.append(tuple(some))
    worth = request_milli(case)
    bonus = 0
    if forced is not None:
        bonus = _more_than_all(case, worth)
        worth[forced] += bonus
    return Network(case, pools, tuple(waits), row, worth, bonus)


class Reach:
    """How buses get to the first stops of one market's trips, as arrays."""

    def __init__(self, net: Network, number: int) -> None:
        self.net, self.number = net, number
        self.pool = net.pools[number]
        self.tables = self.pool.tables

    @cached_property
    def offsets(self) -> int:
        """Return how many minutes before the first arrival are looked at."""
        return int(self.tables.allowed.shape[1])

    @cached_property
    def node(self) -> Array:
        """Return rows: [vehicles, origins, items, minutes], ``NOWHERE`` if impossible.

        Minutes are those of arriving at the first stop.
        """
        case = self.net.case
        place = {code: row for row, code in enumerate(case.ways.codes)}
        first = self.tables.first_minute - self.offsets
        minutes = first + np.arange(self.offsets + self.pool.arrivals_count)
        ways = np.array(case.ways.minutes, np.int64)
        there = []
        for t, vehicle in enumerate(case.vehicles):
            drive = ways[place[vehicle.depot]][self.tables.stop][:, None]
            fleet = self.net.fleet_row + t
            can = (drive >= 0) & (minutes - drive >= vehicle.from_minute)
            origins = [np.where(can, fleet, NOWHERE)]
            for wait, pool in zip(self.net.waits[t], self.net.pools, strict=True):
                row = place[pool.tables.market.code]
                drive = ways[row][self.tables.stop][:, None]
                origins.append(np.where(drive < 0, NOWHERE, wait.at(minutes - drive)))
            there.append(np.stack(origins))
        return np.stack(there).astype(np.int32)

    @cached_property
    def empty_milli(self) -> Array:
        """Return what the way to the first stop costs: [vehicles, origins, items]."""
        case = self.net.case
        place = {code: row for row, code in enumerate(case.ways.codes)}
        metres = np.array(case.ways.metres, np.int64)
        markets = [place[pool.tables.market.code] for pool in self.net.pools]
        found = []
        for vehicle in case.vehicles:
            origins = [place[vehicle.depot], *markets]
            cost = (
                metres[np.ix_(np.array(origins), self.tables.stop)]
                * vehicle.cost_fen_per_km
            )
            cost[0] += vehicle.fixed_fen * 1000
            found.append(cost)
        return np.stack(found)

    @cached_property
    def arrival(self) -> Array:
        """Return the rows of buses that arrive: [vehicles, arrivals]."""
        starts = [waits[self.number].row for waits in self.net.waits]
        return np.array(starts)[:, None] + np.arange(self.pool.arrivals_count)

    @cached_property
    def requests(self) -> tuple[Array, Array]:
        """Return the requests by item, as starts and numbers."""
        items = self.tables.items
        start = np.cumsum([0, *(len(item.requests) for item in items)])
        numbers = [number for item in items for number in item.requests]
        return start.astype(np.int32), np.array(numbers, np.int32)
