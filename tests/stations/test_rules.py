from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.stations.queries.shown import week_of
from wugeyi.stations.rules.gaps import (
    Cluster,
    Point,
    gathered,
    metres,
    nearest,
    reach_m,
    suggested,
)
from wugeyi.stations.rules.hours import (
    DAY,
    IDLE,
    NIGHT,
    WEEK,
    BadHours,
    Span,
    Window,
    covers,
    open_at,
    read,
    shuts_at,
    written,
)
from wugeyi.stations.rules.spans import meeting
from wugeyi.stations.wording import days, times

MONDAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("8:00-22:00", [(480, 1320)]),
        ("8：00—12：00，14.30～20点", [(480, 720), (870, 1200)]),
        ("18:00-次日2:00", [(1080, 1560)]),
        ("22:00 至 次日 6:00", [(1320, 1800)]),
        ("全天", [(0, 1440)]),
        ("0:00-24:00", [(0, 1440)]),
        ("休息", []),
        ("", []),
    ],
)
def test_times_as_people_write_them(text, spans) -> None:
    assert read(text) == [Span(*each) for each in spans]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8:00-25:00", "past_24"),
        ("24:30-25:00", "past_24"),
        ("8:75-9:00", "past_24"),
        ("22:00-6:00", "backwards"),
        ("9:00-9:00", "backwards"),
        ("8:00-12:00、11:00-14:00", "overlap"),
        ("8:00-次日9:00", "too_long"),
        ("早上到晚上", "unread"),
        ("8:00-12:00 随缘", "unread"),
        ("1:00-2:00、3:00-4:00、5:00-6:00、7:00-8:00、9:00-10:00", "too_many"),
        ("1:00-2:00、22:00-次日3:00", "overlap"),
    ],
)
def test_times_that_cannot_be(text, code) -> None:
    with pytest.raises(BadHours) as bad:
        read(text)
    assert bad.value.code == code


span = st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)
weeks = st.dictionaries(st.integers(0, 6), st.lists(span, min_size=1, max_size=1))


@given(span)
def test_what_is_written_is_read_again(one) -> None:
    assert read(written([one])) == [one]


def slowly_open(week, weekday, minute) -> bool:
    """Minute by minute over the whole line of the week."""
    at = weekday * DAY + minute
    return any(
        (at - (day * DAY + each.opens)) % WEEK < each.closes - each.opens
        for day, spans in week.items()
        for each in spans
    )


@given(weeks, st.integers(0, 6), st.integers(0, DAY - 1))
def test_open_is_what_the_line_of_the_week_says(week, weekday, minute) -> None:
    on = MONDAY + timedelta(days=weekday)
    assert open_at(week, (), on, minute) == slowly_open(week, weekday, minute)


