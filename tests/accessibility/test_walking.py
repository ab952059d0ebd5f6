import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accessibility.graphs import attached
from wugeyi.engines.accessibility.graph import BLOCKED, Graph
from wugeyi.engines.accessibility.network import Flag, build
from wugeyi.engines.accessibility.walking import (
    ADULT,
    ELDER,
    FORBIDDEN,
    LONGEST_MS,
    PLANNERS,
    Pace,
    durations,
    slowness,
)


def street(length_mm, *, rise_mm=None, flags=0, oneway=0):
    made = build(
        np.array([106.0, 106.1]),
        np.array([26.0, 26.0]),
        np.array([0]),
        np.array([1]),
        length_mm=np.array([length_mm]),
        flags=np.array([flags]),
        oneway=np.array([oneway]),
    )
    return made if rise_mm is None else made.with_rise(np.array([rise_mm]))


@pytest.mark.parametrize(
    ("pace", "metres_in_an_hour"), [(ADULT, 4800), (ELDER, 3000), (PLANNERS, 3600)]
)
def test_paces_are_what_they_are_called(pace, metres_in_an_hour):
    forward, backward = durations(street(metres_in_an_hour * 1000), pace)
    assert forward == backward
    assert abs(int(forward[0]) - 3_600_000) < 3_600_000 / 1000


def test_half_a_millisecond_rounds_up_and_nothing_takes_no_time():
    half = Pace(2000)
    assert [int(durations(street(mm), half)[0][0]) for mm in (1, 2, 3)] == [1, 1, 2]
    assert durations(street(1), Pace(10_000_000))[0].tolist() == [1]


def test_what_would_overflow_is_cut():
    assert durations(street(2**31 - 1), Pace(1))[0].tolist() == [LONGEST_MS]


@pytest.mark.parametrize(
    ("grade", "km_h"),
    # Tobler 1993: 6 km/h on a descent of 5 %, about 5 on level ground; e^-3.5 a unit.
    [(-0.05, 6.0), (0.0, 5.0367), (0.1, 3.5493), (-0.15, 4.2281), (0.5, 0.8753)],
)
def test_slopes_follow_tobler(grade, km_h):
    assert 5.0367 / slowness(np.array([grade]))[0] == pytest.approx(km_h, rel=1e-3)


def test_uphill_takes_longer_than_down_and_level_as_long_as_without_slopes():
    steep = Pace(ADULT.speed_mm_s, slope=True)
    up, down = durations(street(100_000, rise_mm=10_000), steep)
    level = durations(street(100_000), ADULT)[0]
    assert up[0] > level[0]
    assert down[0] == level[0]  # as far below the best descent as level is above it
    assert durations(street(100_000, rise_mm=0), steep)[0] == level


def test_slopes_need_heights():
    with pytest.raises(ValueError, match="heights"):
        durations(street(1000), Pace(1000, slope=True))


def test_one_way_for_walkers_is_forbidden_the_other_way():
    assert durations(street(1000, oneway=1), PLANNERS)[1].tolist() == [FORBIDDEN]
    assert durations(street(1000, oneway=-1), PLANNERS)[0].tolist() == [FORBIDDEN]


def test_steps_take_longer_only_where_the_pace_says_so():
    stairs = street(1000, flags=int(Flag.STEPS | Flag.COVERED))
    assert durations(stairs, PLANNERS)[0].tolist() == [1000]
    assert durations(stairs, Pace(1000, steps_percent=150))[0].tolist() == [1500]
    level = street(1000, flags=int(Flag.COVERED))
    assert durations(level, Pace(1000, steps_percent=150))[0].tolist() == [1000]


@pytest.mark.parametrize("wrong", [{"speed_mm_s": 0}, {"steps_percent": 0}])
def test_impossible_paces_are_refused(wrong):
    with pytest.raises(ValueError, match="pace"):
        Pace(**{"speed_mm_s": 1000} | wrong)


@given(st.integers(1, 10**6), st.integers(0, 2**30 - 2), st.data())
def test_both_parts_of_an_edge_take_together_what_it_takes(length, ms, data):
    graph = Graph.bare(2, [0], [1], [ms], [FORBIDDEN], length_mm=[length])
    share = data.draw(st.integers(0, length))
    spot = graph.on_edges(attached([(0, share, 0)]))
    assert spot.from_tail_ms[0] + spot.to_head_ms[0] == ms
    assert 0 <= spot.from_tail_ms[0] <= ms
    assert spot.to_tail_ms[0] == (0 if share == 0 else BLOCKED)
    assert spot.from_head_ms[0] == (0 if share == length else BLOCKED)


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        (([0], [2], [5]), "node"),
        (([-1], [1], [5]), "node"),
        (([0], [1], [-2]), "time"),
        (([0], [1], [2**30 - 1]), "time"),
        (([0, 1], [1], [5]), "length"),
    ],
)
def test_arrays_that_make_no_graph_are_refused(arrays, told):
    with pytest.raises(ValueError, match=told):
        Graph.bare(2, *arrays)


@pytest.mark.parametrize("point", [(1, 0, 0), (-2, 0, 0), (0, 11, 0), (0, -1, 0)])
def test_points_off_the_graph_are_refused(point):
    graph = Graph.bare(2, [0], [1], [5], length_mm=[10])
    with pytest.raises(ValueError, match="point"):
        graph.on_edges(attached([point]))
    with pytest.raises(ValueError, match="node"):
        graph.at_nodes([2])


def test_a_mapped_network_is_walked_like_any_other(tmp_path):
    from wugeyi.engines.accessibility.network import load

    path = tmp_path / "street.network"
    street(1000).save(path)
    assert Graph.of(load(path), PLANNERS).forward_ms.tolist() == [1000]
