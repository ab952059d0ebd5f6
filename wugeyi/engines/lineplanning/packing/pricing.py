"""What columns are worth beyond the prices of a linear program."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.columns import Columns, columns_of, none
from wugeyi.engines.lineplanning.packing.cuts import Cuts
from wugeyi.engines.lineplanning.packing.network import NOWHERE, YUAN, Network
from wugeyi.engines.lineplanning.packing.reach import Reach

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What a round of pricing found.

    Parameters
    ----------
    columns
        Those worth most beyond the prices.
    missing
        Yuan by which the program's value may fall short, at most: what the requests'
        prices would have to rise by for no column to be worth more than its prices.
    """

    columns: Columns
    missing: float


def reaches(net: Network) -> list[Reach]:
    """Return the arrays of all pools that have trips."""
    return [
        Reach(net, number)
        for number, pool in enumerate(net.pools)
        if len(pool.tables.items) and len(pool)
    ]


class Pricing:
    """All columns of a case, never written out.

    Parameters
    ----------
    like
        Of the same case, but other worth of requests: its rows and arrays are used.
    """

    def __init__(self, net: Network, like: "Pricing | None" = None) -> None:
        self.net = net
        self.cuts: Cuts = like.cuts.copied() if like else Cuts(net)
        self.reaches: list[Reach] = like.reaches if like else reaches(net)
        costs = [each.vehicle.cost_fen_per_km for each in net.stretches]
        self.per_metre = np.array([each / YUAN for each in costs])
        self.kind = np.array([each.kind for each in net.stretches], np.int32)

    def price(self, prices: Array, most: int, least: float) -> Priced:
        """Find the columns worth most beyond the prices, ``most`` for each pool.

        Of each trip and stretch, the one worth most; those worth more than ``least``.
        """
        from wugeyi.engines.lineplanning.kernels_packing import best, shares

        found = none()
        share = np.zeros(self.net.fleet_row)
        for reach in self.reaches:
            trips = reach.pool.trips
            leaving = self._leaving(reach, prices)
            origin = leaving.argmin(axis=1)
            given = self._given(reach, prices)
            find: Any = best
            worth, when = find(
                *given, leaving.min(axis=1), reach.tables.price, reach.offsets
            )
            shares(trips.item, trips.rest, worth.max(axis=1), *reach.requests, share)
            trip, vehicle = _leading(worth, most, least)
            at = when[trip, vehicle]
            minute = at - trips.back[trip] + reach.offsets
            where = origin[vehicle, trips.item[trip], minute]
            column = np.stack([trip, at, vehicle, where], axis=1)
            found = found.joined(columns_of(self.net, reach, column))
        return Priced(found, float(share.sum()))

    def within(self, prices: Array, least: float, most: int) -> Columns | None:
        """Return all columns worth at least so much; None if there are too many."""
        from wugeyi.engines.lineplanning.kernels_packing import worthy

        find: Any = worthy
        found = none()
        for reach in self.reaches:
            leaving = self._leaving(reach, prices)
            given: tuple[Any, ...] = (least, *self._given(reach, prices), leaving)
            given = (*given, reach.tables.price, reach.offsets)
            many = find(*given, np.empty((0, 4), np.int32), np.empty(0))
            if len(found) + many > most:
                return None
            column, worth = np.empty((many, 4), np.int32), np.empty(many)
            find(*given, column, worth)
            found = found.joined(columns_of(self.net, reach, column))
        return found

    def _given(self, reach: Reach, prices: Array) -> tuple[Any, ...]:
        from wugeyi.engines.lineplanning.kernels_packing import along

        trips = reach.pool.trips
        start, request = reach.requests
        own = self.net.request_milli / YUAN - prices[: self.net.fleet_row]
        sums = np.concatenate([[0.0], np.cumsum(own[request])])
        each = sums[start[1:]] - sums[start[:-1]]
        base = along(trips.item, trips.rest, each)
        hits = zip(prices[self.net.rows :], self.cuts.hits, strict=False)
        for price, hit in hits:
            if price > 0 and reach.number in hit:
                base[hit[reach.number]] -= price
        return (
            trips.item,
            trips.rest,
            trips.back,
            trips.bus,
            self.kind,
            trips.mask,
            base,
            self.per_metre,
            trips.metres,
            np.where(reach.in_time, -prices[reach.arrival], -np.inf),
        )

    def _leaving(self, reach: Reach, prices: Array) -> Array:
        """Return what a bus at a first stop costs: [stretches, origins, items, minutes].

        A fleet's bus costs its price, a waiting one is missed where it waited.
        """
        node = reach.node
        price = prices[node] * reach.sign[:, None, None]
        cost = price + reach.empty_milli[..., None] / YUAN
        return np.ascontiguousarray(np.where(node == NOWHERE, np.inf, cost))


def _leading(worth: Array, most: int, least: float) -> tuple[Array, Array]:
    """Return the trips and types worth most, and at least so much."""
    flat = worth.reshape(-1)
    chosen = np.flatnonzero(flat > least)
    if len(chosen) > most:
        order = np.argsort(-flat[chosen], kind="stable")
        chosen = chosen[order[:most]]
    return np.divmod(chosen, worth.shape[1])
