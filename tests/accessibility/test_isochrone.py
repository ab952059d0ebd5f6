import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accessibility.test_siting import attached, graphs
from wugeyi.engines.accessibility.graph import UNREACHED, Graph
from wugeyi.engines.accessibility.isochrone import (
    WIDTH_M,
    isochrones,
    positions,
    reached,
    turned,
)
from wugeyi.engines.accessibility.network import build
from wugeyi.engines.accessibility.points import Attached
from wugeyi.engines.accessibility.reference import Reference
from wugeyi.engines.accessibility.walking import PLANNERS


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_point_is_in_a_piece_if_and_only_if_the_slow_search_says_so(data):
    graph = data.draw(graphs())
    edges = len(graph.tail)
    place = attached(
        [
            data.draw(
                st.tuples(st.integers(0, edges - 1), st.integers(0, 60), st.just(4))
            )
        ]
    )
    limit = data.draw(st.integers(0, 100))
    everywhere = Attached(
        np.repeat(np.arange(edges, dtype=np.int32), 61),
        np.tile(np.arange(61, dtype=np.int32), edges),
        np.zeros(61 * edges, np.int32),
    )
    slow = Reference(graph, [place], everywhere)
    node_ms = np.array(slow.nodes()[0])
    pieces = reached(graph, node_ms, limit, place)
    assert (pieces.first < pieces.last).all()
    assert (pieces.first >= 0).all()
    assert (pieces.last <= 1).all()
    inside = np.zeros((edges, 61), bool)
    for edge, first, last in zip(pieces.edge, pieces.first, pieces.last, strict=True):
        share = np.arange(61) / 60
        inside[edge] |= (first <= share) & (share <= last)
    times = np.array(slow.at_points()[0]).reshape(edges, 61)
    # A point alone is no piece: an end, or the place itself, of a street one may walk only
    # away from there.
    alone = np.zeros_like(inside)
    alone[:, [0, 60]] = True
    alone[place.edge[0], place.share_mm[0]] = True
    # A point's time is rounded to the millisecond; a piece ends where it ends.
    assert (inside | alone)[times <= limit - 1].all()
    assert not inside[times > limit + 1].any()


def street(metres=1000):
    """One straight street northwards from a node, in a network on the ground."""
    north = metres / 110_583.0  # metres in a degree of latitude near 1° north
    return build([10.0, 10.0], [1.0, 1.0 + north], [0], [1])


def test_a_street_is_reached_as_far_as_the_time_allows():
    network = street()
    graph = Graph.of(network, PLANNERS)
    found = isochrones(
        network, graph, np.array([0, UNREACHED]), [300_000, 600_000, 9_000_000]
    )
    # 60 metres a minute.
    assert [each.street_m for each in found] == [300, 600, 1000]
    for each, length in zip(found, (300, 600, 1000), strict=True):
        area = shapely.geometry.shape(each.geometry)
        assert area.is_valid
        width, height = 111_303.0, 110_583.0
        square = area.area * width * height
        expected = 2 * WIDTH_M * length + np.pi * WIDTH_M**2
        assert square == pytest.approx(expected, rel=0.03)
        ring = each.geometry["coordinates"][0][0]
        assert ring[0] == ring[-1]
        assert shapely.is_ccw(shapely.linearrings(ring))


def test_longer_times_hold_shorter_ones():
    chance = np.random.default_rng(1)
    lon, lat = 106.6 + chance.random(60) / 50, 26.6 + chance.random(60) / 50
    tail, head = chance.integers(0, 60, (2, 120))
    network = build(lon, lat, tail, head)
    graph = Graph.of(network, PLANNERS)
    place = Attached(*(np.array([x], np.int32) for x in (3, 1, 2000)))
    node_ms = np.array(Reference(graph, [place]).nodes()[0])
    areas = [
        shapely.geometry.shape(each.geometry)
        for each in isochrones(
            network, graph, node_ms, [200_000, 600_000, 1_200_000], place
        )
    ]
    assert all(area.is_valid for area in areas)
    for less, more in itertools.pairwise(areas):
        # Corners are simplified by two metres each.
        assert less.difference(more.buffer(5e-5)).is_empty
        assert less.area < more.area


def test_a_whole_street_that_is_reached_from_both_ends_counts_once():
    network = street()
    graph = Graph.of(network, PLANNERS)
    place = Attached(*(np.array([x], np.int32) for x in (0, 500_000, 0)))
    node_ms = np.array(Reference(graph, [place]).nodes()[0])
    (found,) = isochrones(network, graph, node_ms, [3_000_000], place)
    assert found.street_m == 1000
    (short,) = isochrones(network, graph, node_ms, [60_000], place)
    assert short.street_m == 120


def test_up_and_down_differ_and_the_graph_can_be_turned():
    network = street()
    graph = Graph.bare(
        2, [0], [1], [100_000], [400_000], length_mm=network.length_mm.copy()
    )
    times = np.array([0, UNREACHED])
    # Whoever walks to the first node walks backwards along the street.
    assert reached(graph, times, 100_000).last.tolist() == [0.25]
    assert reached(turned(graph), times, 50_000).last.tolist() == [0.5]


def test_nothing_reached_is_an_empty_area():
    network = street()
    graph = Graph.of(network, PLANNERS)
    (found,) = isochrones(network, graph, np.full(2, UNREACHED), [900_000])
    assert found.geometry == {"type": "MultiPolygon", "coordinates": []}
    assert len(positions(network, reached(graph, np.full(2, UNREACHED), 1))) == 0


def test_what_does_not_fit_is_refused():
    network = street()
    graph = Graph.of(network, PLANNERS)
    with pytest.raises(ValueError, match="1 times for 2 nodes"):
        reached(graph, np.zeros(1), 1)
    other = Graph.bare(1, [], [], [])
    with pytest.raises(ValueError, match="another network"):
        isochrones(network, other, np.zeros(1), [1])
