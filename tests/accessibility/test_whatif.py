import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accessibility.graphs import LIMITS, attached, drafts, points, unhurried
from wugeyi.engines.accessibility.changes import (
    CloseFacility,
    CloseLink,
    OpenFacility,
    OpenLink,
    Place,
    Scenario,
)
from wugeyi.engines.accessibility.contraction import prepare
from wugeyi.engines.accessibility.graph import UNREACHED, Graph, Spots
from wugeyi.engines.accessibility.reach import reach, reach_points
from wugeyi.engines.accessibility.reference import Join, Reference
from wugeyi.engines.accessibility.whatif import SPARE, apply, begin

NAMES = Spots.__slots__


def joined(*parts):
    return Spots(
        *(np.concatenate([getattr(one, name) for one in parts]) for name in NAMES)
    )


def spot_of(graph, place):
    if place.node >= 0:
        return graph.at_nodes([place.node])
    return graph.on_edges(attached([(place.edge, place.share_mm, place.off_mm)]))


def after(graph, facilities, homes, limit, scenario):
    """Search the changed network from nothing, the slow way."""
    facilities = [graph.spots(each) for each in facilities]
    gone = {c: set() for c in range(len(facilities))}
    opened = {c: [] for c in range(len(facilities))}
    closed, joins, ends = set(), [], [graph.spots(homes)]
    count = len(ends[0])
    for change in scenario.changes:
        if isinstance(change, CloseLink):
            closed |= set(change.edges)
        elif isinstance(change, CloseFacility):
            gone[change.category].add(change.index)
        elif isinstance(change, OpenFacility):
            opened[change.category].append(spot_of(graph, change.place))
        else:
            ends += [spot_of(graph, change.start), spot_of(graph, change.end)]
            back = change.backward_ms
            back = change.forward_ms if back is None else back
            joins.append(Join(count, count + 1, change.forward_ms, back))
            count += 2
    changed = []
    for c, spots in enumerate(facilities):
        kept = [k for k in range(len(spots)) if k not in gone[c]]
        kept = Spots(*(getattr(spots, name)[kept] for name in NAMES))
        changed.append(joined(kept, *opened[c]))
    found = Reference(graph, changed, joined(*ends), closed, joins).at_points(limit)
    return np.array(found).reshape(len(facilities), count)[:, : len(ends[0])]


@st.composite
def places(draw, graph):
    if not len(graph.tail) or draw(st.booleans()):
        return Place(node=draw(st.integers(0, graph.n - 1)))
    edge = draw(st.integers(0, len(graph.tail) - 1))
    share = draw(st.integers(0, int(graph.length_mm[edge])))
    return Place(edge, share, draw(st.integers(0, 8)))


@st.composite
def scenarios(draw, graph, facilities):
    found = []
    for _ in range(draw(st.integers(1, 4))):
        what = draw(st.sampled_from(["link", "close", "open", "shut"]))
        category = draw(st.integers(0, len(facilities) - 1))
        if what == "link":
            ms = draw(st.integers(0, 30)), draw(st.sampled_from([None, -1, 0, 7]))
            found.append(OpenLink(draw(places(graph)), draw(places(graph)), *ms))
        elif what == "open":
            found.append(OpenFacility(category, draw(places(graph))))
        elif what == "close" and len(graph.tail):
            edges = st.lists(st.integers(0, len(graph.tail) - 1), max_size=3)
            found.append(CloseLink(tuple(draw(edges))))
        elif what == "shut" and len(facilities[category].edge):
            last = len(facilities[category].edge) - 1
            found.append(CloseFacility(category, draw(st.integers(0, last))))
    return Scenario(tuple(found))


@st.composite
def questions(draw):
    graph = draw(drafts()).graph()
    at_nodes = st.lists(st.integers(-1, graph.n - 1), max_size=3).map(graph.at_nodes)
    some = st.one_of(points(graph), at_nodes)
    facilities = draw(st.lists(some, min_size=1, max_size=3))
    asked = draw(st.lists(scenarios(graph, facilities), min_size=1, max_size=3))
    return graph, facilities, draw(some), draw(LIMITS), asked


@unhurried
@given(questions())
def test_every_change_equals_a_search_of_the_changed_network(question):
    graph, facilities, homes, limit, asked = question
    state = begin(prepare(graph), facilities, homes, limit)
    before = state.home_ms.copy()
    # One state answers one scenario after another: none may leave a trace.
    for scenario in asked:
        outcome = apply(state, scenario)
        found = before.copy()
        assert (found[outcome.category, outcome.home] == outcome.before_ms).all()
        assert (outcome.before_ms != outcome.after_ms).all()
        found[outcome.category, outcome.home] = outcome.after_ms
        expected = after(graph, facilities, homes, limit, scenario)
        assert found.tolist() == expected.tolist()
        pairs = set(zip(outcome.home.tolist(), outcome.category.tolist(), strict=True))
        assert len(pairs) == len(outcome)


