"""A plan's trips chained anew: the same trips and minutes, the cheapest buses."""

from dataclasses import replace

from wugeyi.engines.lineplanning.loads import aboard
from wugeyi.engines.lineplanning.model import NO_ROAD, Case, Vehicle
from wugeyi.engines.lineplanning.plan import Plan, Trip
from wugeyi.engines.lineplanning.reckoning import Reckoning
from wugeyi.engines.lineplanning.scheduling.solving import Fleet, schedule


def rechained(case: Case, plan: Plan, *, nodes: int | None = None) -> Plan:
    """Return the plan with its trips driven by other buses where that is cheaper.

    No trip changes, and everybody rides as before. Buses are those of the case, with
    their numbers, sizes, hours and costs; ``nodes`` limits the work. The plan itself is
    returned where nothing is cheaper, or where its trips cannot all be driven.
    """
    reckoning = Reckoning(case)
    trips = [trip for block in plan.blocks for trip in block.trips]
    fleets = [_fleet(reckoning, vehicle, trips) for vehicle in case.vehicles]
    found = schedule(len(trips), fleets, nodes=nodes) if trips else None
    if found is None:
        return plan
    numbers = [0] * len(fleets)
    blocks = []
    for fleet, chain in found.chains:
        numbers[fleet] += 1
        code = case.vehicles[fleet].code
        driven = [trips[each] for each in chain]
        blocks.append(reckoning.block(code, numbers[fleet], driven))
    money = reckoning.money(blocks)
    if money.value_milli <= plan.money.value_milli:
        return plan
    bound = max(plan.bound_milli, money.value_milli)
    return replace(plan, blocks=tuple(blocks), money=money, bound_milli=bound)


def _fleet(reckoning: Reckoning, vehicle: Vehicle, trips: list[Trip]) -> Fleet:
    """Return what buses of a type may do, costs in thousandths of a fen."""
    depot, per_km = vehicle.depot, vehicle.cost_fen_per_km
    out: dict[int, int] = {}
    home: dict[int, int] = {}
    follow: dict[tuple[int, int], int] = {}
    fit = [n for n, trip in enumerate(trips) if _fits(reckoning, vehicle, trip)]
    for number in fit:
        trip = trips[number]
        start, minute = reckoning.starts(trip)
        end, free = reckoning.ends(trip)
        if _open(reckoning, depot, start):
            leaves = minute - reckoning.minutes(depot, start)
            if leaves >= vehicle.from_minute:
                metres = reckoning.metres(depot, start) + trip.metres
                out[number] = 1000 * vehicle.fixed_fen + metres * per_km
        if _open(reckoning, end, depot):
            back = free + reckoning.minutes(end, depot)
            if back <= vehicle.until_minute:
                home[number] = reckoning.metres(end, depot) * per_km
        for after in fit:
            there, _ = reckoning.starts(trips[after])
            if after != number and reckoning.follows(trip, trips[after]):
                metres = reckoning.metres(end, there) + trips[after].metres
                follow[number, after] = metres * per_km
    return Fleet(vehicle.count, out, home, follow)


def _open(reckoning: Reckoning, here: str, there: str) -> bool:
    ways = reckoning.case.ways
    row, column = ways.codes.index(here), ways.codes.index(there)
    return ways.minutes[row][column] != NO_ROAD


def _fits(reckoning: Reckoning, vehicle: Vehicle, trip: Trip) -> bool:
    """Tell whether a bus has room for a trip and gets to its stops."""
    rules = reckoning.case.rules
    stops = {stop.code: stop for stop in reckoning.case.stops}
    for call in trip.calls:
        longest = stops[call.stop].longest_cm
        if longest is not None and vehicle.length_cm > longest:
            return False
    for _, _, persons, baskets in aboard(reckoning.case, trip):
        floor = persons * rules.person_dm2 + baskets * rules.basket_dm2
        if persons > vehicle.seats or baskets > vehicle.basket_places:
            return False
        if vehicle.floor_dm2 and floor > vehicle.floor_dm2:
            return False
    return True
