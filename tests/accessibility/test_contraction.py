import numpy as np
import pytest
from hypothesis import given

from tests.accessibility.graphs import drafts, unhurried
from wugeyi.engines.accessibility.contraction import prepare, restore
from wugeyi.engines.accessibility.graph import Graph
from wugeyi.engines.accessibility.reach import reach


@unhurried
@given(drafts())
def test_every_node_is_in_the_core_in_a_chain_or_in_a_dead_end(draft):
    prepared = prepare(draft.graph())
    parts = [*prepared.hub, *prepared.inner, *prepared.order]
    assert sorted(parts) == list(range(draft.n))


@unhurried
@given(drafts())
def test_links_lead_upwards_only_so_that_one_pass_each_way_is_enough(draft):
    prepared = prepare(draft.graph())
    for v in range(len(prepared.hub)):
        up = prepared.to[prepared.start[v] : prepared.start[v + 1]]
        assert (up > v).all()
        assert len(set(up.tolist())) == len(up)


def test_a_line_has_no_core_but_one_node_and_a_ring_one_hub():
    line = prepare(Graph.bare(4, [0, 1, 2], [1, 2, 3], [5, 5, 5]))
    assert (len(line.hub), len(line.inner), len(line.order)) == (1, 0, 3)
    ring = prepare(Graph.bare(4, [0, 1, 2, 3], [1, 2, 3, 0], [5, 5, 5, 5]))
    assert (len(ring.hub), len(ring.inner), len(ring.order)) == (1, 3, 0)


@unhurried
@given(drafts())
def test_saved_arrays_restore_the_same_search(draft):
    graph = draft.graph()
    prepared = prepare(graph)
    arrays = prepared.arrays()
    for array in arrays.values():
        array.flags.writeable = False  # as mapped from a file
    places = [graph.at_nodes([0])]
    again = restore(graph, arrays)
    assert np.array_equal(reach(prepare(graph), places, 100), reach(again, places, 100))


def test_arrays_of_another_graph_are_refused():
    small = prepare(Graph.bare(2, [0], [1], [5]))
    with pytest.raises(ValueError, match="another graph"):
        restore(Graph.bare(3, [0], [1], [5]), small.arrays())
    with pytest.raises(ValueError, match="missing"):
        restore(small.graph, {"hub": small.hub})
