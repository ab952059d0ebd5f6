"""A case as numbers for a peer, and a peer's routes as a plan the checker judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.model import Case, Place, Request, Vehicle
from wugeyi.engines.lineplanning.packing.blocks import money
from wugeyi.engines.lineplanning.plan import Block, Call, Plan, Trip

Event = tuple[int, int, bool]
"""Number of a request, the minute it begins to get on, and whether it is the last of its
trip: the bus then drives to the market."""
ANY = 10**6


@dataclass(frozen=True, slots=True)
class Judged:
    """A peer's plan as the checker sees it.

    Parameters
    ----------
    dropped
        Trips taken out because something of them is not allowed.
    breaches
        Of what is left.
    """

    plan: Plan
    dropped: int
    breaches: int


def call_minutes(case: Case, rider: Request) -> int:
    """Return how long a request takes to get on."""
    rules = case.rules
    return rules.call_minutes - (-rider.baskets // rules.baskets_per_minute)


def numbers(case: Case) -> dict[str, Any]:
    """Return a case as a peer without the engine can read it: numbers by place."""
    rows = {code: row for row, code in enumerate(case.ways.codes)}
    return {
        "minutes": case.ways.minutes,
        "metres": case.ways.metres,
        "requests": [_request(case, rows, each) for each in case.requests],
        "buses": [
            _bus(rows, vehicle)
            for vehicle in case.vehicles
            for _ in range(vehicle.count)
        ],
        "forbidden": {
            rows[place.code]: _forbidden(case, place)
            for place in (*case.stops, *case.markets)
        },
        "ride_limit": case.rules.ride_limit_minutes,
        "stops_limit": case.rules.stops_limit,
        "turnaround": case.rules.turnaround_minutes,
    }


def _request(case: Case, rows: dict[str, int], rider: Request) -> dict[str, int]:
    rules = case.rules
    market = next(each for each in case.markets if each.code == rider.market)
    stop = next(each for each in case.stops if each.code == rider.stop)
    return {
        "stop": rows[rider.stop],
        "market": rows[rider.market],
        "persons": rider.persons,
        "baskets": rider.baskets,
        "floor": rider.persons * rules.person_dm2 + rider.baskets * rules.basket_dm2,
        "from": max(rider.earliest_minute, market.opens_minute),
        "until": min(rider.latest_minute, market.closes_minute),
        "cm": ANY if stop.longest_cm is None else stop.longest_cm,
        "call": call_minutes(case, rider),
        "worth_fen": rider.persons * rules.person_fen
        + rider.baskets * rules.basket_fen,
    }


def _bus(rows: dict[str, int], vehicle: Vehicle) -> dict[str, int]:
    return {
        "depot": rows[vehicle.depot],
        "persons": vehicle.seats,
        "baskets": vehicle.basket_places,
        "floor": vehicle.floor_dm2,
        "cm": vehicle.length_cm,
        "fen_per_km": vehicle.cost_fen_per_km,
        "fixed_fen": vehicle.fixed_fen,
        "from": vehicle.from_minute,
        "until": vehicle.until_minute,
    }


def _forbidden(case: Case, place: Place) -> list[tuple[int, int]]:
    """Return runs of minutes at which no bus may arrive, first and last."""
    apart = case.rules.apart if place.apart is None else place.apart
    near = apart.hard_minutes - 1
    return [
        (each.minute - near, each.minute + near)
        for each in case.departures
        if each.place == place.code and near >= 0
    ]


def judged(case: Case, buses: Sequence[Sequence[Event]]) -> Judged:
    """Return the plan of a peer's routes, one a bus in the order of the fleet.

    A trip that breaks a rule is taken out, so that what is compared is a plan somebody
    could drive.
    """
    fleet = [
        (vehicle, number)
        for vehicle in case.vehicles
        for number in range(1, vehicle.count + 1)
    ]
    blocks, dropped = [], 0
    # A peer that found nothing names no bus.
    for (vehicle, number), route in zip(fleet, buses, strict=bool(buses)):
        sound: tuple[Trip, ...] = ()
        for trip in trips(case, route):
            longer = (*sound, trip)
            alone = plan_of(case, (block_of(case, vehicle, number, longer),))
            if check(case, alone):
                dropped += 1
            else:
                sound = longer
        if sound:
            blocks.append(block_of(case, vehicle, number, sound))
    plan = plan_of(case, tuple(blocks))
    return Judged(plan, dropped, len(check(case, plan)))


def trips(case: Case, route: Sequence[Event]) -> list[Trip]:
    """Return a bus's trips."""
    found = []
    riding: list[tuple[Request, int]] = []
    for number, minute, last in route:
        rider = case.requests[number]
        riding.append((rider, minute))
        if last:
            rows = {code: row for row, code in enumerate(case.ways.codes)}
            drive = case.ways.minutes[rows[rider.stop]][rows[rider.market]]
            there = minute + call_minutes(case, rider) + drive
            found.append(_trip(case, riding, rider.market, there))
            riding = []
    return found


def _trip(
    case: Case, riding: list[tuple[Request, int]], market: str, market_minute: int
) -> Trip:
    rows = {code: row for row, code in enumerate(case.ways.codes)}
    stops: list[tuple[str, int, list[Request]]] = []
    for rider, minute in riding:
        if not stops or stops[-1][0] != rider.stop:
            stops.append((rider.stop, minute, []))
        stops[-1][2].append(rider)
    calls, persons, baskets, metres = [], 0, 0, 0
    reached = [(stop, minute) for stop, minute, _ in stops[1:]]
    reached.append((market, market_minute))
    for (stop, minute, riders), (there, then) in zip(stops, reached, strict=True):
        persons += sum(each.persons for each in riders)
        baskets += sum(each.baskets for each in riders)
        codes = tuple(each.code for each in riders)
        leaving = then - case.ways.minutes[rows[stop]][rows[there]]
        metres += case.ways.metres[rows[stop]][rows[there]]
        calls.append(Call(stop, minute, leaving, codes, persons, baskets))
    return Trip(market, tuple(calls), market_minute, metres)


def block_of(
    case: Case, vehicle: Vehicle, number: int, made: tuple[Trip, ...]
) -> Block:
    """Return what one bus does when it makes these trips."""
    rows = {code: row for row, code in enumerate(case.ways.codes)}
    depot = rows[vehicle.depot]
    places = [(rows[each.calls[0].stop], rows[each.market]) for each in made]
    starts = [depot, *(market for _, market in places)]
    ends = [*(stop for stop, _ in places), depot]
    first, last = made[0].calls[0].arrive_minute, made[-1].market_minute
    return Block(
        vehicle=vehicle.code,
        number=number,
        trips=made,
        leave_minute=first - case.ways.minutes[depot][ends[0]],
        back_minute=last
        + case.rules.turnaround_minutes
        + case.ways.minutes[starts[-1]][depot],
        empty_metres=sum(
            case.ways.metres[here][there]
            for here, there in zip(starts, ends, strict=True)
        ),
    )


def plan_of(case: Case, blocks: tuple[Block, ...]) -> Plan:
    """Return the plan with its sums; it knows no bound but its own value."""
    sums = money(case, blocks)
    plan = Plan(blocks, (), sums, sums.value_milli)
    left = tuple(each.code for each in case.requests if each.code not in plan.served)
    return Plan(blocks, left, sums, sums.value_milli)