@unhurried
@given(questions())
def test_a_state_knows_what_reach_knows_before_and_after(question):
    graph, facilities, homes, limit, asked = question
    prepared = prepare(graph)
    state = begin(prepared, facilities, homes, limit)
    for scenario in asked:
        apply(state, scenario)
    assert np.array_equal(state.node_ms, reach(prepared, facilities, limit))
    expected = reach_points(prepared, facilities, homes, limit)
    assert np.array_equal(state.home_ms, expected)


def river():
    """Two streets of ten nodes along a river, joined at their western ends."""
    bank = list(range(9))
    tail = [*bank, *(10 + v for v in bank), 0]
    head = [*(v + 1 for v in bank), *(11 + v for v in bank), 10]
    graph = Graph.bare(20, tail, head, [100] * 19, length_mm=[100] * 19)
    return graph, prepare(graph)


def test_a_footbridge_over_a_river_tells_who_comes_inside():
    graph, prepared = river()
    homes = attached([(v, 50, 0) for v in range(9, 18)])
    state = begin(prepared, [graph.at_nodes([9])], homes, 900)
    bridge = OpenLink(Place(node=9), Place(node=19), 40, kind="bridge")
    outcome = apply(state, Scenario((bridge,), "bridge at the mill"))
    assert outcome.inside.all()
    assert outcome.nearer.all()
    told = dict(zip(outcome.home.tolist(), outcome.after_ms.tolist(), strict=True))
    assert told == {h: 40 + 50 + 100 * (8 - h) for h in range(9) if h >= 1} | {0: 890}
    assert not len(apply(state, Scenario(())))


def test_who_loses_when_a_way_is_closed():
    graph, prepared = river()
    homes = attached([(v, 50, 0) for v in range(9)])
    state = begin(prepared, [graph.at_nodes([9])], homes, 10_000)
    outcome = apply(state, Scenario((CloseLink((4,)),)))
    # Home 4 lies on the closed stretch itself.
    assert sorted(outcome.home.tolist()) == [0, 1, 2, 3, 4]
    assert outcome.outside.all()


def test_a_link_between_two_houses_of_one_street_joins_the_middle_of_its_edge():
    graph = Graph.bare(2, [0], [1], [1000], length_mm=[1000])
    homes, clinic = attached([(0, 100, 0)]), attached([(0, 900, 0)])
    state = begin(prepare(graph), [clinic], homes, 10_000)
    assert state.home_ms.tolist() == [[800]]
    lift = OpenLink(Place(0, 200), Place(0, 800), 10)
    assert apply(state, Scenario((lift,))).after_ms.tolist() == [210]


@pytest.mark.parametrize(
    "change",
    [
        OpenLink(Place(), Place(node=0), 10),
        OpenLink(Place(node=0), Place(node=99), 10),
        OpenLink(Place(node=0), Place(node=1), -5),
        OpenLink(Place(edge=99), Place(node=0), 10),
        OpenLink(Place(edge=0, share_mm=101), Place(node=0), 10),
        CloseLink((99,)),
        CloseLink((-1,)),
        OpenFacility(1, Place(node=0)),
        CloseFacility(0, 1),
        CloseFacility(0, -1),
    ],
)
def test_what_is_not_there_is_refused_and_leaves_no_trace(change):
    graph, prepared = river()
    homes = attached([(0, 50, 0)])
    state = begin(prepared, [graph.at_nodes([9])], homes, 900)
    with pytest.raises(ValueError, match=r"\w"):
        apply(state, Scenario((change,)))
    assert not len(apply(state, Scenario(())))


def test_too_many_points_are_refused():
    graph, prepared = river()
    state = begin(prepared, [graph.at_nodes([9])], attached([(0, 50, 0)]), 900)
    many = (OpenFacility(0, Place(node=0)),) * (SPARE + 1)
    with pytest.raises(ValueError, match="too many"):
        apply(state, Scenario(many))


def test_threads_may_ask_one_state():
    graph, prepared = river()
    homes = attached([(v, 50, 0) for v in range(18)])
    state = begin(prepared, [graph.at_nodes([9])], homes, 2000)
    asked = [
        Scenario((OpenLink(Place(node=v), Place(node=10 + v), 40),)) for v in range(10)
    ]
    expected = [apply(state, each).after_ms.tolist() for each in asked]
    found = {}

    def ask(number):
        for _ in range(50):
            found[number] = apply(state, asked[number]).after_ms.tolist()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(10)] == expected


def test_marks_begin_anew_before_their_numbers_run_out():
    graph, prepared = river()
    homes = attached([(v, 50, 0) for v in range(9, 18)])
    state = begin(prepared, [graph.at_nodes([9])], homes, 900)
    bridge = Scenario((OpenLink(Place(node=9), Place(node=19), 40),))
    expected = apply(state, bridge).after_ms.tolist()
    state.epoch = 2**30 + 1
    assert apply(state, bridge).after_ms.tolist() == expected
    assert state.epoch < 100
    assert (apply(state, bridge).before_ms == UNREACHED).all()
