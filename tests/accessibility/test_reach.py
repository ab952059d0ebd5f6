import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from tests.accessibility.graphs import LIMITS, attached, drafts, points, unhurried
from wugeyi.engines.accessibility.contraction import prepare
from wugeyi.engines.accessibility.graph import UNREACHED, Graph
from wugeyi.engines.accessibility.reach import (
    nearest,
    nearest_points,
    reach,
    reach_points,
)
from wugeyi.engines.accessibility.reference import Reference


@st.composite
def questions(draw):
    """A graph, facilities of up to nine categories, homes and a limit."""
    graph = draw(drafts()).graph()
    node_sets = st.lists(st.integers(-1, graph.n - 1), max_size=3).map(graph.at_nodes)
    either = st.one_of(points(graph), node_sets)
    facilities = draw(st.lists(either, min_size=1, max_size=9))
    return graph, facilities, draw(points(graph)), draw(LIMITS)


@unhurried
@given(questions())
def test_times_of_nodes_equal_the_reference(question):
    graph, facilities, _homes, limit = question
    found = reach(prepare(graph), facilities, limit)
    assert found.tolist() == Reference(graph, facilities).nodes(limit)


@unhurried
@given(questions())
def test_times_of_homes_equal_the_reference(question):
    graph, facilities, homes, limit = question
    found = reach_points(prepare(graph), facilities, homes, limit)
    assert found.tolist() == Reference(graph, facilities, homes).at_points(limit)


@unhurried
@given(questions())
def test_the_facility_named_is_as_near_as_the_nearest(question):
    graph, facilities, homes, limit = question
    prepared = prepare(graph)
    for ms, label, times in (
        (*nearest(prepared, facilities, limit), reach(prepared, facilities, limit)),
        (
            *nearest_points(prepared, facilities, homes, limit),
            reach_points(prepared, facilities, homes, limit),
        ),
    ):
        assert np.array_equal(ms, times)
        assert ((label < 0) == (times == UNREACHED)).all()


@unhurried
@given(questions())
def test_the_first_of_several_as_near_is_named(question):
    graph, facilities, homes, limit = question
    prepared = prepare(graph)
    _ms, label = nearest_points(prepared, facilities, homes, limit)
    for c, group in enumerate(facilities):
        spots = graph.spots(group)
        alone = [
            Reference(graph, [one(spots, k)], homes).at_points(limit)[0]
            for k in range(len(spots))
        ]
        for home in range(len(homes)):
            times = [column[home] for column in alone]
            least = min(times, default=UNREACHED)
            expected = times.index(least) if least < UNREACHED else -1
            assert label[c, home] == expected


def one(spots, k):
    names = (
        *("edge", "node", "share_mm", "from_tail_ms", "from_head_ms"),
        *("to_tail_ms", "to_head_ms", "off_ms"),
    )
    return type(spots)(*(getattr(spots, name)[k : k + 1] for name in names))


