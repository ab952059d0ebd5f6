from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from wugeyi.engines.accessibility.graph import Graph
from wugeyi.engines.accessibility.points import Attached
from wugeyi.engines.accessibility.reference import Reference
from wugeyi.engines.accessibility.siting import Sets, best, cover, prove


@st.composite
def graphs(draw):
    """Few nodes and many edges: parallel ones, loops, islands, one-way and no time."""
    n = draw(st.integers(1, 7))
    node = st.integers(0, n - 1)
    time = st.integers(0, 30)
    edges = draw(st.lists(st.tuples(node, node, time, st.integers(-1, 30)), min_size=1))
    tail, head, forward, backward = (
        list(column) for column in zip(*edges, strict=True)
    )
    return Graph.bare(
        n, tail, head, forward, backward, length_mm=[60] * len(edges), speed_mm_s=1000
    )


def places_on(draw, graph, most):
    edge = st.integers(-1, len(graph.tail) - 1)
    return draw(
        st.lists(
            st.tuples(edge, st.integers(0, 60), st.integers(0, 9)),
            min_size=1,
            max_size=most,
            # Points at one place of a one-way edge have no order there.
            unique_by=lambda row: row[:2] if row[0] >= 0 else object(),
        )
    )


def attached(rows):
    edge, share, off = np.array(rows, np.int32).reshape(-1, 3).T.copy()
    return Attached(edge, share, np.where(edge < 0, 0, off).astype(np.int32))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_sets_are_what_the_slow_search_finds(data):
    graph = data.draw(graphs())
    rows = places_on(data.draw, graph, 8)
    half = data.draw(st.integers(0, len(rows)))
    sites, homes = attached(rows[:half]), attached(rows[half:])
    limit = data.draw(st.integers(0, 120))
    sets = cover(graph, sites, homes, limit)
    slow = Reference(graph, [attached([row]) for row in rows[:half]], homes)
    for site, times in enumerate(slow.at_points()):
        expected = [home for home, time in enumerate(times) if time <= limit]
        assert sets.of(site).tolist() == expected


def test_points_may_be_nodes():
    graph = Graph.bare(4, [0, 1], [1, 2], [10, 20])
    nodes = graph.at_nodes([0, 1, 2, 3, -1])
    sets = cover(graph, nodes, nodes, 20)
    assert [sets.of(site).tolist() for site in range(5)] == [
        [0, 1],
        [0, 1, 2],
        [1, 2],
        [3],
        [],
    ]


def test_without_a_limit_all_are_served_that_can_get_there():
    graph = Graph.bare(4, [0, 1], [1, 2], [10, 20])
    nodes = graph.at_nodes([0, 3])
    for limit in (10_000_000, 2**31 - 1, 2**40):
        sets = cover(graph, nodes, graph.at_nodes([0, 1, 2]), limit)
        assert [sets.of(site).tolist() for site in (0, 1)] == [[0, 1, 2], []]


def test_a_limit_is_not_negative():
    graph = Graph.bare(1, [], [], [])
    with pytest.raises(ValueError, match="limit"):
        cover(graph, graph.at_nodes([0]), graph.at_nodes([0]), -1)


small = st.integers(1, 9).flatmap(
    lambda homes: st.tuples(
        st.lists(
            st.lists(st.integers(0, homes - 1), max_size=homes), min_size=1, max_size=8
        ),
        st.lists(st.integers(0, 20), min_size=homes, max_size=homes),
    )
)


def served(lists, people, sites):
    return sum(people[home] for home in set().union(*(lists[s] for s in sites)))


def best_by_trying(lists, k, worth, may=None):
    may = range(len(lists)) if may is None else may
    choices = combinations(may, min(k, len(may)))
    return max(worth(choice) for choice in choices)


@settings(max_examples=200, deadline=None)
@given(small, st.integers(1, 4))
def test_the_bound_holds_and_the_proof_ends_at_the_best(problem, k):
    lists, people = problem
    sets = Sets.bare(lists, len(people))
    most = best_by_trying(lists, k, lambda sites: served(lists, people, sites))
    at_once = best(sets, people, k)
    assert at_once.people == served(lists, people, at_once.sites) <= most
    assert at_once.bound >= most
    assert len(at_once.sites) <= k
    proven = prove(sets, people, k)
    assert proven.proven
    assert proven.people == served(lists, people, proven.sites) == most
    assert not proven.stopped


@settings(max_examples=100, deadline=None)
@given(small, st.integers(1, 3), st.data())
def test_what_stands_and_what_is_not_allowed_is_kept(problem, k, data):
    lists, people = problem
    sites = range(len(lists))
    standing = data.draw(st.lists(st.sampled_from(sites), unique=True))
    allowed = np.array(data.draw(st.tuples(*(st.booleans() for _ in sites))))
    may = [site for site in sites if allowed[site] and site not in standing]
    already = served(lists, people, standing)
    most = best_by_trying(
        lists, k, lambda chosen: served(lists, people, {*chosen, *standing}), may
    )
    choice = prove(
        Sets.bare(lists, len(people)), people, k, standing=standing, allowed=allowed
    )
    assert set(choice.sites) <= set(may)
    assert choice.proven
    assert choice.people == most - already


