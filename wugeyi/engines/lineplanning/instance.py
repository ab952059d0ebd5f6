"""Invented cases by seed: villages along four valleys, markets, two kinds of buses.

``case(seed)`` gives the same case on every machine: it draws from ``random.Random`` and
rounds what it reckons. ``SEEDS`` are those every published figure is made with.
"""

import math
import random
from dataclasses import dataclass, replace

from wugeyi.engines.lineplanning.model import (
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    Request,
    Rules,
    Stop,
    Vehicle,
    Ways,
)

SEEDS = tuple(range(1, 21))

Point = tuple[float, float]
VALLEYS = tuple(math.radians(degrees) for degrees in (15, 40, 65, 95))
DEPOT: Point = (6.0, 5.0)
MARKETS: tuple[Point, ...] = ((0.0, 0.0), (3.0, -2.0), (-1.5, 3.0))
MARKET_WEIGHTS = (5, 3, 2)
ROUGHNESS = 1.35  # a road's length over the straight line
LATEST = (390, 405, 420, 435, 450, 465, 480, 495, 510)
WIDTHS = (45, 60, 75)
EARLIEST = 345
CLOSES = 510
LAST_REGULAR = 600
NOON_CLOSES = 840
NOON_SHARE = 0.6
NOON = (660, 675, 690, 705, 720, 735, 750)
NOON_WIDTHS = (30, 45, 60)
ORIGIN = (26.6, 106.6)  # degrees of the first market; the villages are invented
KM_PER_DEGREE = 111.2
FREE = Apart()
"""Regular lines end at the markets, each at a bay of its own."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a case is; the figures' is the default.

    Parameters
    ----------
    returns
        Whether some of the growers want home at noon.
    """

    villages: int = 60
    markets: int = 3
    large: int = 4
    small: int = 2
    returns: bool = False


def case(seed: int, size: Size | None = None) -> Case:
    """Return the case of a seed.

    The order of draws is part of it: a village after another, their requests, narrow
    roads, the regular lines, and last who wants home.
    """
    size = size or Size()
    draw = random.Random(seed)  # noqa: S311 (an invented case, no secret)
    markets = MARKETS[: size.markets]
    villages = [_village(draw) for _ in range(size.villages)]
    points = [DEPOT, *markets, *villages]
    codes = _codes(size)
    ways = _ways(codes, points)
    closes = NOON_CLOSES if size.returns else CLOSES
    requests = _requests(draw, size)
    narrow = {i for i in range(size.villages) if draw.random() < 0.15}
    departures = _departures(draw, size, villages, ways)
    if size.returns:
        requests += _returns(draw, requests)
    return Case(
        stops=tuple(
            Stop(
                f"v{i}",
                f"虚构村 {i}",
                longest_cm=1000 if i in narrow else None,
                lat=_lat(point),
                lon=_lon(point),
            )
            for i, point in enumerate(villages)
        ),
        markets=tuple(
            Market(
                f"m{k}",
                f"虚构市场 {k}",
                FREE,
                closes_minute=closes,
                lat=_lat(point),
                lon=_lon(point),
            )
            for k, point in enumerate(markets)
        ),
        depots=(Depot("depot", "虚构车场", lat=_lat(DEPOT), lon=_lon(DEPOT)),),
        ways=ways,
        vehicles=_fleet(size),
        requests=requests,
        departures=departures,
        rules=Rules(apart=Apart(hard_minutes=4)),
        name=f"{size.villages}-{seed}",
    )


def _codes(size: Size) -> tuple[str, ...]:
    markets = (f"m{k}" for k in range(size.markets))
    return ("depot", *markets, *(f"v{i}" for i in range(size.villages)))


def _village(draw: random.Random) -> Point:
    angle = draw.choice(VALLEYS) + draw.gauss(0, 0.07)
    away = draw.uniform(8, 28)
    return (
        away * math.cos(angle) + draw.gauss(0, 0.6),
        away * math.sin(angle) + draw.gauss(0, 0.6),
    )


def _lat(point: Point) -> float:
    return round(ORIGIN[0] + point[1] / KM_PER_DEGREE, 6)


