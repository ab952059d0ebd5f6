"""A planner's own changes to a plan: everything that follows is reckoned again.

Nothing is refused, whatever rules say: ``check`` then tells what breaks. A bus or trip
or request that is not there raises ``LookupError``.

The bound stays that of the plan that was changed; where a change is worth more, because
it breaks a rule or does what no plan of the solver does, the bound is raised to it, so
that it still is one.
"""

from collections.abc import Iterable
from dataclasses import replace

from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Block, Plan, Trip
from wugeyi.engines.lineplanning.reckoning import Reckoning, Visit

Bus = tuple[str, int]


def moved(
    case: Case, plan: Plan, *, vehicle: str, number: int, trip: int, market_minute: int
) -> Plan:
    """Return the plan with a trip at another minute; all its calls move with it.

    Parameters
    ----------
    trip
        0, 1, … among the trips of the block.
    market_minute
        Its arrival at the market; of a trip home, its departure there.
    """
    trips = _trips(plan)
    chosen = trips[_bus(plan, vehicle, number)]
    reckoning = Reckoning(case)
    chosen[trip] = _again(reckoning, _nth(chosen, trip), market_minute=market_minute)
    return _plan(reckoning, plan, trips)


def handed(
    case: Case,
    plan: Plan,
    *,
    vehicle: str,
    number: int,
    trip: int,
    to_vehicle: str,
    to_number: int,
) -> Plan:
    """Return the plan with a trip driven by another bus, which may have been idle."""
    if to_vehicle not in {each.code for each in case.vehicles}:
        raise LookupError(to_vehicle)
    trips = _trips(plan)
    chosen = trips[_bus(plan, vehicle, number)]
    given = _nth(chosen, trip)
    del chosen[trip]
    trips.setdefault((to_vehicle, to_number), []).append(given)
    return _plan(Reckoning(case), plan, trips)


def without(case: Case, plan: Plan, request: str) -> Plan:
    """Return the plan without a request; calls and trips for nobody are dropped."""
    reckoning = Reckoning(case)
    if request not in reckoning.riders:
        raise LookupError(request)
    trips = {
        bus: [_leave(reckoning, trip, request) for trip in chosen]
        for bus, chosen in _trips(plan).items()
    }
    return _plan(reckoning, plan, trips)


def withing(
    case: Case,
    plan: Plan,
    request: str,
    *,
    vehicle: str,
    number: int,
    trip: int,
    place_in_trip: int,
) -> Plan:
    """Return the plan with a request on a trip; it leaves the trip it was on.

    Parameters
    ----------
    vehicle, number
        The bus, which may have been idle.
    trip
        As ``moved``; one more than there are is a new trip at the request's latest
        minute, home its earliest.
    place_in_trip
        Number of its call among those of the trip; a call at the same stop is shared
        instead, wherever it is.
    """
    reckoning = Reckoning(case)
    rider = reckoning.riders.get(request)
    if rider is None or vehicle not in reckoning.kinds:
        raise LookupError(request if rider is None else vehicle)
    trips = {
        bus: [_leave(reckoning, each, request) for each in chosen]
        for bus, chosen in _trips(plan).items()
    }
    chosen = trips.setdefault((vehicle, number), [])
    if trip == len(chosen):
        minute = rider.earliest_minute if rider.home else rider.latest_minute
        chosen.append(Trip(rider.market, (), minute, 0, rider.home))
    visits = _visits(_nth(chosen, trip))
    at = next((n for n, each in enumerate(visits) if each[0] == rider.stop), None)
    if at is None:
        visits.insert(place_in_trip, (rider.stop, (request,)))
    else:
        visits[at] = (rider.stop, (*visits[at][1], request))
    chosen[trip] = _again(reckoning, chosen[trip], visits=visits)
    return _plan(reckoning, plan, trips)


def _trips(plan: Plan) -> dict[Bus, list[Trip]]:
    return {(each.vehicle, each.number): list(each.trips) for each in plan.blocks}


def _bus(plan: Plan, vehicle: str, number: int) -> Bus:
    if (vehicle, number) not in {(each.vehicle, each.number) for each in plan.blocks}:
        raise LookupError(vehicle, number)
    return vehicle, number


def _nth(trips: list[Trip], number: int) -> Trip:
    if not 0 <= number < len(trips):
        raise LookupError(number)
    return trips[number]


def _visits(trip: Trip) -> list[Visit]:
    return [(call.stop, call.requests) for call in trip.calls]


def _again(
    reckoning: Reckoning,
    trip: Trip,
    *,
    market_minute: int | None = None,
    visits: list[Visit] | None = None,
) -> Trip:
    return reckoning.trip(
        trip.market,
        _visits(trip) if visits is None else visits,
        trip.market_minute if market_minute is None else market_minute,
        home=trip.home,
    )


def _leave(reckoning: Reckoning, trip: Trip, request: str) -> Trip:
    """Return a trip without a request; it may be left without calls."""
    if request not in trip.requests:
        return trip
    kept = [
        (stop, tuple(code for code in codes if code != request))
        for stop, codes in _visits(trip)
    ]
    return _again(reckoning, trip, visits=[visit for visit in kept if visit[1]])


def _plan(reckoning: Reckoning, plan: Plan, trips: dict[Bus, list[Trip]]) -> Plan:
    blocks = tuple(_blocks(reckoning, trips))
    money = reckoning.money(blocks)
    bound = max(plan.bound_milli, money.value_milli)
    made = replace(plan, blocks=blocks, money=money, bound_milli=bound)
    left = (code for code in reckoning.riders if code not in made.served)
    return replace(made, left_out=tuple(left))


def _blocks(reckoning: Reckoning, trips: dict[Bus, list[Trip]]) -> Iterable[Block]:
    kinds = list(reckoning.kinds)
    for vehicle, number in sorted(trips, key=lambda bus: (kinds.index(bus[0]), bus[1])):
        driven = [trip for trip in trips[vehicle, number] if trip.calls]
        if driven:
            yield reckoning.block(vehicle, number, driven)
