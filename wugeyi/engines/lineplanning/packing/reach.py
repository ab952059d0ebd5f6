"""How buses get to the first stops of one pool's trips, as arrays.

Of trips home, "to" is "from": in the mirrored case they begin where the last people get
off, and the bus comes from where it really goes next.
"""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.network import NOWHERE, Network

Array = NDArray[Any]


class Reach:
    """One pool's arrays.

    A bus comes from where its stretch starts (origin 0), from where a trip of the same direction has
    arrived (1, 2, …, by pool), or from a trip of the other direction. There is one more origin
    for that; of trips home one for each stop at which trips to market may begin then.
    """

    def __init__(self, net: Network, number: int) -> None:
        self.net, self.number = net, number
        self.pool = net.pools[number]
        self.tables = self.pool.tables
        self.case = self.tables.case
        self.home = self.tables.home
        self.stretches = [
            each.mirrored() if self.home else each for each in net.stretches
        ]
        self.same = [
            other
            for other, pool in enumerate(net.pools)
            if pool.tables.home == self.home
        ]
        self.turns = list(net.turns[0]) if net.turns else []

    @cached_property
    def offsets(self) -> int:
        """Return how many minutes before the first arrival are looked at."""
        return int(self.tables.allowed.shape[1])

    @cached_property
    def minutes(self) -> Array:
        """Return the minutes at which a bus may come to a first stop."""
        first = self.tables.first_minute - self.offsets
        return first + np.arange(self.offsets + self.pool.arrivals_count)

    @cached_property
    def node(self) -> Array:
        """Return rows: [stretches, origins, items, minutes], ``NOWHERE`` if impossible.

        Minutes are those of arriving at the first stop.
        """
        place, minutes = self.net.place, self.minutes
        ways = _table(self.case.ways.minutes)
        there = []
        for t, stretch in enumerate(self.stretches):
            drive = ways[place[stretch.starts_at]][self.tables.stop][:, None]
            depot = self.net.ended_row if self.home else self.net.fleet_row + t
            can = (drive >= 0) & (minutes - drive >= stretch.from_minute)
            origins = [np.where(can, depot, NOWHERE)]
            for other in self.same:
                row = place[self.net.pools[other].tables.market.code]
                drive = ways[row][self.tables.stop][:, None]
                wait = self.net.waits[t][other]
                origins.append(np.where(drive < 0, NOWHERE, wait.at(minutes - drive)))
            rows = np.stack(origins + self._turned(t, ways))
            rows[..., minutes < stretch.from_minute] = NOWHERE
            there.append(rows)
        return np.stack(there).astype(np.int32)

    def _turned(self, t: int, ways: Array) -> list[Array]:
        """Return the rows of buses that come from, or go to, the other direction."""
        turns, minutes = self.net.turns[t], self.minutes
        if not turns:
            return []
        stops = self.tables.stop
        if self.home:
            found = []
            for stop, turn in turns.items():
                drive = ways[stop][stops][:, None]
                found.append(np.where(drive < 0, NOWHERE, turn.came(drive - minutes)))
            return found
        never = np.full(len(minutes), NOWHERE)
        begins = {stop: turn.begins(minutes) for stop, turn in turns.items()}
        return [np.stack([begins.get(stop, never) for stop in stops.tolist()])]

    @cached_property
    def sign(self) -> Array:
        """Return by origin whether a trip adds to the row it comes from or takes.

        It takes a bus that waits, and adds one to those that are out, or that have come
        to where another trip begins.
        """
        many = self.node.shape[1]
        sign = np.full(many, -1.0)
        sign[0] = 1.0
        if self.home:
            sign[1 + len(self.same) :] = 1.0
        return sign

    @cached_property
    def empty_milli(self) -> Array:
        """Return what the way to the first stop costs: [stretches, origins, items].

        Where two trips of different directions meet, the trip home pays the way.
        """
        place = self.net.place
        metres = _table(self.case.ways.metres)
        pools = self.net.pools
        markets = [place[pools[other].tables.market.code] for other in self.same]
        found = []
        for stretch in self.stretches:
            origins = [place[stretch.starts_at], *markets]
            if self.home:
                origins += self.turns
            cost = (
                metres[np.ix_(np.array(origins), self.tables.stop)]
                * stretch.vehicle.cost_fen_per_km
            )
            if not self.home:
                cost[0] += stretch.once_milli
                if self.turns:
                    cost = np.concatenate([cost, np.zeros_like(cost[:1])])
            found.append(cost)
        return np.stack(found)

    @cached_property
    def arrival(self) -> Array:
        """Return the rows of buses that arrive: [stretches, arrivals]."""
        starts = [waits[self.number].row for waits in self.net.waits]
        return np.array(starts)[:, None] + np.arange(self.pool.arrivals_count)

    @cached_property
    def in_time(self) -> Array:
        """Tell whether a stretch has not ended when it arrives: [stretches, arrivals]."""
        until = np.array([each.until_minute for each in self.stretches])
        arrives = self.tables.first_minute + np.arange(self.pool.arrivals_count)
        return np.asarray(arrives <= until[:, None])

    @cached_property
    def requests(self) -> tuple[Array, Array]:
        """Return the requests by item, as starts and numbers."""
        items = self.tables.items
        start = np.cumsum([0, *(len(item.requests) for item in items)])
        numbers = [number for item in items for number in item.requests]
        return start.astype(np.int32), np.array(numbers, np.int32)


def _table(rows: tuple[tuple[int, ...], ...]) -> Array:
    """Return a table of ways; a bus is where it is."""
    found = np.array(rows, np.int64)
    np.fill_diagonal(found, 0)
    return found