@given(weeks, st.integers(0, 6), st.integers(0, DAY - 1), st.integers(1, 200))
def test_covering_a_window_is_open_at_every_minute(week, weekday, opens, long) -> None:
    window = Window("w", opens, opens + long)
    every = all(
        slowly_open(week, (weekday + m // DAY) % 7, m % DAY)
        for m in range(opens, opens + long)
    )
    assert covers(week, weekday, window) == every


def test_a_day_off_shuts_what_begins_on_it_and_no_more() -> None:
    week = {day: read("18:00-次日2:00") for day in range(7)}
    tuesday = MONDAY + timedelta(days=1)
    assert open_at(week, (), tuesday, 60)
    assert not open_at(week, {MONDAY}, tuesday, 60)
    assert open_at(week, {tuesday}, tuesday, 60)
    assert not open_at(week, {tuesday}, tuesday, 19 * 60)


def test_idle_hours_and_nights() -> None:
    week = {0: read("8:00-22:00"), 1: read("全天"), 2: read("8:00-16:00")}
    assert [covers(week, day, IDLE) for day in range(3)] == [True, True, False]
    assert not any(covers(week, day, NIGHT) for day in range(7))
    round_the_clock = {day: read("全天") for day in range(7)}
    assert all(covers(round_the_clock, day, NIGHT) for day in range(7))


@given(weeks, st.integers(0, 6), st.integers(0, DAY - 1))
def test_it_shuts_at_the_first_minute_at_which_it_is_not_open(
    week, weekday, minute
) -> None:
    found = shuts_at(week, (), MONDAY + timedelta(days=weekday), minute)
    minutes = (
        later
        for later in range(minute, WEEK)
        if not slowly_open(week, (weekday + later // DAY) % 7, later % DAY)
    )
    assert found == next(minutes, None)


def test_a_day_off_is_when_it_shuts() -> None:
    week = {day: read("全天") for day in range(7)}
    assert shuts_at(week, {MONDAY + timedelta(days=1)}, MONDAY, 600) == DAY
    night = {day: read("18:00-次日2:00") for day in range(7)}
    assert shuts_at(night, (), MONDAY, 19 * 60) == 26 * 60
    assert shuts_at(night, (), MONDAY, 60) == 120


def test_days_with_the_same_times_are_one() -> None:
    office = {day: read("9:00-17:30") for day in range(5)} | {5: read("9:00-12:00")}
    found = [(each.first, each.last, each.today) for each in week_of(office, 3)]
    assert found == [(0, 4, True), (5, 5, False), (6, 6, False)]
    assert [days(each) for each in week_of(office)] == ["周一到周五", "周六", "周日"]
    assert times(read("18:00-次日2:00")) == "18:00-次日 2:00"
    assert [times(read(text)) for text in ("全天", "休息")] == ["全天", "休息"]


def test_when_a_list_was_met() -> None:
    day = [MONDAY + timedelta(days=n) for n in range(10)]
    found = meeting(
        [(day[0], day[8])],
        [
            [(day[0], None, "yes")],
            [
                (day[1], day[3], "yes"),
                (day[3], day[5], "broken"),
                (day[5], None, "yes"),
            ],
        ],
        lambda _on: frozenset({0, 1}),
    )
    assert found == [(day[1], day[3]), (day[5], day[8])]


def test_a_list_that_asks_for_more_from_a_day_on() -> None:
    day = [MONDAY + timedelta(days=n) for n in range(5)]
    found = meeting(
        [(day[0], None)],
        [[(day[0], None, "yes")], []],
        lambda on: frozenset({0} if on < day[2] else {0, 1}),
        [day[2]],
    )
    assert found == [(day[0], day[2])]


def block(lon, lat, many, kind="food"):
    return [Point(lon + n * 1e-5, lat, kind) for n in range(many)]


def test_work_gathers_in_squares() -> None:
    points = block(106.7, 26.6, 6) + block(106.75, 26.6, 3, "shop")
    found = gathered(points, least=5)
    assert [each.points for each in found] == [6]
    assert found[0].kinds == (("food", 6),)
    assert sum(each.points for each in gathered(points, least=1)) == 9
    assert gathered([], least=1) == []


def test_metres_and_reach() -> None:
    # A hundredth of a degree of latitude is some 1,113 metres.
    assert metres((106.7, 26.6), (106.7, 26.61)) == pytest.approx(1113, abs=2)
    assert reach_m(10, 1_333) == pytest.approx(799.8)


clusters = st.lists(
    st.builds(
        Cluster,
        lon=st.floats(106.6, 106.8),
        lat=st.floats(26.5, 26.7),
        points=st.integers(1, 50),
    ),
    max_size=12,
)


@given(clusters, st.integers(100, 8_000), st.integers(1, 4))
def test_sites_serve_each_point_once_and_the_first_serves_most(
    gaps, reach, most
) -> None:
    sites = suggested(gaps, reach=reach, most=most)
    assert len(sites) <= most
    assert sum(each.points for each in sites) <= sum(each.points for each in gaps)
    counts = [each.points for each in sites]
    assert counts == sorted(counts, reverse=True)
    if gaps:
        best = max(
            sum(
                other.points
                for other in gaps
                if metres((one.lon, one.lat), (other.lon, other.lat)) <= reach
            )
            for one in gaps
        )
        assert counts[0] == best


def test_nearest_of_none_is_none() -> None:
    assert nearest(Cluster(106.7, 26.6, 5), []) is None
    found = nearest(Cluster(106.7, 26.6, 5), [(106.8, 26.6), (106.71, 26.6)])
    assert found is not None
    assert found[0] == 1
