"""From chosen columns to a plan: trips with all their minutes, chained by buses."""

from dataclasses import replace
from itertools import pairwise

from wugeyi.engines.lineplanning.model import Case, Place
from wugeyi.engines.lineplanning.packing.chains import chains
from wugeyi.engines.lineplanning.packing.columns import Columns
from wugeyi.engines.lineplanning.packing.network import Network
from wugeyi.engines.lineplanning.plan import Block, Call, Money, Trip
from wugeyi.engines.lineplanning.stretches import Stretch, by_bus, way
from wugeyi.engines.lineplanning.tables import call_minutes
from wugeyi.engines.lineplanning.trips import Pool


def trip_of(case: Case, pool: Pool, number: int, market_minute: int) -> Trip:
    """Write out one trip of a pool."""
    trips, home = pool.trips, pool.tables.home
    metres = int(trips.metres[number])
    visits = []
    for item in pool.chain(number):
        visits.append((item, int(trips.back[number])))
        number = int(trips.rest[number])
    riders = [
        [case.requests[each] for each in item.requests]
        for item, _ in (visits[::-1] if home else visits)
    ]
    persons = baskets = 0
    if home:
        persons = sum(each.persons for some in riders for each in some)
        baskets = sum(each.baskets for some in riders for each in some)
    calls = []
    for (item, back), some in zip(
        visits[::-1] if home else visits, riders, strict=True
    ):
        sign = -1 if home else 1
        persons += sign * sum(each.persons for each in some)
        baskets += sign * sum(each.baskets for each in some)
        stands = call_minutes(case, item.requests)
        minute = market_minute - back
        if home:
            minute = market_minute + back - stands
        codes = tuple(each.code for each in some)
        calls.append(Call(item.stop, minute, minute + stands, codes, persons, baskets))
    return Trip(pool.tables.market.code, tuple(calls), market_minute, metres, home)


def blocks(net: Network, columns: Columns) -> tuple[Block, ...]:
    """Chain the trips of each stretch as cheaply as can be."""
    trips: list[list[Trip]] = [[] for _ in net.stretches]
    for number, trip, at, vehicle, _ in columns.key.tolist():
        pool = net.pools[number]
        trips[vehicle].append(trip_of(net.case, pool, trip, pool.minute(at)))
    made: list[Block] = []
    for stretch, some in zip(net.stretches, trips, strict=True):
        found = [
            _block(net.case, stretch, each) for each in chains(net.case, stretch, some)
        ]
        found.sort(key=lambda block: (block.leave_minute, block.trips[0].requests))
        numbers = [stretch.number] if stretch.number else _free(net.case, stretch)
        made += [
            replace(block, number=number)
            for number, block in zip(numbers, found, strict=False)
        ]
    return _joined(net.case, made)


def _free(case: Case, stretch: Stretch) -> list[int]:
    """Return the numbers of the buses of a type that have no regular duties."""
    shared = {number for code, number in by_bus(case) if code == stretch.vehicle.code}
    return [n for n in range(1, stretch.vehicle.count + 1) if n not in shared]


def _joined(case: Case, made: list[Block]) -> tuple[Block, ...]:
    """Return one block for each bus, whatever the stretches it is used in."""
    found: dict[tuple[str, int], Block] = {}
    for block in made:
        bus = block.vehicle, block.number
        first = found.get(bus)
        if first is not None:
            block = replace(
                first,
                trips=first.trips + block.trips,
                back_minute=block.back_minute,
                empty_metres=first.empty_metres + block.empty_metres,
                spared_metres=first.spared_metres + block.spared_metres,
            )
        found[bus] = block
    order = {vehicle.code: n for n, vehicle in enumerate(case.vehicles)}
    return tuple(found[bus] for bus in sorted(found, key=lambda b: (order[b[0]], b[1])))


def _block(case: Case, stretch: Stretch, trips: tuple[Trip, ...]) -> Block:
    ways, turn = case.ways, case.rules.turnaround_minutes
    first, last = trips[0], trips[-1]
    pairs = pairwise(trips)
    empty = [way(ways, before.ends[0], after.begins[0])[1] for before, after in pairs]
    out, metres_out = way(ways, stretch.starts_at, first.begins[0])
    back, metres_back = way(ways, last.ends[0], stretch.ends_at)
    return Block(
        vehicle=stretch.vehicle.code,
        number=0,
        trips=trips,
        leave_minute=first.begins[1] - (turn if first.home else 0) - out,
        back_minute=last.ends[1] + (0 if last.home else turn) + back,
        empty_metres=metres_out + sum(empty) + metres_back,
        spared_metres=stretch.spared_metres,
    )


def money(case: Case, made: tuple[Block, ...]) -> Money:
    """Reckon what blocks are worth and cost."""
    rules = case.rules
    riders = {request.code: request for request in case.requests}
    served = driven = buses = near = 0
    kinds = {vehicle.code: vehicle for vehicle in case.vehicles}
    shared = by_bus(case)
    for block in made:
        vehicle = kinds[block.vehicle]
        metres = block.empty_metres + sum(trip.metres for trip in block.trips)
        driven += (metres - block.spared_metres) * vehicle.cost_fen_per_km
        if (block.vehicle, block.number) not in shared:
            buses += vehicle.fixed_fen * 1000
        for trip in block.trips:
            near += 1000 * near_fen(case, trip.market, trip.market_minute)
            for call in trip.calls:
                near += 1000 * near_fen(case, call.stop, call.arrive_minute)
            for code in trip.requests:
                rider = riders[code]
                served += 1000 * rider.persons * rules.person_fen
                served += 1000 * rider.baskets * rules.basket_fen
    return Money(served, driven, buses, near)


def near_fen(case: Case, code: str, minute: int) -> int:
    """Return what a call pays for being near regular departures."""
    places: tuple[Place, ...] = (*case.stops, *case.markets)
    place = next(each for each in places if each.code == code)
    apart = place.apart or case.rules.apart
    regular = [each.minute for each in case.departures if each.place == code]
    away = min((abs(each - minute) for each in regular), default=10**6)
    return max(apart.soft_minutes - away, 0) * apart.price_fen