def placed(lists, people, places, sites):
    """The most people served, by a program for whom serves whom (scipy)."""
    pairs = [(s, home) for s in sites for home in set(lists[s])]
    if not pairs:
        return 0
    rows = [[s == site for s, _ in pairs] for site in sites]
    rows += [[home == h for _, h in pairs] for home in range(len(people))]
    most = [places[site] for site in sites] + list(people)
    solved = milp(
        -np.ones(len(pairs)),
        constraints=LinearConstraint(np.array(rows, float), -np.inf, most),
        bounds=Bounds(0, np.inf),
    )
    return round(-solved.fun)


@settings(max_examples=60, deadline=None)
@given(small, st.integers(1, 3), st.data())
def test_places_are_never_given_twice(problem, k, data):
    lists, people = problem
    sites = range(len(lists))
    places = data.draw(
        st.lists(st.integers(0, 25), min_size=len(lists), max_size=len(lists))
    )
    standing = data.draw(st.lists(st.sampled_from(sites), unique=True, max_size=2))
    may = [site for site in sites if site not in standing]
    already = placed(lists, people, places, standing)
    most = best_by_trying(
        lists,
        k,
        lambda chosen: placed(lists, people, places, [*chosen, *standing]),
        may,
    )
    sets = Sets.bare(lists, len(people))
    asked = {"standing": standing, "places": places}
    at_once = best(sets, people, k, **asked)
    with_them = placed(lists, people, places, [*standing, *at_once.sites])
    assert at_once.people == with_them - already
    assert at_once.bound >= most - already >= at_once.people
    proven = prove(sets, people, k, **asked)
    assert proven.proven
    assert proven.people == most - already


def test_people_change_places_to_make_room():
    # The first site could serve either home; the second only home 0.
    sets = Sets.bare([[0, 1], [0]], 2)
    choice = best(sets, [10, 10], 2, places=[10, 10])
    assert choice.people == 20
    assert choice.proven


def town(homes=3000, sites=120, seed=3):
    """Points on a square, each site serving what is near; enough for a search."""
    chance = np.random.default_rng(seed)
    home, site = chance.random((homes, 2)), chance.random((sites, 2))
    near = ((home[None] - site[:, None]) ** 2).sum(axis=2) < 0.12**2
    lists = [np.flatnonzero(row).tolist() for row in near]
    return Sets.bare(lists, homes), chance.integers(0, 12, homes)


def test_a_town_is_nearly_best_at_once_and_the_same_every_time():
    sets, people = town()
    at_once = best(sets, people, 12)
    proven = prove(sets, people, 12)
    assert proven.proven
    assert at_once.people >= 0.99 * proven.people
    assert at_once.bound >= proven.people
    assert at_once.bound <= 1.05 * proven.people
    assert list(at_once.gains) == sorted(at_once.gains, reverse=True)
    assert best(sets, people, 12) == at_once


def test_cancelled_at_any_moment_the_best_so_far_is_kept():
    sets, people = town()
    heard = []

    def until(most):
        heard.clear()

        def progress(share, found, bound):
            heard.append((share, found, bound))
            return len(heard) < most

        return progress

    whole = prove(sets, people, 12, progress=until(10**9))
    moments = len(heard)
    assert moments > 3
    for share, found, bound in heard:
        assert 0 <= share <= 1
        assert 0 < found <= whole.people <= bound
    for most in (1, moments // 2, moments):
        choice = prove(sets, people, 12, progress=until(most))
        assert len(heard) == most
        assert choice.stopped or choice.proven
        assert len(choice.sites) == 12
        assert choice.people <= whole.people <= choice.bound
    assert best(sets, people, 12, progress=until(1)).stopped
    stopped = best(sets, people, 12, places=[900] * sets.sites, progress=until(1))
    assert stopped.stopped
    assert stopped.people > 0


def test_no_time_for_a_proof_leaves_a_gap_that_is_said():
    sets, people = town(sites=300, seed=5)
    choice = prove(sets, people, 25, seconds=0)
    assert choice.stopped
    assert 0 < choice.gap < 0.1
    assert not choice.proven


def test_nobody_to_serve_is_an_answer():
    nobody = best(Sets.bare([[], [0]], 1), [0], 2)
    assert nobody.sites == ()
    assert (nobody.people, nobody.bound, nobody.gap) == (0, 0, 0.0)
    assert best(Sets.bare([], 0), [], 1).sites == ()
    assert best(Sets.bare([], 0), [], 1, places=[]).sites == ()
    assert prove(Sets.bare([], 3), [1, 2, 3], 1).proven


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"k": 0}, "at least one"),
        ({"people": [1]}, "1 numbers of people for 2 homes"),
        ({"people": [1, -1]}, "negative"),
        ({"allowed": [True]}, "1 marks for 2 sites"),
        ({"standing": [2]}, "no site 2"),
        ({"places": [1]}, "1 numbers of places"),
        ({"places": [1, -5]}, "places is negative"),
    ],
)
def test_what_cannot_be_is_said(change, said):
    asked = {"people": [1, 1], "k": 1} | change
    people, k = asked.pop("people"), asked.pop("k")
    for ask in (best, prove):
        with pytest.raises(ValueError, match=said):
            ask(Sets.bare([[0], [1]], 2), people, k, **asked)
    with pytest.raises(ValueError, match="home"):
        Sets.bare([[2]], 2)
