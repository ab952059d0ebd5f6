"""Tiny cases drawn by Hypothesis: few requests, but every rule bites now and then."""

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from wugeyi.engines.lineplanning.inputs_regular import regular
from wugeyi.engines.lineplanning.model import (
    NO_ROAD,
    Apart,
    Case,
    Departure,
    Depot,
    Market,
    RegularDuty,
    Request,
    Rules,
    Stop,
    Vehicle,
    Ways,
)

FIRST, LAST = 400, 412


@st.composite
def ways(draw: st.DrawFn, codes: list[str]) -> Ways:
    n = len(codes)
    number = st.integers(1, 5)
    blocked = st.sets(
        st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=2
    )
    shut = draw(blocked)
    minutes = [[draw(number) for _ in range(n)] for _ in range(n)]
    metres = [[draw(st.integers(100, 4000)) for _ in range(n)] for _ in range(n)]
    for i in range(n):
        for j in range(n):
            if i == j:
                minutes[i][j] = metres[i][j] = 0
            elif (i, j) in shut:
                minutes[i][j] = metres[i][j] = NO_ROAD
    return Ways(tuple(codes), tuple(map(tuple, minutes)), tuple(map(tuple, metres)))


@st.composite
def requests(
    draw: st.DrawFn,
    number: int,
    stops: list[str],
    markets: list[str],
    returns: bool = False,
) -> Request:
    # With returns, so late that buses can make trips of both directions in turn.
    late = draw(st.sampled_from([0, 10, 20])) if returns else 0
    earliest = draw(st.integers(FIRST, FIRST + 8)) + late
    return Request(
        f"r{number}",
        draw(st.sampled_from(stops)),
        draw(st.sampled_from(markets)),
        draw(st.integers(1, 6)),
        draw(st.integers(0, 14)),
        earliest,
        draw(st.integers(max(earliest, FIRST + 4), LAST + late)),
        home=returns and draw(st.booleans()),
    )


@st.composite
def vehicles(draw: st.DrawFn, number: int, count: int) -> Vehicle:
    return Vehicle(
        code=f"k{number}",
        depot=draw(st.sampled_from(["d0", "d1"])),
        count=count,
        seats=draw(st.integers(5, 24)),
        basket_places=draw(st.integers(10, 60)),
        length_cm=draw(st.sampled_from([850, 1140])),
        cost_fen_per_km=draw(st.integers(50, 400)),
        fixed_fen=draw(st.integers(0, 900)),
        floor_dm2=draw(st.sampled_from([0, 0, 400])),
        from_minute=draw(st.sampled_from([0, 0, 390])),
        until_minute=draw(st.sampled_from([411, 2000, 2000])),
    )


apart = st.builds(
    Apart,
    hard_minutes=st.integers(0, 2),
    soft_minutes=st.integers(0, 5),
    price_fen=st.sampled_from([0, 90]),
)


@st.composite
def cases(draw: st.DrawFn, returns: bool = False) -> Case:
    stops = [f"s{k}" for k in range(draw(st.integers(1, 3)))]
    markets = [f"m{k}" for k in range(draw(st.integers(1, 2)))]
    places = ["d0", "d1", *markets, *stops]
    wanted = range(draw(st.sampled_from([1, 2, 3, 4, 4])))
    regular = st.tuples(
        st.sampled_from([*markets, *stops]), st.integers(FIRST - 15, LAST)
    )
    fleet = draw(st.sampled_from([(1,), (2,), (1, 1)]))
    return Case(
        stops=tuple(
            Stop(
                code,
                apart=draw(st.none() | apart),
                longest_cm=draw(st.sampled_from([None, None, None, 1000])),
            )
            for code in stops
        ),
        markets=tuple(
            Market(code, closes_minute=draw(st.sampled_from([405, 1000])))
            for code in markets
        ),
        depots=(Depot("d0"), Depot("d1")),
        ways=draw(ways(places)),
        vehicles=tuple(draw(vehicles(k, count)) for k, count in enumerate(fleet)),
        requests=tuple(draw(requests(k, stops, markets, returns)) for k in wanted),
        departures=tuple(
            Departure(*each) for each in draw(st.lists(regular, max_size=5))
        ),
        rules=Rules(
            ride_limit_minutes=draw(st.integers(4, 25)),
            stops_limit=draw(st.sampled_from([1, 2, 3, 3])),
            call_minutes=draw(st.integers(0, 2)),
            turnaround_minutes=draw(st.integers(0, 2)),
            apart=draw(apart),
        ),
    )


@st.composite
def shared_cases(draw: st.DrawFn, returns: bool = False) -> Case:
    """Cases in which some buses have regular duties, now and then at awkward places."""
    case = draw(cases(returns))
    duties = []
    for vehicle in case.vehicles:
        for number in range(1, vehicle.count + 1):
            minute = FIRST + draw(st.integers(-20, 12))
            for _ in range(draw(st.integers(0, 2))):
                starts = minute + draw(st.integers(0, 14))
                minute = starts + draw(st.integers(1, 8))
                duties.append(
                    RegularDuty(
                        f"d{len(duties)}",
                        vehicle.code,
                        starts,
                        draw(st.sampled_from(case.ways.codes)),
                        minute,
                        draw(st.sampled_from(case.ways.codes)),
                        number,
                    )
                )
                minute += draw(st.integers(0, 20))
    shared = replace(case, regular_duties=tuple(draw(st.permutations(duties))))
    # A bus that cannot drive its duties at all is refused before anything is planned.
    assume(not list(regular(shared)))
    return shared
