"""What is written is read back: whatever the names, the times and the buses."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.lineplanning.gtfs_cases import ABOUT, names_en, planned
from wugeyi.engines.lineplanning.fares import STANDARD
from wugeyi.engines.lineplanning.gtfs import (
    Booking,
    blocks,
    departures,
    feed,
    flex_feed,
    read_feed,
)
from wugeyi.engines.lineplanning.gtfs.archive import tidy
from wugeyi.engines.lineplanning.gtfs.names import PLAIN, identities
from wugeyi.engines.lineplanning.model import Case, Departure, Market, Stop, Ways
from wugeyi.engines.lineplanning.plan import Block, Call, Money, Plan, Trip

LAST_MINUTE = 2879

code = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
name = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def at_places(
    draw: st.DrawFn, kind: type[Stop] | type[Market], codes: list[str]
) -> tuple:
    """Places a tenth of a degree apart, so that none is near another."""
    return tuple(
        kind(each, draw(name), lat=30 + k / 10, lon=100 + draw(st.floats(0, 9)))
        for k, each in enumerate(codes)
    )


@st.composite
def trips(
    draw: st.DrawFn, stops: list[str], market: str, minute: int
) -> tuple[Trip, int]:
    chosen = draw(st.lists(st.sampled_from(stops), min_size=1, unique=True))
    home = draw(st.booleans())
    begun, calls = minute, []
    for stop in chosen:
        arrive = minute + draw(st.integers(1, 40))
        minute = arrive + draw(st.integers(0, 5))
        calls.append(Call(stop, arrive, minute, (), 1, 0))
    if not home:
        minute += draw(st.integers(1, 60))
    return Trip(market, tuple(calls), begun if home else minute, 1, home), minute


@st.composite
def plans(draw: st.DrawFn) -> tuple[Case, Plan]:
    codes = draw(st.lists(code, min_size=2, max_size=6, unique_by=tidy))
    stops, markets = codes[1:], codes[:1]
    found = []
    for number in range(draw(st.integers(1, 3))):
        minute = draw(st.integers(0, 1900))
        made = []
        for _ in range(draw(st.integers(1, 3))):
            trip, minute = draw(trips(stops, markets[0], minute))
            made.append(trip)
            minute += draw(st.integers(0, 30))
        found.append(Block("大巴", number + 1, tuple(made), 0, LAST_MINUTE, 0))
    case = Case(
        at_places(draw, Stop, stops),
        tuple(replace(m, lat=40.0) for m in at_places(draw, Market, markets)),
        (),
        Ways((), (), ()),
        (),
        (),
    )
    return case, Plan(tuple(found), (), Money(), 0)


def halts(trip: Trip) -> list[tuple[str, int, int, bool, bool]]:
    at_market = (trip.market, trip.market_minute, trip.market_minute)
    market = (*at_market, trip.home, not trip.home)
    calls = [
        (call.stop, call.arrive_minute, call.depart_minute, not trip.home, trip.home)
        for call in trip.calls
    ]
    return [market, *calls] if trip.home else [*calls, market]


@given(plans(), st.sampled_from([None, STANDARD]), st.sampled_from([None, {}]))
def test_the_same_trips_are_read(drawn: tuple[Case, Plan], fares, lines) -> None:
    case, plan = drawn
    read, found = read_feed(feed(case, plan, fares, ABOUT, lines=lines))
    assert found == ()
    places = (*case.markets, *case.stops)
    used = {place for b in plan.blocks for t in b.trips for place, *_ in halts(t)}
    told = identities((each.code for each in places if each.code in used), "stop")
    own = {identity: place for place, identity in told.items()}
    again = [
        [
            (
                own[call.stop],
                call.arrive_second / 60,
                call.depart_second / 60,
                call.boards,
                call.alights,
            )
            for call in trip.calls
        ]
        for trip in read.trips
    ]
    assert again == [halts(trip) for block in plan.blocks for trip in block.trips]


@given(plans())
def test_the_same_departures_and_buses_are_read(drawn: tuple[Case, Plan]) -> None:
    case, plan = drawn
    day = ABOUT.first_day  # nothing of the night before
    read, _ = read_feed(feed(case, plan, None, ABOUT))
    expected = {
        Departure(place, leaves, "252")
        for block in plan.blocks
        for trip in block.trips
        for place, _, leaves, *_ in halts(trip)
    }
    assert set(departures(read, (*case.markets, *case.stops), on=day)) == expected
    later = departures(read, (*case.markets, *case.stops), on=day + timedelta(days=1))
    after_midnight = {
        replace(each, minute=each.minute - 1440)
        for each in expected
        if each.minute >= 1440
    }
    assert set(later) == expected | after_midnight
    spans = sorted(
        (halts(block.trips[0])[0][1], halts(block.trips[-1])[-1][2])
        for block in plan.blocks
    )
    buses = blocks(read, on=day)
    assert sorted((each.first_minute, each.last_minute) for each in buses) == spans
    assert blocks(read, on=date(2026, 10, 1)) == ()


@given(st.lists(code | st.sampled_from(["stop-1", "stop-2"]), unique=True))
def test_identities_are_unique_and_plain(codes: list[str]) -> None:
    named = identities(codes, "stop")
    assert list(named) == codes
    assert len(set(named.values())) == len(codes)
    assert all(PLAIN.fullmatch(each) for each in named.values())
    assert all(named[each] == each for each in codes if PLAIN.fullmatch(each))


def test_a_solved_plan_has_nothing_to_tell() -> None:
    case, plan = planned(2)
    names = names_en(case)
    content = feed(case, plan, STANDARD, ABOUT, names_en=names, lines={})
    read, found = read_feed(content)
    assert found == ()
    assert read.days == (ABOUT.first_day, ABOUT.last_day)
    assert len(read.trips) == sum(len(block.trips) for block in plan.blocks)


def test_booked_calls_are_no_regular_departures() -> None:
    case, plan = planned(2)
    booking = Booking(notice_minutes=30, phone="12345")
    read, found = read_feed(flex_feed(case, plan, None, ABOUT, booking))
    assert [each.code for each in found] == ["feed-windows", "feed-trip-empty"]
    assert read.trips == ()
