import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accessibility.geodata import HAIDIAN
from wugeyi.engines.accessibility.geometry import mm_per_degree
from wugeyi.engines.accessibility.network import Flag, build
from wugeyi.engines.accessibility.osm import read
from wugeyi.engines.accessibility.points import MARGIN_M, attach, index

LAT = 26.6
EAST, NORTH = (float(each[0]) / 1000 for each in mm_per_degree(np.array([LAT])))


def lon(metres):
    return 106.7 + np.asarray(metres, float) / EAST


def lat(metres):
    return LAT + np.asarray(metres, float) / NORTH


def streets(points, segments, **more):
    """Build a network of points in metres and pairs of their numbers."""
    x, y = np.array(points, float).T
    tail, head = np.array(segments, np.int32).reshape(-1, 2).T
    return build(lon(x), lat(y), tail, head, **more)


def slowly(network, x, y, allowed):
    """Measure every segment from a point, one after the other."""
    east, north = (float(each) for each in mm_per_degree(np.array(y)))
    best = (np.inf, -1)
    for each in np.flatnonzero(allowed):
        a, b = network.tail[each], network.head[each]
        ax, ay = (network.lon[a] - x) * east, (network.lat[a] - y) * north
        dx, dy = (network.lon[b] - x) * east - ax, (network.lat[b] - y) * north - ay
        square = dx * dx + dy * dy
        share = min(max(-(ax * dx + ay * dy) / square, 0), 1) if square else 0
        best = min(best, (np.hypot(ax + share * dx, ay + share * dy), int(each)))
    return best


def test_a_point_meets_the_middle_of_a_segment():
    network = streets([(0, 0), (200, 0), (200, 100)], [(0, 1), (1, 2)])
    found = attach(network, lon([50, 230, -30]), lat([20, 60, 0]))
    assert found.edge.tolist() == [0, 1, 0]
    assert found.share_mm.tolist() == pytest.approx([50_000, 60_000, 0], abs=30)
    assert found.off_mm.tolist() == pytest.approx([20_000, 30_000, 30_000], abs=30)
    assert found.found.all()
    assert (found.edge.dtype, found.share_mm.dtype, found.off_mm.dtype) == (
        np.int32,
    ) * 3


def test_too_far_is_not_attached():
    network = streets([(0, 0), (200, 0)], [(0, 1)])
    far = attach(network, lon([50, 50, 1e6, 50]), lat([149, 151, 0, -400]))
    assert far.edge.tolist() == [0, -1, -1, -1]
    assert far.off_mm.tolist()[1:] == [0, 0, 0]
    assert far.share_mm.tolist()[1:] == [0, 0, 0]
    assert attach(network, lon([50]), lat([400]), limit_m=500).edge.tolist() == [0]


def test_what_is_no_number_and_what_is_nothing():
    network = streets([(0, 0), (200, 0)], [(0, 1)])
    found = attach(network, np.array([np.nan, np.inf, 106.7]), np.array([LAT] * 3))
    assert found.edge.tolist() == [-1, -1, 0]
    assert len(attach(network, np.empty(0), np.empty(0))) == 0
    empty = build(np.empty(0), np.empty(0), np.empty(0), np.empty(0))
    assert attach(empty, lon([0]), lat([0])).edge.tolist() == [-1]
    with pytest.raises(ValueError, match="longitudes"):
        attach(network, lon([0, 1]), lat([0]))


def test_the_main_part_is_preferred_when_nearly_as_near():
    points = [(0, 0), (100, 0), (100, 100), (0, 30), (90, 30)]
    network = streets(points, [(0, 1), (1, 2), (3, 4)])
    # 10 m from the island, 20 m from the main part; then 2 m and 28 m.
    found = attach(network, lon([50, 50]), lat([20, 28]))
    assert found.edge.tolist() == [0, 2]
    assert found.off_mm.tolist() == pytest.approx([20_000, 2_000], abs=30)
    # An island is better than nothing.
    assert attach(network, lon([-60]), lat([160])).edge.tolist() == [2]


@pytest.mark.parametrize("flag", [Flag.BRIDGE, Flag.TUNNEL, Flag.LIFT, Flag.MOVING])
def test_no_door_opens_onto_a_bridge(flag):
    points = [(0, 0), (100, 0), (0, 20), (100, 20)]
    segments = [(0, 1), (2, 3), (0, 2)]
    network = streets(points, segments, flags=np.array([0, flag, 0]))
    assert attach(network, lon([50]), lat([19])).edge.tolist() == [0]
    lonely = streets([(0, 0), (100, 0)], [(0, 1)], flags=np.array([flag]))
    assert attach(lonely, lon([50]), lat([19])).edge.tolist() == [0]


def test_of_equally_near_segments_the_first_is_taken():
    network = streets([(0, 0), (100, 0)], [(0, 1), (1, 0), (0, 1), (0, 0)])
    assert attach(network, lon([40, -9]), lat([5, 0])).edge.tolist() == [0, 0]


def test_segments_of_one_node_are_nodes():
    network = streets([(0, 0), (300, 0)], [(0, 0), (1, 1)])
    found = attach(network, lon([280]), lat([0]))
    assert (found.edge.tolist(), found.share_mm.tolist()) == ([1], [0])


PLACE = st.tuples(st.integers(-400, 400), st.integers(-400, 400))


@settings(deadline=None)
@given(
    points=st.lists(PLACE, min_size=2, max_size=12),
    pairs=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1,
                   max_size=20),
    asked=st.lists(PLACE, min_size=1, max_size=5),
    limit=st.sampled_from([10, 150, 700]),
)  # fmt: skip
def test_equals_measuring_every_segment(points, pairs, asked, limit):
    segments = [(a % len(points), b % len(points)) for a, b in pairs]
    network = streets(points, segments)
    grid = index(network)
    x, y = lon([x for x, _y in asked]), lat([y for _x, y in asked])
    found = grid.attach(x, y, limit)
    for k in range(len(asked)):
        near, _edge = slowly(network, x[k], y[k], np.ones(len(segments), bool))
        main, _edge = slowly(network, x[k], y[k], grid.preferred)
        if abs(main - near - MARGIN_M * 1000) < 1:
            continue
        if main <= near + MARGIN_M * 1000:
            near = main
        if abs(near - limit * 1000) < 1:
            continue
        edge = found.edge[k]
        assert (edge >= 0) == (near <= limit * 1000)
        if edge < 0:
            continue
        # Of segments that meet at the nearest point, either is right.
        chosen = np.arange(len(segments)) == edge
        assert slowly(network, x[k], y[k], chosen)[0] == pytest.approx(near, abs=1e-3)
        assert 0 <= found.share_mm[k] <= network.length_mm[edge]
        assert found.off_mm[k] == pytest.approx(near, abs=1)


def test_equals_measuring_every_segment_of_a_real_network():
    network = read(HAIDIAN).network
    chance = np.random.default_rng(4)
    west, south, east, north = network.bounds
    x = chance.uniform(west - 0.01, east + 0.01, 150)
    y = chance.uniform(south - 0.01, north + 0.01, 150)
    edge, share, off = index(network).nearest(x, y, 400)
    for k in range(len(x)):
        near, _best = slowly(network, x[k], y[k], np.ones(network.segments, bool))
        if near <= 400_000:
            assert off[k] == pytest.approx(near, abs=1e-3)
        assert (edge[k] >= 0) == (near <= 400_000)
        assert 0 <= share[k] <= 1
