"""What is wrong with a case, before anything is planned.

Errors keep it from being planned at all (``require`` refuses it); a warning leaves one
thing out or asks for a look, and names the inputs that are at odds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from wugeyi.engines.lineplanning.alone import impossible
from wugeyi.engines.lineplanning.findings import Finding, Refused, Severity, clock
from wugeyi.engines.lineplanning.inputs_regular import regular
from wugeyi.engines.lineplanning.model import NO_ROAD, Apart, Case, Place

LAST_MINUTE = 2879
MOST_PERSONS = 500
MOST_BASKETS = 1_000
MOST_METRES = 2_000_000
MOST_METRES_PER_MINUTE = 2_000  # 120 km/h
ROUNDING_METRES = 1_000  # a whole minute is a coarse measure of a short way

Found = Iterator[Finding]


def findings(case: Case) -> tuple[Finding, ...]:
    """Return everything noticed; requests are looked at once the rest is in order."""
    found = [each for check in CHECKS for each in check(case)]
    if any(each.severity == "error" for each in found):
        return tuple(found)
    for check in LOOKS:
        found += check(case)
    return tuple(found)


def require(case: Case) -> tuple[Finding, ...]:
    """Return what is noticed beside errors.

    Raises
    ------
    Refused
        There are errors; it carries them.
    """
    found = findings(case)
    errors = [each for each in found if each.severity == "error"]
    if errors:
        raise Refused(*errors)
    return found


def _error(code: str, subject: str, *inputs: str, **values: str | float) -> Finding:
    return Finding(code, "error", subject, values, inputs or (subject,))


def _places(case: Case) -> tuple[Place, ...]:
    return (*case.stops, *case.markets, *case.depots)


def codes(case: Case) -> Found:
    """Look whether every code names one thing."""
    tables: dict[str, Iterable[str]] = {
        "place": (each.code for each in _places(case)),
        "vehicle": (each.code for each in case.vehicles),
        "request": (each.code for each in case.requests),
        "regular": (each.code for each in case.regular_duties),
        "ways": case.ways.codes,
    }
    for table, names in tables.items():
        for code, many in sorted(Counter(names).items()):
            if many > 1:
                yield _error("code-twice", f"{table} {code}", many=many)
            if not code.strip():
                yield _error("code-empty", table)


def present(case: Case) -> Found:
    """Look whether there is something to plan, and to plan it with."""
    if not any(each.count > 0 for each in case.vehicles):
        yield _error("no-buses", "vehicles")
    if not case.requests:
        yield _error("no-requests", "requests")


def names(case: Case) -> Found:
    """Look whether every name used is there."""
    stops = {each.code for each in case.stops}
    markets = {each.code for each in case.markets}
    depots = {each.code for each in case.depots}
    for each in case.requests:
        subject = f"request {each.code}"
        if each.stop not in stops:
            yield _error("stop-missing", subject, place=each.stop)
        if each.market not in markets:
            yield _error("market-missing", subject, place=each.market)
    for bus in case.vehicles:
        if bus.depot not in depots:
            yield _error("depot-missing", f"vehicle {bus.code}", place=bus.depot)
    away = {each.place for each in case.departures} - stops - markets - depots
    for code in sorted(away):
        values = {"place": code}
        yield Finding("departure-elsewhere", "note", f"departures {code}", values)


def ways(case: Case) -> Found:
    """Look whether the table of ways is whole and has every place."""
    size = len(case.ways.codes)
    for name, table in (("minutes", case.ways.minutes), ("metres", case.ways.metres)):
        if len(table) != size or any(len(row) != size for row in table):
            yield _error("ways-ragged", f"ways {name}", size=size)
            return
    for place in _places(case):
        if place.code not in case.ways.codes:
            yield _error("ways-missing", f"place {place.code}", "ways")
    for i, here in enumerate(case.ways.codes):
        for j, there in enumerate(case.ways.codes):
            minutes, metres = case.ways.minutes[i][j], case.ways.metres[i][j]
            yield from _way(f"ways {here} {there}", minutes, metres)


def _way(subject: str, minutes: int, metres: int) -> Found:
    if NO_ROAD in (minutes, metres):
        if minutes != metres:
            yield _error("way-half", subject, minutes=minutes, metres=metres)
    elif not 0 <= minutes <= LAST_MINUTE or not 0 <= metres <= MOST_METRES:
        yield _error("way-absurd", subject, minutes=minutes, metres=metres)
    elif metres > ROUNDING_METRES + MOST_METRES_PER_MINUTE * minutes:
        values = {"minutes": minutes, "metres": metres}
        yield Finding("way-too-fast", "warning", subject, values, (subject,))


def numbers(case: Case) -> Found:
    """Look for negative numbers, and for such as must be slips."""
    for each in case.requests:
        subject = f"request {each.code}"
        yield from _within(subject, "persons", each.persons, 1, MOST_PERSONS)
        yield from _within(subject, "baskets", each.baskets, 0, MOST_BASKETS)
        yield from _span(subject, each.earliest_minute, each.latest_minute)
    for market in case.markets:
        subject = f"market {market.code}"
        yield from _span(subject, market.opens_minute, market.closes_minute)
    for bus in case.vehicles:
        subject = f"vehicle {bus.code}"
        yield from _span(subject, bus.from_minute, bus.until_minute)
        yield from _within(subject, "count", bus.count, 0, 1_000)
        yield from _within(subject, "seats", bus.seats, 1, MOST_PERSONS)
        yield from _within(subject, "basket_places", bus.basket_places, 0, MOST_BASKETS)
        yield from _within(subject, "length_cm", bus.length_cm, 200, 2_500)
        yield from _within(subject, "cost_fen_per_km", bus.cost_fen_per_km, 0, 100_000)
        yield from _within(subject, "fixed_fen", bus.fixed_fen, 0, 100_000_000)
        yield from _within(subject, "floor_dm2", bus.floor_dm2, 0, 10_000)
    for stop in case.stops:
        if stop.longest_cm is not None:
            subject = f"stop {stop.code}"
            yield from _within(subject, "longest_cm", stop.longest_cm, 0, 10_000)
    for place in _places(case):
        subject = f"place {place.code}"
        if (place.lat is None) != (place.lon is None):
            yield Finding("position-half", "warning", subject, {}, (subject,))
        yield from _within(subject, "lat", place.lat or 0, -90, 90)
        yield from _within(subject, "lon", place.lon or 0, -180, 180)
    for duty in case.regular_duties:
        subject = f"regular {duty.code}"
        yield from _span(subject, duty.starts_minute, duty.ends_minute)
    for departure in case.departures:
        subject = f"departures {departure.place}"
        yield from _within(subject, "minute", departure.minute, 0, LAST_MINUTE)


def _within(subject: str, name: str, number: float, least: int, most: int) -> Found:
    if not least <= number <= most:
        limits = {"number": number, "least": least, "most": most}
        yield _error("number-absurd", subject, field=name, **limits)


def _span(subject: str, first: int, last: int) -> Found:
    yield from _within(subject, "minute", first, 0, LAST_MINUTE)
    yield from _within(subject, "minute", last, 0, LAST_MINUTE)
    if first > last:
        yield _error("times-turned", subject, first=clock(first), last=clock(last))


def rules(case: Case) -> Found:
    """Look for rules that forbid every trip."""
    given = case.rules
    limits = {
        "ride_limit_minutes": (given.ride_limit_minutes, 1, 600),
        "stops_limit": (given.stops_limit, 1, 40),
        "call_minutes": (given.call_minutes, 0, 60),
        "baskets_per_minute": (given.baskets_per_minute, 1, 1_000),
        "turnaround_minutes": (given.turnaround_minutes, 0, 600),
        "person_dm2": (given.person_dm2, 0, 1_000),
        "basket_dm2": (given.basket_dm2, 0, 1_000),
        "person_fen": (given.person_fen, 0, 1_000_000),
        "basket_fen": (given.basket_fen, 0, 1_000_000),
    }
    for name, (number, least, most) in limits.items():
        yield from _within(f"rule {name}", name, number, least, most)
    yield from _apart("rule apart", given.apart)
    for place in _places(case):
        if place.apart is not None:
            yield from _apart(f"place {place.code}", place.apart)


def _apart(subject: str, apart: Apart) -> Found:
    yield from _within(subject, "hard_minutes", apart.hard_minutes, 0, 600)
    yield from _within(subject, "soft_minutes", apart.soft_minutes, 0, 600)
    yield from _within(subject, "price_fen", apart.price_fen, 0, 1_000_000)
    if apart.price_fen > 0 and 0 < apart.soft_minutes <= apart.hard_minutes:
        values = {"hard": apart.hard_minutes, "soft": apart.soft_minutes}
        severity: Severity = "warning"
        yield Finding("price-never-paid", severity, subject, values, (subject,))


def buses(case: Case) -> Found:
    """Look whether every bus can carry somebody."""
    for bus in case.vehicles:
        subject = f"vehicle {bus.code}"
        if 0 < bus.floor_dm2 < case.rules.person_dm2:
            values = {"floor": bus.floor_dm2, "person": case.rules.person_dm2}
            inputs = (subject, "rule person_dm2")
            yield Finding("floor-too-small", "warning", subject, values, inputs)


def alone(case: Case) -> Found:
    """Look whether some bus could take each request, were it the only one."""
    for request in case.requests:
        found = impossible(case, request)
        if found:
            yield found


def unused(case: Case) -> Found:
    """Look for stops nobody wants."""
    wanted = {each.stop for each in case.requests}
    for stop in case.stops:
        if stop.code not in wanted:
            values = {"name": stop.name or stop.code}
            yield Finding("stop-unwanted", "note", f"stop {stop.code}", values)


CHECKS: tuple[Callable[[Case], Found], ...] = (
    codes,
    present,
    names,
    ways,
    numbers,
    rules,
    regular,
)
LOOKS: tuple[Callable[[Case], Found], ...] = (buses, alone, unused)
