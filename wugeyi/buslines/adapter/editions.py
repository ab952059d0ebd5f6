"""A plan as the trips and calls that are announced, and back for feeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wugeyi.engines.lineplanning.archive import case_from_json, plan_from_json
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Block, Trip
from wugeyi.engines.lineplanning.stretches import by_bus, used


@dataclass(frozen=True, slots=True)
class CallRow:
    """A bus at a stop; who is expected to get on there, and aboard afterwards."""

    stop: str
    arrive_minute: int
    depart_minute: int
    persons: int
    baskets: int
    persons_on: int
    baskets_on: int


@dataclass(frozen=True, slots=True)
class TripRow:
    """A trip with what its bus takes; codes of places are the case's."""

    home: bool
    market: str
    market_minute: int
    vehicle: str
    vehicle_number: int
    seats: int
    basket_places: int
    floor_dm2: int
    person_dm2: int
    basket_dm2: int
    metres: int
    calls: tuple[CallRow, ...]

    @property
    def begins(self) -> int:
        """Return the minute its first passengers get on."""
        return self.market_minute if self.home else self.calls[0].depart_minute


def trips(inputs: Any, result: Any) -> list[TripRow]:
    """Return the trips of a plan by the time they begin.

    Raises
    ------
    ValueError
        These are no case and no plan.
    """
    case, plan = case_from_json(inputs), plan_from_json(result)
    found = [
        _trip(case, block, trip)
        for block in plan.blocks
        for trip in block.trips
        if trip.calls
    ]
    return sorted(
        found, key=lambda each: (each.begins, each.vehicle, each.vehicle_number)
    )


def _trip(case: Case, block: Block, trip: Trip) -> TripRow:
    vehicle = next(each for each in case.vehicles if each.code == block.vehicle)
    riders = {each.code: each for each in case.requests}

    def many(codes: Iterable[str], what: str) -> int:
        return sum(getattr(riders[code], what) for code in codes)

    return TripRow(
        home=trip.home,
        market=trip.market,
        market_minute=trip.market_minute,
        vehicle=block.vehicle,
        vehicle_number=block.number,
        seats=vehicle.seats,
        basket_places=vehicle.basket_places,
        floor_dm2=vehicle.floor_dm2,
        person_dm2=case.rules.person_dm2 if vehicle.floor_dm2 else 0,
        basket_dm2=case.rules.basket_dm2 if vehicle.floor_dm2 else 0,
        metres=trip.metres,
        calls=tuple(
            CallRow(
                stop=call.stop,
                arrive_minute=call.arrive_minute,
                depart_minute=call.depart_minute,
                persons=many(call.requests, "persons"),
                baskets=many(call.requests, "baskets"),
                persons_on=call.persons_on,
                baskets_on=call.baskets_on,
            )
            for call in trip.calls
        ),
    )


@dataclass(frozen=True, slots=True)
class BlockRow:
    """When a bus leaves its depot and is back.

    One that is shared leaves or ends where its regular duties end or begin.
    """

    vehicle: str
    vehicle_number: int
    depot: str
    leave_minute: int
    back_minute: int
    back_at: str
    shared: bool


def blocks(inputs: Any, result: Any) -> dict[tuple[str, int], BlockRow]:
    """Return the blocks of a plan by bus."""
    case, plan = case_from_json(inputs), plan_from_json(result)
    places = (*case.stops, *case.markets, *case.depots)
    names = {each.code: each.name or each.code for each in places}
    shared = by_bus(case)
    found = {}
    for block in plan.blocks:
        bus = block.vehicle, block.number
        parts = used(case, *bus, block.trips)
        start, end = parts[0][0].starts_at, parts[-1][0].ends_at
        found[bus] = BlockRow(
            block.vehicle,
            block.number,
            names.get(start, start),
            block.leave_minute,
            block.back_minute,
            names.get(end, end),
            bus in shared,
        )
    return found