def matrix(graph):
    """Return the graph for scipy: least of parallel edges, no loops.

    Turned round, as scipy's times are from a place and ours are to it.
    """
    tail = np.concatenate([graph.tail, graph.head])
    head = np.concatenate([graph.head, graph.tail])
    ms = np.concatenate([graph.forward_ms, graph.backward_ms]).astype(float)
    kept = (tail != head) & (ms >= 0)
    tail, head, ms = tail[kept], head[kept], ms[kept]
    order = np.lexsort((ms, tail, head))
    tail, head, ms = tail[order], head[order], ms[order]
    first = np.ones(len(tail), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return csr_matrix((ms[first], (head[first], tail[first])), shape=(graph.n, graph.n))


def by_scipy(graph, groups, limit):
    network = matrix(graph)
    found = np.full((len(groups), graph.n), np.inf)
    for row, nodes in zip(found, groups, strict=True):
        if len(nodes):
            row[:] = dijkstra(network, indices=nodes, limit=limit, min_only=True)
    return np.where(np.isfinite(found), found, UNREACHED).astype(np.int64)


def lattice(seed, n=3000):
    """A town at random: streets, crossings, bends, dead ends, parts by themselves."""
    chance = np.random.default_rng(seed)
    side = int(n**0.5)
    corner = np.arange(side * side).reshape(side, side)
    across = np.concatenate(
        [
            np.stack([corner[:, :-1].ravel(), corner[:, 1:].ravel()]),
            np.stack([corner[:-1].ravel(), corner[1:].ravel()]),
        ],
        axis=1,
    )
    across = across[:, chance.random(across.shape[1]) < 0.62]
    extra = chance.integers(0, side * side, (2, 40))
    tail, head = np.concatenate([across, extra, across[:, :60]], axis=1)
    forward = chance.integers(1, 90_000, len(tail))
    backward = np.where(chance.random(len(tail)) < 0.7, forward, forward // 2 + 1)
    forward[chance.random(len(tail)) < 0.03] = -1
    names = chance.permutation(side * side)
    return Graph.bare(side * side, names[tail], names[head], forward, backward)


@pytest.mark.parametrize("seed", range(4))
def test_a_town_at_random_equals_scipy(seed):
    graph = lattice(seed)
    chance = np.random.default_rng(seed + 100)
    groups = [chance.choice(graph.n, size) for size in (1, 3, 20, 200)]
    places = [graph.at_nodes(nodes) for nodes in groups]
    for limit in (0, 300_000, 900_000, 2**30 - 2):
        found = reach(prepare(graph), places, limit)
        assert np.array_equal(found, by_scipy(graph, groups, limit))


def test_walking_uphill_to_a_place_is_not_walking_down_from_it():
    graph = Graph.bare(2, [0], [1], [700], [300])
    prepared = prepare(graph)
    assert reach(prepared, [graph.at_nodes([1])], 1000).tolist() == [[700, 0]]
    assert reach(prepared, [graph.at_nodes([0])], 1000).tolist() == [[0, 300]]


def test_a_home_beside_a_facility_on_one_street_walks_along_it_not_round_its_end():
    graph = Graph.bare(2, [0], [1], [1000], length_mm=[100])
    clinic, home = attached([(0, 60, 5)]), attached([(0, 50, 2)])
    found = reach_points(prepare(graph), [clinic], home, 10_000)
    # 10 mm along at 10 ms each; 5 and 2 mm off the street at 1 ms each.
    assert found.tolist() == [[107]]


def test_the_limit_itself_is_within():
    graph = Graph.bare(2, [0], [1], [900])
    prepared, place = prepare(graph), [graph.at_nodes([0])]
    assert reach(prepared, place, 900).tolist() == [[0, 900]]
    assert reach(prepared, place, 899).tolist() == [[0, UNREACHED]]


def test_an_empty_category_and_an_empty_graph_are_reached_from_nowhere():
    graph = Graph.bare(2, [0], [1], [900])
    assert reach(prepare(graph), [graph.at_nodes([])], 9).tolist() == [[UNREACHED] * 2]
    assert reach(prepare(graph), [], 9).shape == (0, 2)
    empty = Graph.bare(0, [], [], [])
    assert reach(prepare(empty), [empty.at_nodes([])], 9).shape == (1, 0)


def test_negative_limits_are_refused():
    graph = Graph.bare(1, [], [], [])
    with pytest.raises(ValueError, match="limit"):
        reach(prepare(graph), [graph.at_nodes([0])], -1)


GEODATA = os.environ.get("WUGEYI_GEODATA", "")


@pytest.mark.skipif(
    not GEODATA, reason="WUGEYI_GEODATA names no folder of OSM extracts"
)
@pytest.mark.parametrize(
    "name",
    [
        "osm/porto.osm.pbf",
        "osm/liechtenstein.osm.pbf",
        "osm/andorra.osm.pbf",
        "osm/beijing_haidian_2017.osm",
    ],
)
def test_real_cities_equal_scipy_to_the_millisecond(name):
    from wugeyi.engines.accessibility.osm import read
    from wugeyi.engines.accessibility.walking import ADULT, ELDER

    network = read(Path(GEODATA) / name).network
    chance = np.random.default_rng(5)
    groups = [chance.choice(network.nodes, size) for size in (15, 150, 1400)]
    for pace in (ADULT, ELDER):
        graph = Graph.of(network, pace)
        places = [graph.at_nodes(nodes) for nodes in groups]
        found = reach(prepare(graph), places, 900_000)
        assert np.array_equal(found, by_scipy(graph, groups, 900_000))
