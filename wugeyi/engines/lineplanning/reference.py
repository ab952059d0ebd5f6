"""The best plan the slow and obvious way: try everything. For tiny cases, and tests."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, permutations
from typing import NamedTuple

from wugeyi.engines.lineplanning.model import Case, Market, Place, Request, Vehicle

Riders = frozenset[str]
Leg = tuple[int, int, Riders]
"""Worth in thousandths of a fen, minute of being free after it, who rode."""


def best_value_milli(case: Case) -> int:
    """Return what the best plan is worth, in thousandths of a fen."""
    buses = _buses(case)
    reference = _Reference(case)

    @cache
    def rest(number: int, waiting: Riders) -> int:
        if number == len(buses):
            return 0
        found = rest(number + 1, waiting)
        for worth, served in reference.blocks(buses[number], waiting):
            found = max(found, worth + rest(number + 1, waiting - served))
        return found

    return rest(0, frozenset(each.code for each in case.requests))


class _Bus(NamedTuple):
    """A bus, or a part of the day of one with regular duties, like a bus of its own."""

    vehicle: Vehicle
    starts: tuple[int, str]
    ends: tuple[int, str]
    shared: bool


def _buses(case: Case) -> list[_Bus]:
    found = []
    for vehicle in case.vehicles:
        for number in range(1, vehicle.count + 1):
            own = [
                each
                for each in case.regular_duties
                if (each.vehicle, each.number) == (vehicle.code, number)
            ]
            own.sort(key=lambda each: each.starts_minute)
            at = (vehicle.from_minute, vehicle.depot)
            for duty in own:
                until = (duty.starts_minute, duty.starts_at)
                found.append(_Bus(vehicle, at, until, shared=True))
                at = (duty.ends_minute, duty.ends_at)
            until = (vehicle.until_minute, vehicle.depot)
            found.append(_Bus(vehicle, at, until, shared=bool(own)))
    return found


class _Reference:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.row = {code: row for row, code in enumerate(case.ways.codes)}
        self.stops = {each.code: each for each in case.stops}

    def way(self, here: str, there: str) -> tuple[int, int]:
        ways = self.case.ways
        if here == there:
            return 0, 0
        here_row, there_row = self.row[here], self.row[there]
        return ways.minutes[here_row][there_row], ways.metres[here_row][there_row]

    def blocks(self, bus: _Bus, waiting: Riders) -> dict[tuple[int, Riders], int]:
        """Return (worth, who rides) of everything a bus could do in a day."""
        return dict.fromkeys(self._days(bus, bus.starts[1], None, waiting), 0)

    def _once(self, bus: _Bus) -> int:
        """Return what using a bus costs; one that is shared would drive by itself."""
        if bus.shared:
            metres = self.way(bus.starts[1], bus.ends[1])[1]
            return -metres * bus.vehicle.cost_fen_per_km
        return bus.vehicle.fixed_fen * 1000

    def _days(
        self, bus: _Bus, here: str, free: int | None, waiting: Riders
    ) -> Iterator[tuple[int, Riders]]:
        vehicle = bus.vehicle
        fixed = self._once(bus) if free is None else 0
        for there, legs in self._next(bus, here, free, waiting):
            worth, arrived, served = legs
            worth -= fixed
            minutes, metres = self.way(there, bus.ends[1])
            if minutes >= 0 and arrived + minutes <= bus.ends[0]:
                yield worth - metres * vehicle.cost_fen_per_km, served
            further = self._days(bus, there, arrived, waiting - served)
            for more, others in further:
                yield worth + more, served | others

    def _next(
        self, bus: _Bus, here: str, free: int | None, waiting: Riders
    ) -> Iterator[tuple[str, Leg]]:
        """Return every trip a bus can make next, and where it then is."""
        for market in self.case.markets:
            for leg in self._trips(bus, here, free, waiting, market.code):
                yield market.code, leg
            yield from self._homes(bus, here, free, waiting, market)

    def _trips(
        self,
        bus: _Bus,
        here: str,
        free: int | None,
        waiting: Riders,
        market: str,
    ) -> Iterator[Leg]:
        those = [
            each
            for each in self.case.requests
            if each.code in waiting and each.market == market and not each.home
        ]
        for many in range(1, len(those) + 1):
            for riders in combinations(those, many):
                if not self._fits(bus.vehicle, riders):
                    continue
                stops = sorted({each.stop for each in riders})
                for order in permutations(stops):
                    yield from self._runs(bus, here, free, riders, order, market)

    def _fits(self, vehicle: Vehicle, riders: tuple[Request, ...]) -> bool:
        rules = self.case.rules
        persons = sum(each.persons for each in riders)
        baskets = sum(each.baskets for each in riders)
        floor = persons * rules.person_dm2 + baskets * rules.basket_dm2
        narrow = any(
            longest is not None and longest < vehicle.length_cm
            for longest in (self.stops[each.stop].longest_cm for each in riders)
        )
        return (
            persons <= vehicle.seats
            and baskets <= vehicle.basket_places
            and (not vehicle.floor_dm2 or floor <= vehicle.floor_dm2)
            and len({each.stop for each in riders}) <= rules.stops_limit
            and not narrow
        )

    def _runs(
        self,
        bus: _Bus,
        here: str,
        free: int | None,
        riders: tuple[Request, ...],
        order: tuple[str, ...],
        market_code: str,
    ) -> Iterator[Leg]:
        """Drive one order of stops at every minute of arrival."""
        market = next(each for each in self.case.markets if each.code == market_code)
        first = max(market.opens_minute, *(each.earliest_minute for each in riders))
        last = min(market.closes_minute, *(each.latest_minute for each in riders))
        for arrival in range(first, last + 1):
            worth = self._run(bus, here, free, riders, order, market, arrival)
            if worth is not None:
                after = arrival + self.case.rules.turnaround_minutes
                yield worth, after, frozenset(each.code for each in riders)

    def _run(
        self,
        bus: _Bus,
        here: str,
        free: int | None,
        riders: tuple[Request, ...],
        order: tuple[str, ...],
        market: Place,
        arrival: int,
    ) -> int | None:
        """Return what a trip is worth that arrives at this minute; None if it cannot."""
        rules = self.case.rules
        worth = 1000 * sum(
            each.persons * rules.person_fen + each.baskets * rules.basket_fen
            for each in riders
        )
        minute, there = arrival, market.code
        paid = self._near(market, arrival)
        if paid is None:
            return None
        worth -= 1000 * paid
        for stop in reversed(order):
            minutes, metres = self.way(stop, there)
            minute -= minutes
            if minutes < 0 or arrival - minute > rules.ride_limit_minutes:
                return None
            for each in riders:
                if each.stop == stop:
                    minute -= rules.call_minutes
                    minute -= -(-each.baskets // rules.baskets_per_minute)
            paid = self._near(self.stops[stop], minute)
            if paid is None:
                return None
            worth -= metres * bus.vehicle.cost_fen_per_km + 1000 * paid
            there = stop
        minutes, metres = self.way(here, there)
        earliest = bus.starts[0] if free is None else free
        if minutes < 0 or minute - minutes < earliest:
            return None
        return worth - metres * bus.vehicle.cost_fen_per_km

    def _homes(
        self,
        bus: _Bus,
        here: str,
        free: int | None,
        waiting: Riders,
        market: Market,
    ) -> Iterator[tuple[str, Leg]]:
        """Return every trip home from a market, at every minute of leaving it."""
        minutes, metres = self.way(here, market.code)
        ready = (bus.starts[0] if free is None else free) + minutes
        ready += self.case.rules.turnaround_minutes
        if here == market.code and free is not None:
            # It has stood there already.
            ready, metres = free, 0
        elif minutes < 0:
            return
        those = [
            each
            for each in self.case.requests
            if each.code in waiting and each.market == market.code and each.home
        ]
        for many in range(1, len(those) + 1):
            for riders in combinations(those, many):
                if not self._fits(bus.vehicle, riders):
                    continue
                first = max(ready, market.opens_minute)
                first = max(first, *(each.earliest_minute for each in riders))
                last = min(each.latest_minute for each in riders)
                last = min(last, market.closes_minute)
                for order in permutations(sorted({each.stop for each in riders})):
                    for leaving in range(first, last + 1):
                        found = self._home(bus.vehicle, riders, order, market, leaving)
                        if found:
                            worth, ended, who = found
                            worth -= metres * bus.vehicle.cost_fen_per_km
                            yield order[-1], (worth, ended, who)

    def _home(
        self,
        vehicle: Vehicle,
        riders: tuple[Request, ...],
        order: tuple[str, ...],
        market: Market,
        leaving: int,
    ) -> Leg | None:
        """Return what a trip home is worth and when it ends; None if it cannot be."""
        rules = self.case.rules
        worth = 1000 * sum(
            each.persons * rules.person_fen + each.baskets * rules.basket_fen
            for each in riders
        )
        visits: list[tuple[Place, int]] = [(market, leaving)]
        minute, there = leaving, market.code
        for stop in order:
            minutes, metres = self.way(there, stop)
            minute += minutes
            if minutes < 0 or minute - leaving > rules.ride_limit_minutes:
                return None
            visits.append((self.stops[stop], minute))
            for each in riders:
                if each.stop == stop:
                    minute += rules.call_minutes
                    minute += -(-each.baskets // rules.baskets_per_minute)
            worth -= metres * vehicle.cost_fen_per_km
            there = stop
        for place, at in visits:
            paid = self._near(place, at)
            if paid is None:
                return None
            worth -= 1000 * paid
        return worth, minute, frozenset(each.code for each in riders)

    def _near(self, place: Place, minute: int) -> int | None:
        """Return the fen paid for a call; None if it is forbidden."""
        apart = place.apart or self.case.rules.apart
        paid = 0
        for each in self.case.departures:
            if each.place != place.code:
                continue
            away = abs(each.minute - minute)
            if away < apart.hard_minutes:
                return None
            paid = max(paid, (apart.soft_minutes - away) * apart.price_fen)
        return paid
