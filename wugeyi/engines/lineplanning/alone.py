"""Whether a bus could make a trip for one request alone, and which rules forbid it.

Every bus at every minute of the day breaks some rules. A set of rules forbids the
request if each bus at each minute breaks one of them; the smallest such set is the answer.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.lineplanning.findings import Finding, Value, clock
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Place,
    Request,
)
from wugeyi.engines.lineplanning.stretches import Stretch, stretches, way

Array = NDArray[Any]

DAY = 2880
RULES = (
    "road",
    "length",
    "seats",
    "baskets",
    "floor",
    "ride",
    "window",
    "hours",
    "apart-stop",
    "apart-market",
    "early",
    "late",
    "regular",
)
TURNED = frozenset({"road", "ride", "window"})
"""Those that are said otherwise of people who want home."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What one request means for any bus.

    Parameters
    ----------
    ride_minutes
        From its stop to its market, or home; ``NO_ROAD`` for none.
    call_minutes
        How long a bus stands for it.
    """

    case: Case
    request: Request
    stop: Place
    market: Place
    ride_minutes: int
    call_minutes: int


def forbidding(case: Case, request: Request) -> tuple[str, ...]:
    """Return the smallest set of rules no bus can keep for this request alone.

    Returns
    -------
    tuple of str
        Of ``RULES``, in their order; empty if some bus can take it.
    """
    known = _alone(case, request)
    broken: set[int] = set()
    for stretch in stretches(case):
        if stretch.count > 0:
            broken |= set(np.unique(_broken(known, stretch)).tolist())
    if 0 in broken:
        return ()
    for many in range(1, len(RULES) + 1):
        for chosen in combinations(range(len(RULES)), many):
            bits = sum(1 << rule for rule in chosen)
            if all(bits & each for each in broken):
                return tuple(RULES[rule] for rule in chosen)
    return ()


def impossible(case: Case, request: Request) -> Finding | None:
    """Return why no bus can take a request alone, the rules and inputs; None if one can."""
    rules = forbidding(case, request)
    if not rules:
        return None
    known = _alone(case, request)
    because = tuple(_said(known, rule) for rule in rules)
    inputs = dict.fromkeys(name for each in because for name in each.inputs)
    return Finding(
        "request-impossible",
        "warning",
        request.code,
        {"name": request.name or request.code},
        tuple(inputs),
        because,
    )


def _alone(case: Case, request: Request) -> Alone:
    row = {code: number for number, code in enumerate(case.ways.codes)}
    rules = case.rules
    here, there = request.stop, request.market
    if request.home:
        here, there = there, here
    return Alone(
        case,
        request,
        next(each for each in case.stops if each.code == request.stop),
        next(each for each in case.markets if each.code == request.market),
        case.ways.minutes[row[here]][row[there]],
        rules.call_minutes + -(-request.baskets // rules.baskets_per_minute),
    )


def _drives(known: Alone, stretch: Stretch) -> tuple[int, int]:
    """Return the minutes to where it begins, and from its end."""
    ways, first, last = known.case.ways, known.request.stop, known.request.market
    if known.request.home:
        first, last = last, first
    out = way(ways, stretch.starts_at, first)[0]
    return out, way(ways, last, stretch.ends_at)[0]


def _times(known: Alone, minute: Array) -> tuple[Array, Array, Array]:
    """Return when a bus must be there, calls, and is free, by minute at the market."""
    turn = known.case.rules.turnaround_minutes
    ride = max(known.ride_minutes, 0)
    if known.request.home:
        call = minute + ride
        return minute - turn, call, call + known.call_minutes
    call = minute - ride - known.call_minutes
    return call, call, minute + turn


def _broken(known: Alone, stretch: Stretch) -> Array:
    """Return bits of ``RULES`` this bus breaks, by minute at the market."""
    case, request, rules = known.case, known.request, known.case.rules
    vehicle = stretch.vehicle
    out, home = _drives(known, stretch)
    market_minute = np.arange(DAY)
    begin, call, free = _times(known, market_minute)
    floor = request.persons * rules.person_dm2 + request.baskets * rules.basket_dm2
    stop = next(each for each in case.stops if each.code == request.stop)
    market = next(each for each in case.markets if each.code == request.market)
    longest = vehicle.length_cm if stop.longest_cm is None else stop.longest_cm
    early = begin - max(out, 0) < stretch.from_minute
    late = free + max(home, 0) > stretch.until_minute
    marks: dict[str, Any] = {
        "road": NO_ROAD in (out, home, known.ride_minutes),
        "length": vehicle.length_cm > longest,
        "seats": request.persons > vehicle.seats,
        "baskets": request.baskets > vehicle.basket_places,
        "floor": 0 < vehicle.floor_dm2 < floor,
        "ride": known.ride_minutes > rules.ride_limit_minutes,
        "window": (market_minute < request.earliest_minute)
        | (market_minute > request.latest_minute),
        "hours": (market_minute < market.opens_minute)
        | (market_minute > market.closes_minute),
        "apart-stop": _near(case, stop, call),
        "apart-market": _near(case, market, market_minute),
        "early": early & (not stretch.before),
        "late": late & (not stretch.after),
        "regular": (early & stretch.before) | (late & stretch.after),
    }
    bits = np.zeros(DAY, np.int64)
    for number, rule in enumerate(RULES):
        bits |= np.broadcast_to(marks[rule], DAY).astype(np.int64) << number
    return bits


def _apart(case: Case, place: Place) -> Apart:
    return place.apart or case.rules.apart


def _near(case: Case, place: Place, minutes: Array) -> Array:
    hard = _apart(case, place).hard_minutes
    near = np.zeros(len(minutes), np.bool_)
    for each in case.departures:
        if each.place == place.code:
            near |= np.abs(minutes - each.minute) < hard
    return near


def _said(known: Alone, rule: str) -> Finding:
    """Return one rule with its figures."""
    case, request = known.case, known.request
    rules, vehicles = case.rules, [each for each in case.vehicles if each.count > 0]
    stop, market = f"stop {request.stop}", f"market {request.market}"
    ride = f"ways {request.stop} {request.market}"
    if request.home:
        ride = f"ways {request.market} {request.stop}"
    asked, buses = f"request {request.code}", "vehicles"
    names = {"stop": known.stop.name or request.stop}
    names["market"] = known.market.name or request.market
    longest = next(each.longest_cm for each in case.stops if each.code == request.stop)
    hours = next(each for each in case.markets if each.code == request.market)
    told: dict[str, tuple[tuple[str, ...], dict[str, Value]]] = {
        "road": ((ride,), {}),
        "length": (
            (stop, buses),
            {"longest": longest or 0, "has": min(v.length_cm for v in vehicles)},
        ),
        "seats": (
            (asked, buses),
            {"many": request.persons, "has": max(v.seats for v in vehicles)},
        ),
        "baskets": (
            (asked, buses),
            {"many": request.baskets, "has": max(v.basket_places for v in vehicles)},
        ),
        "floor": (
            (asked, buses, "rule person_dm2", "rule basket_dm2"),
            {"has": max(v.floor_dm2 for v in vehicles)},
        ),
        "ride": (
            (ride, "rule ride_limit_minutes"),
            {"ride": known.ride_minutes, "limit": rules.ride_limit_minutes},
        ),
        "window": (
            (asked,),
            {
                "earliest": clock(request.earliest_minute),
                "latest": clock(request.latest_minute),
            },
        ),
        "hours": (
            (market,),
            {
                "opens": clock(hours.opens_minute),
                "closes": clock(hours.closes_minute),
            },
        ),
        "apart-stop": (
            (stop, f"departures {request.stop}", "rule apart"),
            {"hard": _apart(case, known.stop).hard_minutes},
        ),
        "apart-market": (
            (market, f"departures {request.market}", "rule apart"),
            {"hard": _apart(case, known.market).hard_minutes},
        ),
        "early": ((buses,), {"from": clock(min(v.from_minute for v in vehicles))}),
        "late": ((buses,), {"until": clock(max(v.until_minute for v in vehicles))}),
        "regular": (tuple(f"regular {each.code}" for each in case.regular_duties), {}),
    }
    inputs, values = told[rule]
    code = f"rule-{rule}-home" if request.home and rule in TURNED else f"rule-{rule}"
    return Finding(code, "note", request.code, {**names, **values}, inputs)
