"""A plan's trips chained anew: the same trips and minutes, the cheapest buses."""

from dataclasses import replace

from wugeyi.engines.lineplanning.loads import aboard
from wugeyi.engines.lineplanning.model import NO_ROAD, Case, Vehicle
from wugeyi.engines.lineplanning.plan import Block, Plan, Trip
from wugeyi.engines.lineplanning.reckoning import Reckoning
from wugeyi.engines.lineplanning.scheduling.solving import Fleet, Schedule, schedule
from wugeyi.engines.lineplanning.stretches import Stretch, by_bus, stretches


def rechained(case: Case, plan: Plan, *, nodes: int | None = None) -> Plan:
    """Return the plan with its trips driven by other buses where that is cheaper.

    No trip changes, and everybody rides as before. Buses are those of the case, with
    their numbers, sizes, hours, regular duties and costs; ``nodes`` limits the work. The
    plan itself is returned where nothing is cheaper, or where its trips cannot all be driven.
    """
    reckoning = Reckoning(case)
    trips = [trip for block in plan.blocks for trip in block.trips]
    parts = stretches(case)
    fleets = [_fleet(reckoning, stretch, trips) for stretch in parts]
    found = schedule(len(trips), fleets, nodes=nodes) if trips else None
    if found is None:
        return plan
    blocks = _blocks(reckoning, parts, trips, found)
    money = reckoning.money(blocks)
    if money.value_milli <= plan.money.value_milli:
        return plan
    bound = max(plan.bound_milli, money.value_milli)
    return replace(plan, blocks=tuple(blocks), money=money, bound_milli=bound)


def _blocks(
    reckoning: Reckoning,
    parts: tuple[Stretch, ...],
    trips: list[Trip],
    found: Schedule,
) -> list[Block]:
    """Return a block for each bus that is used, in the order of types and numbers."""
    shared = by_bus(reckoning.case)
    driven: dict[tuple[int, int], list[Trip]] = {}
    for part, chain in found.chains:
        stretch = parts[part]
        number = stretch.number
        if not number:
            number = 1
            while (stretch.vehicle.code, number) in shared or (
                stretch.kind,
                number,
            ) in driven:
                number += 1
        some = driven.setdefault((stretch.kind, number), [])
        some += [trips[each] for each in chain]
    vehicles = reckoning.case.vehicles
    return [
        reckoning.block(vehicles[kind].code, number, driven[kind, number])
        for kind, number in sorted(driven)
    ]


def _fleet(reckoning: Reckoning, stretch: Stretch, trips: list[Trip]) -> Fleet:
    """Return what buses may do in a stretch, costs in thousandths of a fen."""
    vehicle = stretch.vehicle
    per_km = vehicle.cost_fen_per_km
    out: dict[int, int] = {}
    home: dict[int, int] = {}
    follow: dict[tuple[int, int], int] = {}
    fit = [n for n, trip in enumerate(trips) if _fits(reckoning, vehicle, trip)]
    for number in fit:
        trip = trips[number]
        start, minute = reckoning.starts(trip)
        end, free = reckoning.ends(trip)
        if _open(reckoning, stretch.starts_at, start):
            leaves = minute - reckoning.minutes(stretch.starts_at, start)
            if leaves >= stretch.from_minute:
                metres = reckoning.metres(stretch.starts_at, start) + trip.metres
                out[number] = stretch.once_milli + metres * per_km
        if _open(reckoning, end, stretch.ends_at):
            back = free + reckoning.minutes(end, stretch.ends_at)
            if back <= stretch.until_minute:
                home[number] = reckoning.metres(end, stretch.ends_at) * per_km
        for after in fit:
            there, _ = reckoning.starts(trips[after])
            if after != number and reckoning.follows(trip, trips[after]):
                metres = reckoning.metres(end, there) + trips[after].metres
                follow[number, after] = metres * per_km
    return Fleet(stretch.count, out, home, follow)


def _open(reckoning: Reckoning, here: str, there: str) -> bool:
    if here == there:
        return True
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
