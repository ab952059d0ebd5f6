"""Where buses are and when: nodes by stretch, market and minute.

A bus that has reached a market waits there, is driven empty to another trip's first
stop or to where a trip home begins, or at last back to its depot. A bus that waits for a
trip home to begin is, in the mirrored case, one that has reached the market. A bus that
has ended a trip home goes on to where another trip begins, or to its depot.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.stretches import Stretch, stretches, way
from wugeyi.engines.lineplanning.trips import Pool

Array = NDArray[Any]

NOWHERE = -1
YUAN = 100_000
"""Thousandths of a fen in a yuan: worth and costs are whole thousandths of a fen."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The nodes of one stretch at one market, one for each minute.

    Of trips home, all is that of the mirrored case: a bus has to be there by the minute
    a node stands for, and comes from where it starts no later than at ``home``.

    Parameters
    ----------
    row
        That of the first minute.
    first, last
        Minutes.
    home
        The last minute at which a bus may start for where its stretch ends; before
        ``first`` for never.
    home_metres
        To there.
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


@dataclass(frozen=True, slots=True)
class Turn:
    """The nodes of one stretch where, after a trip home, a trip to market begins.

    Parameters
    ----------
    row
        That of the first minute.
    first, last
        Minutes of the day.
    """

    row: int
    first: int
    last: int

    def came(self, minutes: Array) -> Array:
        """Return the rows of buses that come at these minutes; ``NOWHERE`` if late."""
        rows = self.row + np.maximum(minutes, self.first) - self.first
        return np.where(minutes > self.last, NOWHERE, rows)

    def begins(self, minutes: Array) -> Array:
        """Return the rows trips that begin then take a bus from; ``NOWHERE`` if none."""
        rows = self.row + minutes - self.first
        inside = (minutes >= self.first) & (minutes <= self.last)
        return np.where(inside, rows, NOWHERE)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The rows of the program: requests, then fleets, then buses at places.

    Where there are trips home, the row after the fleets counts buses that go from a
    stop to their depot; any number may.

    Parameters
    ----------
    pools
        Trips to markets, and home.
    stretches
        What buses can do; each has a fleet's row.
    waits
        By stretch and pool.
    turns
        By stretch, and by the place's row in the table of ways.
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
    stretches: tuple[Stretch, ...]
    waits: tuple[tuple[Wait, ...], ...]
    turns: tuple[dict[int, Turn], ...]
    rows: int
    request_milli: Array
    bonus_milli: int = 0

    @property
    def fleet_row(self) -> int:
        """Return the row of the first fleet."""
        return len(self.case.requests)

    @property
    def ended_row(self) -> int:
        """Return the row after the fleets."""
        return self.fleet_row + len(self.stretches)

    @property
    def types(self) -> slice:
        """Return the rows of the fleets without regular duties, one for each vehicle."""
        return slice(self.fleet_row, self.fleet_row + len(self.case.vehicles))

    @property
    def nodes_row(self) -> int:
        """Return the first row of a bus at a place."""
        return self.ended_row + any(pool.tables.home for pool in self.pools)

    @property
    def place(self) -> dict[str, int]:
        """Return the rows of places in the table of ways."""
        return {code: row for row, code in enumerate(self.case.ways.codes)}


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
    spared = sum(max(-each.once_milli, 0) for each in stretches(case))
    aparts = [rules.apart, *(each.apart for each in (*case.stops, *case.markets))]
    near = max(each.soft_minutes * each.price_fen for each in aparts if each)
    return int(worth.sum()) + trip + spared + 2000 * near + 1


def forcing(net: Network, number: int) -> Network:
    """Return the same with so much worth for a request that it is served if it can."""
    worth = request_milli(net.case)
    bonus = _more_than_all(net.case, worth)
    worth[number] += bonus
    return replace(net, request_milli=worth, bonus_milli=bonus)


def network(case: Case, pools: tuple[Pool, ...]) -> Network:
    """Lay out the rows."""
    net = Network(case, pools, stretches(case), (), (), 0, request_milli(case))
    row = net.nodes_row
    waits = []
    for stretch in net.stretches:
        some = []
        for pool in pools:
            some.append(_wait(pool, stretch, row))
            row += pool.arrivals_count
        waits.append(tuple(some))
    turns: list[dict[int, Turn]] = []
    spans = _turns(net)
    for _ in net.stretches:
        turns.append({})
        for stop, (first, last) in spans.items():
            turns[-1][stop] = Turn(row, first, last)
            row += last - first + 1
    return replace(net, waits=tuple(waits), turns=tuple(turns), rows=row)


def _wait(pool: Pool, stretch: Stretch, row: int) -> Wait:
    """Return the nodes of a stretch where a pool's trips arrive."""
    case = pool.tables.case
    if pool.tables.home:
        stretch = stretch.mirrored()
    first = pool.tables.first_minute + case.rules.turnaround_minutes
    last = first + pool.arrivals_count - 1
    market = pool.tables.market.code
    home_minutes, home_metres = way(case.ways, market, stretch.ends_at)
    home = min(last, stretch.until_minute - home_minutes)
    if home_minutes < 0:
        home = first - 1
    return Wait(row, first, last, home, home_metres)


def _turns(net: Network) -> dict[int, tuple[int, int]]:
    """Return from when to when a bus may come from a trip home, by stop."""
    ended = [
        pool.minute(pool.last_bit) + int(pool.trips.back[1:].min())
        for pool in net.pools
        if pool.tables.home and len(pool)
    ]
    found: dict[int, tuple[int, int]] = {}
    if not ended:
        return found
    last: dict[int, int] = {}
    for pool in net.pools:
        if not pool.tables.home and len(pool):
            begins = pool.minute(pool.last_bit) - pool.trips.back[1:]
            stops = pool.tables.stop[pool.trips.item[1:]]
            for stop in np.unique(stops).tolist():
                latest = int(begins[stops == stop].max())
                last[stop] = max(latest, last.get(stop, latest))
    for stop in sorted(last):
        if last[stop] >= min(ended):
            found[stop] = (min(ended), last[stop])
    return found