def _lon(point: Point) -> float:
    east = point[0] / KM_PER_DEGREE / math.cos(math.radians(ORIGIN[0]))
    return round(ORIGIN[1] + east, 6)


def _ways(codes: tuple[str, ...], points: list[Point]) -> Ways:
    """Return lengths of direct roads, and the least minutes by any chain of roads."""
    n = len(points)
    km = [[ROUGHNESS * math.dist(a, b) for b in points] for a in points]
    minutes = [[0] * n for _ in range(n)]
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            if i != j:
                km_per_hour = 26 if math.dist(a, b) < 6 else 36
                minutes[i][j] = max(2, round(60 * km[i][j] / km_per_hour))
    for k in range(n):
        for i in range(n):
            first = minutes[i][k]
            minutes[i] = [
                min(old, first + second)
                for old, second in zip(minutes[i], minutes[k], strict=True)
            ]
    metres = tuple(tuple(round(1000 * each) for each in row) for row in km)
    return Ways(codes, tuple(map(tuple, minutes)), metres)


def _requests(draw: random.Random, size: Size) -> tuple[Request, ...]:
    found: list[Request] = []
    for village in range(size.villages):
        for _ in range(1 if draw.random() < 0.75 else 2):
            persons = max(2, int(draw.gauss(7, 3)))
            baskets = max(0, int(persons * draw.uniform(0.8, 2.6)))
            markets = range(size.markets)
            market = draw.choices(markets, MARKET_WEIGHTS[: size.markets])[0]
            latest = draw.choice(LATEST)
            earliest = max(EARLIEST, latest - draw.choice(WIDTHS))
            found.append(
                Request(
                    f"r{len(found)}",
                    f"v{village}",
                    f"m{market}",
                    persons,
                    baskets,
                    earliest,
                    latest,
                )
            )
    return tuple(found)


def _returns(draw: random.Random, requests: tuple[Request, ...]) -> tuple[Request, ...]:
    """Return who wants home at noon, with what they bought."""
    found = []
    for each in requests:
        if draw.random() < NOON_SHARE:
            earliest = draw.choice(NOON)
            found.append(
                replace(
                    each,
                    code=f"{each.code}-home",
                    baskets=int(each.persons * draw.uniform(0, 0.5)),
                    earliest_minute=earliest,
                    latest_minute=earliest + draw.choice(NOON_WIDTHS),
                    home=True,
                )
            )
    return tuple(found)


def _departures(
    draw: random.Random, size: Size, villages: list[Point], ways: Ways
) -> tuple[Departure, ...]:
    """Return one regular line for each valley, some villages down to a market."""
    found: set[tuple[str, int, str]] = set()
    for line, valley in enumerate(VALLEYS):
        near = [
            i
            for i, (x, y) in enumerate(villages)
            if abs(math.atan2(y, x) - valley) < 0.12
        ]
        served = draw.sample(near, min(7, len(near)))
        served.sort(key=lambda i: -math.hypot(*villages[i]))
        first = 1 + size.markets
        path = [first + i for i in served] + [1 + draw.randrange(size.markets)]
        every = draw.choice([12, 15, 20])
        start = 360 + draw.randrange(0, every)
        last = NOON_CLOSES if size.returns else LAST_REGULAR
        for leaving in range(start, last, every):
            minute = leaving
            for here, place in enumerate(path):
                found.add((ways.codes[place], minute, f"regular {line}"))
                if here + 1 < len(path):
                    minute += int(ways.minutes[place][path[here + 1]] * 1.25) + 1
    return tuple(Departure(*each) for each in sorted(found))


def _fleet(size: Size) -> tuple[Vehicle, ...]:
    return (
        Vehicle(
            code="large",
            name="11.4 米",
            depot="depot",
            count=size.large,
            seats=42,
            basket_places=70,
            length_cm=1140,
            cost_fen_per_km=260,
            fixed_fen=6000,
        ),
        Vehicle(
            code="small",
            name="8.5 米",
            depot="depot",
            count=size.small,
            seats=24,
            basket_places=40,
            length_cm=850,
            cost_fen_per_km=180,
            fixed_fen=4500,
        ),
    )
