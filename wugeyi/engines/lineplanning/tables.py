"""A market's part of a case as arrays for the kernels."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.model import Case, Market, Place, Request

Array = NDArray[Any]

TOGETHER = 4
"""Requests at one stop for one market that are combined freely; of more, only runs in
the order of their latest minutes."""
WORD = 64


@dataclass(frozen=True, slots=True)
class Item:
    """Requests that get on (off) at one stop together, by their numbers in the case."""

    stop: str
    requests: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """What is known of the items of one market.

    Of trips home, all is that of the mirrored case (``mirror``): they get on at a stop
    and arrive at the market.

    Parameters
    ----------
    case
        Mirrored for trips home.
    home
        Whether they are trips home.
    items
        Who may get on at a stop.
    first_minute
        Bit 0 of a mask is this minute of arrival at the market.
    stop
        The row of an item's stop in the table of ways.
    gets_on
        [items, 2], persons and baskets.
    call_minutes
        How long the bus stands.
    minutes, metres
        [items, items + 1], from item to item, and to the market in the last column;
        ``NO_ROAD`` where no bus gets there.
    takes
        A bit for each vehicle of the case that gets to the stop.
    allowed
        [items, minutes before arrival, words]: minutes of arrival at which the item's
        windows are kept and its stop may be called at so long before.
    price
        [items + 1, minutes], fen for a call, the market's last, from ``offsets`` minutes before the first
        minute of the masks to their last; no columns where no call costs anything.
    seats, places, floor, floor_each
        Of the vehicles; what one person and one basket takes.
    ride_limit
        Minutes.
    """

    case: Case
    market: Market
    home: bool
    items: tuple[Item, ...]
    first_minute: int
    stop: Array
    gets_on: Array
    call_minutes: Array
    minutes: Array
    metres: Array
    takes: Array
    allowed: Array
    price: Array
    seats: Array
    places: Array
    floor: Array
    floor_each: Array
    ride_limit: int


def call_minutes(case: Case, requests: tuple[int, ...]) -> int:
    """Return how long a call takes at which these requests get on."""
    rules = case.rules
    baskets = (case.requests[number].baskets for number in requests)
    return sum(
        rules.call_minutes + -(-each // rules.baskets_per_minute) for each in baskets
    )


def items_of(case: Case, market: str, *, home: bool = False) -> tuple[Item, ...]:
    """Return who may get on (off) where, for one market."""
    by_stop: dict[str, list[int]] = {}
    for number, request in enumerate(case.requests):
        if request.market == market and request.home == home:
            by_stop.setdefault(request.stop, []).append(number)
    return tuple(
        Item(stop, chosen)
        for stop, numbers in by_stop.items()
        for chosen in _together(case.requests, numbers)
    )


def _together(
    requests: tuple[Request, ...], numbers: list[int]
) -> list[tuple[int, ...]]:
    if len(numbers) <= TOGETHER:
        return [
            chosen
            for many in range(1, len(numbers) + 1)
            for chosen in combinations(numbers, many)
        ]
    order = sorted(numbers, key=lambda number: requests[number].latest_minute)
    runs = {
        tuple(sorted(order[first:last]))
        for first in range(len(order))
        for last in range(first + 1, len(order) + 1)
    }
    return sorted(runs)


def tables(case: Case, market: Market, *, home: bool = False) -> Tables:
    """Return the numbers of one market.

    Parameters
    ----------
    home
        Whether of those who want home; the case and the market then are mirrored.
    """
    items = items_of(case, market.code, home=home)
    place = {code: row for row, code in enumerate(case.ways.codes)}
    rows = np.array([place[item.stop] for item in items], np.int64)
    there = np.append(rows, place[market.code])
    rules, vehicles = case.rules, case.vehicles
    calls = np.array([call_minutes(case, item.requests) for item in items], np.int32)
    # Run backwards, a bus arrives at a stop when it has let people off.
    clock = _Clock(case, market, items, calls if home else np.zeros_like(calls))
    offsets = rules.ride_limit_minutes + int(calls.max(initial=0)) + 1
    return Tables(
        case=case,
        market=market,
        home=home,
        items=items,
        first_minute=clock.first,
        stop=rows.astype(np.int32),
        gets_on=_gets_on(case, items),
        call_minutes=calls,
        minutes=np.array(case.ways.minutes, np.int32)[np.ix_(rows, there)],
        metres=np.array(case.ways.metres, np.int64)[np.ix_(rows, there)],
        takes=_takes(case, items),
        allowed=clock.allowed(offsets),
        price=clock.price(offsets),
        seats=np.array([each.seats for each in vehicles], np.int32),
        places=np.array([each.basket_places for each in vehicles], np.int32),
        floor=np.array([each.floor_dm2 for each in vehicles], np.int32),
        floor_each=np.array([rules.person_dm2, rules.basket_dm2], np.int32),
        ride_limit=rules.ride_limit_minutes,
    )


def _gets_on(case: Case, items: tuple[Item, ...]) -> Array:
    chosen = [[case.requests[number] for number in item.requests] for item in items]
    sums = [
        (sum(each.persons for each in some), sum(each.baskets for each in some))
        for some in chosen
    ]
    return np.array(sums, np.int32).reshape(-1, 2)


def _takes(case: Case, items: tuple[Item, ...]) -> Array:
    """Return the vehicles short enough for an item's road."""
    longest = {stop.code: stop.longest_cm for stop in case.stops}
    found = []
    for item in items:
        limit = longest[item.stop]
        fits = (limit is None or each.length_cm <= limit for each in case.vehicles)
        found.append(sum(1 << bit for bit, fit in enumerate(fits) if fit))
    return np.array(found, np.int32)


