"""Who and what is aboard along every trip, beside what the bus may carry."""

from collections.abc import Iterator
from dataclasses import dataclass

from wugeyi.engines.lineplanning.model import Case, Vehicle
from wugeyi.engines.lineplanning.plan import Block, Plan, Trip


@dataclass(frozen=True, slots=True)
class Load:
    """What a bus carries when it leaves a place.

    Parameters
    ----------
    trip
        0, 1, … among the trips of the block.
    minute
        It leaves the place; at the market of a trip there, it arrives.
    floor_dm2
        Taken by persons and baskets; reckoned also where a bus has no shared floor.
    seats, basket_places, floor_limit_dm2
        What it may carry; a floor limit of 0 is none.
    """

    vehicle: str
    number: int
    trip: int
    place: str
    minute: int
    persons: int
    baskets: int
    floor_dm2: int
    seats: int
    basket_places: int
    floor_limit_dm2: int

    @property
    def fullest(self) -> float:
        """Return the largest share of seats, basket places or floor; over 1 breaks."""
        pairs = (
            (self.persons, self.seats),
            (self.baskets, self.basket_places),
            (self.floor_dm2, self.floor_limit_dm2),
        )
        return max((used / has for used, has in pairs if has), default=0.0)


def loads(case: Case, plan: Plan) -> tuple[Load, ...]:
    """Return a load for each place of each trip, in the order they are reached.

    They are reckoned from the requests, whatever the plan's calls say is aboard.
    """
    kinds = {vehicle.code: vehicle for vehicle in case.vehicles}
    return tuple(
        load
        for block in plan.blocks
        for trip in range(len(block.trips))
        for load in _trip(case, kinds[block.vehicle], block, trip)
    )


def _trip(case: Case, vehicle: Vehicle, block: Block, trip: int) -> Iterator[Load]:
    rules = case.rules
    for place, minute, persons, baskets in aboard(case, block.trips[trip]):
        yield Load(
            vehicle=block.vehicle,
            number=block.number,
            trip=trip,
            place=place,
            minute=minute,
            persons=persons,
            baskets=baskets,
            floor_dm2=persons * rules.person_dm2 + baskets * rules.basket_dm2,
            seats=vehicle.seats,
            basket_places=vehicle.basket_places,
            floor_limit_dm2=vehicle.floor_dm2,
        )


def aboard(case: Case, trip: Trip) -> Iterator[tuple[str, int, int, int]]:
    """Yield place, minute, persons and baskets aboard, place by place."""
    riders = {request.code: request for request in case.requests}
    gets = [
        (
            sum(riders[code].persons for code in call.requests),
            sum(riders[code].baskets for code in call.requests),
        )
        for call in trip.calls
    ]
    persons = baskets = 0
    sign = 1
    if trip.home:
        persons, baskets = sum(each[0] for each in gets), sum(each[1] for each in gets)
        sign = -1
        yield trip.market, trip.market_minute, persons, baskets
    for call, (people, goods) in zip(trip.calls, gets, strict=True):
        persons, baskets = persons + sign * people, baskets + sign * goods
        yield call.stop, call.depart_minute, persons, baskets
    if not trip.home:
        yield trip.market, trip.market_minute, 0, 0
