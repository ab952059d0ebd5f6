"""Trips, blocks and money reckoned from who rides where, whether or not rules allow it.

Where there is no road, driving takes no time and no way: the checker tells the breach.
"""

from collections.abc import Sequence

from wugeyi.engines.lineplanning.loads import aboard
from wugeyi.engines.lineplanning.model import NO_ROAD, Case, Place
from wugeyi.engines.lineplanning.plan import Block, Call, Money, Trip
from wugeyi.engines.lineplanning.stretches import by_bus, used

Visit = tuple[str, tuple[str, ...]]
"""A stop, and the codes of those who get on or off there."""


class Reckoning:
    """Reckons parts of plans of one case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.riders = {each.code: each for each in case.requests}
        self.kinds = {each.code: each for each in case.vehicles}
        places: tuple[Place, ...] = (*case.stops, *case.markets)
        self._shared = by_bus(case)
        self._apart = {each.code: each.apart or case.rules.apart for each in places}
        self._row = {code: row for row, code in enumerate(case.ways.codes)}
        self._regular: dict[str, list[int]] = {}
        for each in case.departures:
            self._regular.setdefault(each.place, []).append(each.minute)

    def minutes(self, here: str, there: str) -> int:
        """Return the driving time."""
        if here == there:
            return 0
        return max(self.case.ways.minutes[self._row[here]][self._row[there]], 0)

    def metres(self, here: str, there: str) -> int:
        """Return the length of the way."""
        if here == there:
            return 0
        return max(self.case.ways.metres[self._row[here]][self._row[there]], 0)

    def trip(
        self,
        market: str,
        visits: Sequence[Visit],
        market_minute: int,
        *,
        home: bool = False,
    ) -> Trip:
        """Return the trip that takes the least time and does not wait."""
        calls = [] if home else self._up(market, visits, market_minute)
        metres, here, minute = 0, market, market_minute
        if home:
            for stop, codes in visits:
                minute += self.minutes(here, stop)
                metres += self.metres(here, stop)
                here, leaves = stop, minute + self._stands(codes)
                calls.append(Call(stop, minute, leaves, codes, 0, 0))
                minute = leaves
        else:
            path = [*(stop for stop, _ in visits), market]
            metres = sum(map(self.metres, path, path[1:]))
        made = Trip(market, tuple(calls), market_minute, metres, home)
        carried = list(aboard(self.case, made))
        carried = carried[1:] if home else carried[:-1]
        counted = tuple(
            Call(*_times(call), call.requests, persons, baskets)
            for call, (_, _, persons, baskets) in zip(calls, carried, strict=True)
        )
        return Trip(market, counted, market_minute, metres, home)

    def _up(self, market: str, visits: Sequence[Visit], minute: int) -> list[Call]:
        calls, there = [], market
        for stop, codes in reversed(visits):
            leaves = minute - self.minutes(stop, there)
            minute = leaves - self._stands(codes)
            calls.append(Call(stop, minute, leaves, codes, 0, 0))
            there = stop
        return calls[::-1]

    def _stands(self, codes: tuple[str, ...]) -> int:
        """Return how long a bus stands at a call."""
        rules = self.case.rules
        return sum(
            rules.call_minutes
            + -(-self.riders[code].baskets // rules.baskets_per_minute)
            for code in codes
        )

    def starts(self, trip: Trip) -> tuple[str, int]:
        """Return where its bus must be, and by when."""
        if trip.home:
            return trip.market, trip.market_minute - self.case.rules.turnaround_minutes
        return trip.calls[0].stop, trip.calls[0].arrive_minute

    def ends(self, trip: Trip) -> tuple[str, int]:
        """Return where its bus is free, and from when."""
        if trip.home:
            return trip.calls[-1].stop, trip.calls[-1].depart_minute
        return trip.market, trip.market_minute + self.case.rules.turnaround_minutes

    def follows(self, before: Trip, after: Trip) -> bool:
        """Tell whether a bus can make one trip after the other."""
        here, free = self.ends(before)
        there, minute = self.starts(after)
        if here == there:
            # It stands at the market once, whether it comes or goes.
            return free <= (after.market_minute if after.home else minute)
        rows = self.case.ways.minutes
        if rows[self._row[here]][self._row[there]] == NO_ROAD:
            return False
        return free + self.minutes(here, there) <= minute

    def block(self, vehicle: str, number: int, trips: Sequence[Trip]) -> Block:
        """Return what one bus does; its trips in the order they start."""
        trips = sorted(trips, key=lambda trip: self.starts(trip)[1])
        parts = used(self.case, vehicle, number, trips)
        empty = 0
        for stretch, some in parts:
            here = stretch.starts_at
            for trip in some:
                empty += self.metres(here, self.starts(trip)[0])
                here = self.ends(trip)[0]
            empty += self.metres(here, stretch.ends_at)
        first, minute = self.starts(trips[0])
        here, free = self.ends(trips[-1])
        return Block(
            vehicle=vehicle,
            number=number,
            trips=tuple(trips),
            leave_minute=minute - self.minutes(parts[0][0].starts_at, first),
            back_minute=free + self.minutes(here, parts[-1][0].ends_at),
            empty_metres=empty,
            spared_metres=sum(stretch.spared_metres for stretch, _ in parts),
        )

    def money(self, blocks: Sequence[Block]) -> Money:
        """Return what blocks are worth and cost."""
        served = driven = buses = near = 0
        for block in blocks:
            vehicle = self.kinds[block.vehicle]
            metres = block.empty_metres + sum(trip.metres for trip in block.trips)
            driven += (metres - block.spared_metres) * vehicle.cost_fen_per_km
            if (block.vehicle, block.number) not in self._shared:
                buses += vehicle.fixed_fen
            for trip in block.trips:
                near += self._near(trip.market, trip.market_minute)
                near += sum(self._near(c.stop, c.arrive_minute) for c in trip.calls)
                served += sum(map(self._worth, trip.requests))
        return Money(1000 * served, driven, 1000 * buses, 1000 * near)

    def _worth(self, code: str) -> int:
        rider, rules = self.riders[code], self.case.rules
        return rider.persons * rules.person_fen + rider.baskets * rules.basket_fen

    def _near(self, place: str, minute: int) -> int:
        apart = self._apart[place]
        regular = self._regular.get(place, ())
        away = min((abs(each - minute) for each in regular), default=None)
        if away is None:
            return 0
        return max(apart.soft_minutes - away, 0) * apart.price_fen


def _times(call: Call) -> tuple[str, int, int]:
    return call.stop, call.arrive_minute, call.depart_minute