class _Clock:
    """When arrivals at a market, and calls before them, are allowed.

    Parameters
    ----------
    later
        By item, how long after the beginning of a call is the minute that keeps away
        from regular departures.
    """

    def __init__(
        self, case: Case, market: Market, items: tuple[Item, ...], later: Array
    ) -> None:
        self.case, self.market, self.items = case, market, items
        self.later = later
        self.windows = [self._window(item) for item in items]
        some = [(a, b) for a, b in self.windows if a <= b]
        self.first = min((a for a, _ in some), default=0)
        self.last = max((b for _, b in some), default=0)
        self.words = -(-(self.last - self.first + 1) // WORD)
        self.regular: dict[str, list[int]] = {}
        for each in case.departures:
            self.regular.setdefault(each.place, []).append(each.minute)

    def _window(self, item: Item) -> tuple[int, int]:
        some = [self.case.requests[number] for number in item.requests]
        return (
            max(self.market.opens_minute, *(each.earliest_minute for each in some)),
            min(self.market.closes_minute, *(each.latest_minute for each in some)),
        )

    def nearest(self, place: Place, minutes: Array) -> Array:
        """Return how far the nearest regular departure is, by minute."""
        regular = np.array(self.regular.get(place.code, []), np.int64)
        if not len(regular):
            return np.full(len(minutes), 10**6)
        return np.asarray(np.abs(minutes[:, None] - regular).min(axis=1))

    def free(self, place: Place, minutes: Array) -> Array:
        """Tell at which minutes a call keeps the distance that is demanded."""
        apart = place.apart or self.case.rules.apart
        return np.asarray(self.nearest(place, minutes) >= apart.hard_minutes)

    def paid(self, place: Place, minutes: Array) -> Array:
        """Return what a call costs, by minute."""
        apart = place.apart or self.case.rules.apart
        near = np.maximum(apart.soft_minutes - self.nearest(place, minutes), 0)
        return np.asarray(near * apart.price_fen)

    def allowed(self, offsets: int) -> Array:
        """Return minutes of arrival by item and minutes before arrival, as bits."""
        arrivals = np.arange(self.first, self.first + WORD * self.words)
        calls = np.arange(self.first - offsets, arrivals[-1] + 1)
        bits = np.zeros((len(self.items), offsets, len(arrivals)), np.bool_)
        stops = {stop.code: stop for stop in self.case.stops}
        at_market = self.free(self.market, arrivals)
        for row, item in enumerate(self.items):
            first, last = self.windows[row]
            open_ = at_market & (arrivals >= first) & (arrivals <= last)
            free = self.free(stops[item.stop], calls + self.later[row])
            for back in range(offsets):
                begin = offsets - back
                bits[row, back] = open_ & free[begin : begin + len(arrivals)]
        packed = np.packbits(bits, axis=2, bitorder="little")
        return np.ascontiguousarray(packed).view("<u8").astype(np.uint64)

    def price(self, offsets: int) -> Array:
        """Return what calls cost, by item and minute, ``offsets`` before the masks."""
        calls = np.arange(self.first - offsets, self.first + WORD * self.words)
        stops = {stop.code: stop for stop in self.case.stops}
        found = [
            self.paid(stops[item.stop], calls + later)
            for item, later in zip(self.items, self.later, strict=True)
        ]
        found.append(self.paid(self.market, calls))
        paid = np.array(found, np.int32)
        return paid if paid.any() else np.zeros((len(found), 0), np.int32)
