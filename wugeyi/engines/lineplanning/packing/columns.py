"""Columns: trips with a minute, a type of bus and where it comes from."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.packing.network import YUAN, Network, request_milli
from wugeyi.engines.lineplanning.packing.reach import Reach

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Some columns.

    Parameters
    ----------
    key
        [., 5]: pool, trip, arrival (bits of the mask), stretch, origin.
    worth_milli
        Thousandths of a fen, all costs of the bus from its origin to the market taken
        off; home, from the market on.
    arrives, leaves
        Rows of the program: where it arrives, and where its bus comes from; mirrored,
        of trips home.
    sign
        What is added to the row it comes from: 1 or -1.
    start, request
        The requests by column.
    """

    key: Array
    worth_milli: Array
    arrives: Array
    leaves: Array
    sign: Array
    start: Array
    request: Array

    def __len__(self) -> int:
        return len(self.key)

    def joined(self, other: "Columns") -> "Columns":
        """Return both, one after the other."""
        return Columns(
            np.concatenate([self.key, other.key]),
            np.concatenate([self.worth_milli, other.worth_milli]),
            np.concatenate([self.arrives, other.arrives]),
            np.concatenate([self.leaves, other.leaves]),
            np.concatenate([self.sign, other.sign]),
            np.concatenate([self.start, self.start[-1] + other.start[1:]]),
            np.concatenate([self.request, other.request]),
        )

    def taken(self, which: Array) -> "Columns":
        """Return some of them, by number."""
        many = np.diff(self.start)[which]
        start = np.concatenate([[0], np.cumsum(many)])
        place = np.arange(start[-1]) + np.repeat(self.start[which] - start[:-1], many)
        return Columns(
            self.key[which],
            self.worth_milli[which],
            self.arrives[which],
            self.leaves[which],
            self.sign[which],
            start,
            self.request[place],
        )

    def program(self) -> tuple[Array, Array, Array]:
        """Return them as a matrix by column: starts, rows, coefficients.

        A request is served once, a bus of a fleet is taken once; a bus that waits is
        taken away where the trip leaves and put where it arrives. Both ends in one row
        cancel out.
        """
        many = np.diff(self.start)
        start = np.concatenate([[0], np.cumsum(many + 2)])
        rows = np.empty(start[-1], np.int64)
        value = np.ones(start[-1])
        ends = start[1:] - 2
        inside = np.ones(start[-1], np.bool_)
        inside[ends], inside[ends + 1] = False, False
        rows[inside] = self.request
        rows[ends], rows[ends + 1] = self.arrives, self.leaves
        value[ends + 1] = self.sign
        return start, rows, value


def columns_of(net: Network, reach: Reach, column: Array) -> Columns:
    """Return columns of one pool from [., 4] trip, arrival, stretch, origin."""
    from wugeyi.engines.lineplanning.kernels_packing import members
    from wugeyi.engines.lineplanning.kernels_trips import price_at

    trips, known = reach.pool.trips, reach.tables
    trip, at, vehicle, origin = column.T
    start, request = members(
        np.ascontiguousarray(trip, np.int32), trips.item, trips.rest, *reach.requests
    )
    owner = np.repeat(np.arange(len(trip)), np.diff(start))
    worth = np.zeros(len(trip), np.int64)
    np.add.at(worth, owner, net.request_milli[request])
    costs = [each.vehicle.cost_fen_per_km for each in net.stretches]
    per_km = np.array(costs, np.int64)
    worth -= per_km[vehicle] * trips.metres[trip]
    worth -= reach.empty_milli[vehicle, origin, trips.item[trip]]
    if known.price.shape[1]:
        given: tuple[Any, ...] = (
            trips.item,
            trips.rest,
            trips.back,
            known.price,
            reach.offsets,
        )
        pairs = zip(trip.tolist(), at.tolist(), strict=True)
        paid = [price_at(*pair, *given) for pair in pairs]
        worth -= 1000 * np.array(paid, np.int64)
    minute = at - trips.back[trip] + reach.offsets
    pool = np.full(len(trip), reach.number)
    return Columns(
        np.stack([pool, trip, at, vehicle, origin], axis=1).astype(np.int32),
        worth,
        reach.arrival[vehicle, at],
        reach.node[vehicle, origin, trips.item[trip], minute].astype(np.int64),
        reach.sign[origin],
        start,
        request,
    )


def revalued(columns: Columns, net: Network) -> Columns:
    """Return columns of a case at what its requests are worth now."""
    more = net.request_milli - request_milli(net.case)
    worth = columns.worth_milli.copy()
    owner = np.repeat(np.arange(len(columns)), np.diff(columns.start))
    np.add.at(worth, owner, more[columns.request])
    return replace(columns, worth_milli=worth)


def none() -> Columns:
    """Return no columns."""
    empty = np.zeros(0, np.int64)
    return Columns(
        np.zeros((0, 5), np.int32),
        empty,
        empty,
        empty,
        np.zeros(0),
        np.zeros(1, np.int64),
        empty,
    )


def yuan(milli: Array) -> Array:
    """Return thousandths of a fen as yuan."""
    return np.asarray(milli / YUAN)


def useful(columns: Columns, fleet_row: int) -> Columns:
    """Leave out what another column of the same requests, bus and origin replaces."""
    from wugeyi.engines.lineplanning.kernels_packing import useless

    if not len(columns):
        return columns
    # Sets of requests as sums of drawn numbers, told apart by what they are then.
    drawn = np.random.default_rng(1).integers(1, 2**62, (fleet_row, 2), dtype=np.uint64)
    owner = np.repeat(np.arange(len(columns)), np.diff(columns.start))
    sums = np.zeros((len(columns), 2), np.uint64)
    np.add.at(sums, owner, drawn[columns.request])
    pool, vehicle, origin = columns.key[:, 0], columns.key[:, 3], columns.key[:, 4]
    names = np.column_stack([sums, pool, vehicle, origin]).astype(np.uint64)
    group = np.unique(names, axis=0, return_inverse=True)[1].reshape(-1)
    gone = useless(
        np.argsort(group, kind="stable"),
        group.astype(np.int64),
        columns.worth_milli,
        # What is added to a row is of the more use the earlier it comes there.
        np.where(columns.sign < 0, columns.leaves, -columns.leaves),
        columns.arrives,
    )
    return columns.taken(np.flatnonzero(~gone))
