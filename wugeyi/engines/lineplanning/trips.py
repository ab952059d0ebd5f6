"""Every trip a bus could make to a market or home from it, and at which minutes.

What "every" covers: all sets of requests of one market that one bus can take, in every
order of stops, except an order that another one of the same requests and the same first
stop stands in for: as quick to the minute, not longer, allowed at every minute of
arrival at which it is, and not dearer there. So nothing is missed, not even where a
regular departure at a stop further up leaves room only in front of a slower trip.

Trips home are the same in a mirrored case (``mirror``): a pool of them speaks of it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.mirror import mirrored
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.tables import Item, Tables, tables

Array = NDArray[Any]

MOST = 30_000_000
"""Trips to one market that fit a machine's memory."""
WORD = 64


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """Trips as arrays; trip 0 is the market alone.

    Parameters
    ----------
    item, rest
        The first item of a trip, and the number of the trip without it.
    back
        Minutes from the arrival at the first stop to the arrival at the market.
    metres
        Between them.
    load
        [trips, 2], persons and baskets.
    bus
        A bit for each vehicle of the case that can make it.
    mask
        [trips, words], a bit for each minute of arrival.
    """

    item: Array
    rest: Array
    back: Array
    metres: Array
    load: Array
    bus: Array
    mask: Array

    def joined(self, other: "Grown") -> "Grown":
        """Return both, one after the other."""
        return Grown(
            *(
                np.concatenate([getattr(self, name), getattr(other, name)])
                for name in self.__slots__
            )
        )

    def taken(self, which: Array) -> "Grown":
        """Return some of them."""
        return Grown(*(getattr(self, name)[which] for name in self.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Trips to one market, or home from it.

    Parameters
    ----------
    tables
        The market's numbers.
    trips
        The trips; number 0 is none.
    """

    tables: Tables
    trips: Grown

    def __len__(self) -> int:
        return len(self.trips.item) - 1

    @property
    def arrivals_count(self) -> int:
        """Return how many minutes of arrival the masks have room for."""
        return WORD * int(self.trips.mask.shape[1])

    def chain(self, trip: int) -> list[Item]:
        """Return a trip's items in the order of calls; of a trip home, last call first."""
        found = []
        while trip > 0:
            found.append(self.tables.items[self.trips.item[trip]])
            trip = int(self.trips.rest[trip])
        return found

    def arrivals(self, trip: int) -> list[int]:
        """Return the minutes at which a trip may arrive, home those it may leave at."""
        words = self.trips.mask[trip].tolist()
        bits = sum(int(word) << (WORD * w) for w, word in enumerate(words))
        found = [self.minute(k) for k in range(bits.bit_length()) if bits >> k & 1]
        return sorted(found)

    @property
    def last_bit(self) -> int:
        """Return the last bit in any trip's mask; there must be a trip."""
        words = np.bitwise_or.reduce(self.trips.mask[1:], axis=0).tolist()
        bits = sum(int(word) << (WORD * w) for w, word in enumerate(words))
        return bits.bit_length() - 1

    def minute(self, bit: int) -> int:
        """Return the minute at the market that a bit of the masks stands for."""
        minute = self.tables.first_minute + bit
        return -minute if self.tables.home else minute


def pools(case: Case, *, most: int = MOST) -> tuple[Pool, ...]:
    """Return the trips to every market, then home from those somebody wants home from.

    Both in the order of the case's markets.

    Raises
    ------
    Refused
        There are more than ``most`` to one market.
    """
    wanted = {each.market for each in case.requests if each.home}
    known = [tables(case, market) for market in case.markets]
    if wanted:
        back = mirrored(case)
        known += [
            tables(back, market, home=True)
            for market in back.markets
            if market.code in wanted
        ]
    return tuple(_pool(each, case.rules.stops_limit, most=most) for each in known)


def _pool(known: Tables, stops_limit: int, *, most: int) -> Pool:
    grown = _market(known)
    drawn = np.random.default_rng(0).integers(
        1, 2**63, len(known.items) + 1, dtype=np.uint64
    )
    keys = np.zeros(1, np.uint64)
    begin = 0
    for _ in range(stops_limit):
        level = _level(known, grown, np.arange(begin, len(keys), dtype=np.int32))
        begin = len(keys)
        if begin + len(level.item) > most:
            values = {"most": most}
            raise Refused(Finding("trips-too-many", "error", known.market.name, values))
        key = keys[level.rest] + drawn[level.item]
        keep = _settled(known, grown, level, key)
        grown, keys = grown.joined(level.taken(keep)), np.append(keys, key[keep])
        if not keep.any():
            break
    return Pool(known, grown)


def _market(known: Tables) -> Grown:
    """Return the trip that is only the arrival: all buses, all minutes."""
    return Grown(
        item=np.array([len(known.items)], np.int32),
        rest=np.full(1, -1, np.int32),
        back=np.zeros(1, np.int32),
        metres=np.zeros(1, np.int64),
        load=np.zeros((1, 2), np.int32),
        bus=np.array([(1 << len(known.seats)) - 1], np.int32),
        mask=np.full((1, known.allowed.shape[2]), 2**64 - 1, np.uint64),
    )


def _level(known: Tables, grown: Grown, parents: Array) -> Grown:
    """Return trips with one stop more than their parents."""
    from wugeyi.engines.lineplanning.kernels_trips import extend

    given = (
        parents,
        grown.item,
        grown.rest,
        grown.back,
        grown.load,
        grown.bus,
        grown.mask,
        known.stop,
        known.gets_on,
        known.call_minutes,
        known.minutes,
        known.takes,
        known.allowed,
        known.seats,
        known.places,
        known.floor,
        known.floor_each,
        known.ride_limit,
    )
    out = np.empty((extend(*given, np.empty((0, 4), np.int32)), 4), np.int32)
    extend(*given, out)
    item, parent = out[:, 0], out[:, 1]
    return Grown(
        item=item,
        rest=parent,
        back=out[:, 2],
        metres=grown.metres[parent] + known.metres[item, grown.item[parent]],
        load=grown.load[parent] + known.gets_on[item],
        bus=out[:, 3],
        mask=grown.mask[parent] & known.allowed[item, out[:, 2]],
    )


def _settled(known: Tables, grown: Grown, level: Grown, key: Array) -> Array:
    """Return which trips of a level no other stands in for."""
    from wugeyi.engines.lineplanning.kernels_trips import settle

    before = len(grown.item)
    both = grown.joined(level)
    order = before + np.argsort(key, kind="stable")
    keys = np.concatenate([np.zeros(before, np.uint64), key])
    keep = settle(
        order,
        keys,
        both.item,
        both.rest,
        both.back,
        both.metres,
        both.mask,
        known.price,
    )
    return np.asarray(keep)[before:]
