"""Numbers that may be right but look like a slip: another unit, a place elsewhere.

Beside ``inputs``, which refuses what cannot be. All of these are warnings.
"""

import math
from collections.abc import Callable, Iterator
from statistics import median

from wugeyi.engines.lineplanning.findings import Finding, Value
from wugeyi.engines.lineplanning.model import NO_ROAD, Case, Place

Found = Iterator[Finding]

SLOWEST_METRES_PER_MINUTE = 50  # 3 km/h, a walk
ROUNDING_MINUTES = 10  # a short way through traffic may be slow
EARTH_METRES = 6_371_000
BENDS = 0.95  # a road is no shorter than the straight line but for coarse coordinates
COARSE_METRES = 300
ASTRAY_METRES = 300_000
MOST_BASKETS_EACH = 10
LIKE_YUAN = {"cost_fen_per_km": 20, "fixed_fen": 200}
"""Less than so many fen looks like yuan."""
WORTH_LIKE_YUAN = {"person_fen": 30, "basket_fen": 15}


def doubts(case: Case) -> tuple[Finding, ...]:
    """Return what looks like a slip."""
    return tuple(each for look in LOOKS for each in look(case))


def _doubt(code: str, subject: str, **values: Value) -> Finding:
    return Finding(code, "warning", subject, values, (subject,))


def speeds(case: Case) -> Found:
    """Look for buses slower than a walk, and roads shorter than the straight line."""
    places = _located(case)
    ways = case.ways
    for i, here in enumerate(ways.codes):
        for j, there in enumerate(ways.codes):
            minutes, metres = ways.minutes[i][j], ways.metres[i][j]
            if i == j or NO_ROAD in (minutes, metres):
                continue
            subject = f"ways {here} {there}"
            if metres < SLOWEST_METRES_PER_MINUTE * (minutes - ROUNDING_MINUTES):
                yield _doubt("way-too-slow", subject, minutes=minutes, metres=metres)
            if here in places and there in places:
                straight = apart_metres(places[here], places[there])
                if metres < BENDS * straight - COARSE_METRES:
                    values = {"metres": metres, "straight": round(straight)}
                    yield _doubt("way-too-short", subject, **values)


def astray(case: Case) -> Found:
    """Look for places far from all others, as with latitude and longitude swapped."""
    places = _located(case)
    if len(places) < 3:
        return
    middle = (
        median(lat for lat, _ in places.values()),
        median(lon for _, lon in places.values()),
    )
    for code, point in places.items():
        if apart_metres(point, middle) > ASTRAY_METRES:
            values = {"lat": point[0], "lon": point[1]}
            yield _doubt("place-astray", f"place {code}", **values)


def baskets(case: Case) -> Found:
    """Look for more baskets than people can carry to a bus."""
    for each in case.requests:
        if each.baskets > MOST_BASKETS_EACH * each.persons > 0:
            values = {"persons": each.persons, "baskets": each.baskets}
            yield _doubt("baskets-many", f"request {each.code}", **values)


def money(case: Case) -> Found:
    """Look for yuan where fen are asked for."""
    for bus in case.vehicles:
        for name, least in LIKE_YUAN.items():
            fen = getattr(bus, name)
            if 0 < fen < least:
                subject = f"vehicle {bus.code}"
                yield _doubt("like-yuan", subject, field=name, fen=fen)
    for name, least in WORTH_LIKE_YUAN.items():
        fen = getattr(case.rules, name)
        if 0 < fen < least:
            yield _doubt("like-yuan", f"rule {name}", field=name, fen=fen)


def _located(case: Case) -> dict[str, tuple[float, float]]:
    places: tuple[Place, ...] = (*case.stops, *case.markets, *case.depots)
    return {
        each.code: (each.lat, each.lon)
        for each in places
        if each.lat is not None and each.lon is not None
    }


def apart_metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the straight line between two points, each latitude and longitude."""
    lat, other_lat = math.radians(one[0]), math.radians(other[0])
    lon = math.radians(other[1] - one[1])
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin(lon / 2) ** 2
    )
    return 2 * EARTH_METRES * math.asin(min(1, math.sqrt(half)))


LOOKS: tuple[Callable[[Case], Found], ...] = (speeds, astray, baskets, money)
