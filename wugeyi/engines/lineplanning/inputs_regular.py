"""What is wrong with the regular duties of buses that the line shares."""

from collections.abc import Iterator
from itertools import pairwise

from wugeyi.engines.lineplanning.findings import Finding, Value, clock
from wugeyi.engines.lineplanning.model import Case, RegularDuty, Vehicle
from wugeyi.engines.lineplanning.stretches import by_bus, way

Found = Iterator[Finding]


def regular(case: Case) -> Found:
    """Look whether every bus can drive its regular duties at all."""
    vehicles = {each.code: each for each in case.vehicles}
    places = {
        each.code for some in (case.stops, case.markets, case.depots) for each in some
    }
    known = places & set(case.ways.codes)
    for duty in case.regular_duties:
        yield from _bus(duty, vehicles.get(duty.vehicle))
        for place in dict.fromkeys((duty.starts_at, duty.ends_at)):
            if place not in places:
                yield _error("regular-place-missing", duty, place=place)
    for (code, _), duties in by_bus(case).items():
        if all({each.starts_at, each.ends_at} <= known for each in duties):
            yield from _chain(case, duties)
            vehicle = vehicles.get(code)
            if vehicle is not None and vehicle.depot in known:
                yield from _hours(case, vehicle, duties)


def _named(duty: RegularDuty) -> str:
    return f"regular {duty.code}"


def _error(code: str, duty: RegularDuty, *inputs: str, **values: Value) -> Finding:
    subject = _named(duty)
    return Finding(code, "error", subject, values, (subject, *inputs))


def _bus(duty: RegularDuty, vehicle: Vehicle | None) -> Found:
    if vehicle is None:
        yield _error("regular-bus-missing", duty, vehicle=duty.vehicle)
    elif not 1 <= duty.number <= vehicle.count:
        values: dict[str, Value] = {"number": duty.number, "has": vehicle.count}
        yield _error("regular-number", duty, f"vehicle {vehicle.code}", **values)


def _chain(case: Case, duties: tuple[RegularDuty, ...]) -> Found:
    """Look whether the bus gets from each duty to the next."""
    for one, other in pairwise(duties):
        minutes = way(case.ways, one.ends_at, other.starts_at)[0]
        told: dict[str, Value] = {
            "other": one.code,
            "ends": clock(one.ends_minute),
            "starts": clock(other.starts_minute),
        }
        if other.starts_minute < one.ends_minute:
            yield _error("regular-overlap", other, _named(one), **told)
        elif minutes < 0 or one.ends_minute + minutes > other.starts_minute:
            ways = f"ways {one.ends_at} {other.starts_at}"
            here = {"here": one.ends_at, "there": other.starts_at}
            code = "regular-no-way" if minutes < 0 else "regular-too-far"
            told |= {**here, "minutes": minutes}
            yield _error(code, other, _named(one), ways, **told)


def _hours(case: Case, vehicle: Vehicle, duties: tuple[RegularDuty, ...]) -> Found:
    """Look whether the bus is out for its first duty, and back after its last."""
    first, last = duties[0], duties[-1]
    bus = f"vehicle {vehicle.code}"
    out = way(case.ways, vehicle.depot, first.starts_at)[0]
    back = way(case.ways, last.ends_at, vehicle.depot)[0]
    pairs = (
        (first, out, vehicle.depot, first.starts_at),
        (last, back, last.ends_at, vehicle.depot),
    )
    for duty, minutes, here, there in pairs:
        if minutes < 0:
            told: dict[str, Value] = {"here": here, "there": there}
            yield _error("regular-cut-off", duty, bus, f"ways {here} {there}", **told)
    if out >= 0 and vehicle.from_minute + out > first.starts_minute:
        told = {
            "starts": clock(first.starts_minute),
            "can": clock(vehicle.from_minute + out),
        }
        yield _error("regular-before-hours", first, bus, **told)
    if back >= 0 and last.ends_minute + back > vehicle.until_minute:
        told = {
            "back": clock(last.ends_minute + back),
            "until": clock(vehicle.until_minute),
        }
        yield _error("regular-after-hours", last, bus, **told)
