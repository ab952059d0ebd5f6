"""From chosen columns to a plan: trips with all their minutes, chained by buses."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from wugeyi.engines.lineplanning.model import Case, Place, Vehicle
from wugeyi.engines.lineplanning.packing.columns import Columns
from wugeyi.engines.lineplanning.packing.network import Network
from wugeyi.engines.lineplanning.plan import Block, Call, Money, Trip
from wugeyi.engines.lineplanning.tables import call_minutes
from wugeyi.engines.lineplanning.trips import Pool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A trip that is made, and where its bus comes from (0 for its depot)."""

    trip: Trip
    vehicle: int
    origin: int
    market: int


def trip_of(case: Case, pool: Pool, number: int, arrive_minute: int) -> Trip:
    """Write out one trip of a pool."""
    trips = pool.trips
    calls = []
    persons = baskets = 0
    metres = int(trips.metres[number])
    for item in pool.chain(number):
        minute = arrive_minute - int(trips.back[number])
        riders = [case.requests[each] for each in item.requests]
        persons += sum(each.persons for each in riders)
        baskets += sum(each.baskets for each in riders)
        leaving = minute + call_minutes(case, item.requests)
        codes = tuple(each.code for each in riders)
        calls.append(Call(item.stop, minute, leaving, codes, persons, baskets))
        number = int(trips.rest[number])
    return Trip(pool.tables.market.code, tuple(calls), arrive_minute, metres)


def blocks(net: Network, columns: Columns) -> tuple[Block, ...]:
    """Chain trips: whoever has waited longest at a market leaves it first."""
    made: list[Block] = []
    for number, vehicle in enumerate(net.case.vehicles):
        chosen = [each for each in _chosen(net, columns) if each.vehicle == number]
        made += _chained(net, vehicle, chosen)
    return tuple(made)


def _chosen(net: Network, columns: Columns) -> Iterator[Chosen]:
    for market, number, at, vehicle, origin in columns.key.tolist():
        pool = net.pools[market]
        minute = pool.tables.first_minute + at
        trip = trip_of(net.case, pool, number, minute)
        yield Chosen(trip, vehicle, origin, market)


def _chained(net: Network, vehicle: Vehicle, chosen: list[Chosen]) -> list[Block]:
    waiting: dict[int, deque[list[Trip]]] = defaultdict(deque)
    buses: list[list[Trip]] = []
    arriving: list[tuple[int, int, list[Trip]]] = []
    for each in sorted(chosen, key=lambda each: _leaves(net, vehicle, each)):
        now = _leaves(net, vehicle, each)
        for come in sorted(arriving, key=lambda come: come[0]):
            if come[0] <= now:
                waiting[come[1]].append(come[2])
                arriving.remove(come)
        bus = waiting[each.origin].popleft() if each.origin else []
        if not bus:
            buses.append(bus)
        bus.append(each.trip)
        free = each.trip.market_minute + net.case.rules.turnaround_minutes
        arriving.append((free, each.market + 1, bus))
    made = [_block(net.case, vehicle, tuple(bus)) for bus in buses]
    made.sort(key=lambda block: (block.leave_minute, block.trips[0].requests))
    return [
        Block(
            block.vehicle,
            number,
            block.trips,
            block.leave_minute,
            block.back_minute,
            block.empty_metres,
        )
        for number, block in enumerate(made, start=1)
    ]


def _leaves(net: Network, vehicle: Vehicle, chosen: Chosen) -> int:
    """Return when the bus starts for the trip's first stop."""
    place = {code: row for row, code in enumerate(net.case.ways.codes)}
    first = chosen.trip.calls[0]
    origin = vehicle.depot
    if chosen.origin:
        origin = net.case.markets[chosen.origin - 1].code
    drive = net.case.ways.minutes[place[origin]][place[first.stop]]
    return first.arrive_minute - drive


def _block(case: Case, vehicle: Vehicle, trips: tuple[Trip, ...]) -> Block:
    place = {code: row for row, code in enumerate(case.ways.codes)}
    here = place[vehicle.depot]
    empty = 0
    for trip in trips:
        empty += case.ways.metres[here][place[trip.calls[0].stop]]
        here = place[trip.market]
    first = place[trips[0].calls[0].stop]
    depot = place[vehicle.depot]
    out = case.ways.minutes[depot][first]
    home = case.ways.minutes[here][depot]
    free = trips[-1].market_minute + case.rules.turnaround_minutes
    return Block(
        vehicle=vehicle.code,
        number=0,
        trips=trips,
        leave_minute=trips[0].calls[0].arrive_minute - out,
        back_minute=free + home,
        empty_metres=empty + case.ways.metres[here][depot],
    )


def money(case: Case, made: tuple[Block, ...]) -> Money:
    """Reckon what blocks are worth and cost."""
    rules = case.rules
    riders = {request.code: request for request in case.requests}
    served = driven = buses = near = 0
    kinds = {vehicle.code: vehicle for vehicle in case.vehicles}
    for block in made:
        vehicle = kinds[block.vehicle]
        metres = block.empty_metres + sum(trip.metres for trip in block.trips)
        driven += metres * vehicle.cost_fen_per_km
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
