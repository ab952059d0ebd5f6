import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wugeyi.engines.accessibility.coverage import (
    EVERYWHERE,
    UNKNOWN,
    Counts,
    Homes,
    Worst,
    coverage,
    supply,
)
from wugeyi.engines.accessibility.disclosure import FIGURES, PARTS, public
from wugeyi.engines.accessibility.graph import UNREACHED
from wugeyi.engines.accessibility.siting import Sets


def test_who_is_inside_and_outside_by_hand():
    # Five homes; the last one stands on no street.
    times = [[100, 900, 901, UNREACHED, UNREACHED], [0, 0, 0, 0, UNREACHED]]
    homes = Homes.of(
        [10, 20, 30, UNKNOWN, 50],
        [1, 2, 3, 4, UNKNOWN],
        area=[0, 0, 1, 1, EVERYWHERE],
        placed=[True, True, True, True, False],
    )
    rows = coverage(np.array(times), 900, homes)
    assert [(row.category, row.area) for row in rows] == [
        (0, EVERYWHERE),
        (0, 0),
        (0, 1),
        (1, EVERYWHERE),
        (1, 0),
        (1, 1),
    ]
    every, first, second = rows[:3]
    assert every.inside == Counts(2, 30, 3)
    assert every.outside == Counts(2, 30, 7)
    assert every.nowhere == Counts(1, 50, 0)
    assert every.uncounted == 1
    assert every.worst == Worst(3, None)
    assert first.worst == Worst(1, 900)
    assert first.outside == Counts(0, 0, 0)
    assert second.outside == Counts(2, 30, 7)
    assert rows[3].outside.homes == 0


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_areas_are_counted_as_one_would_count_them(data):
    many = data.draw(st.integers(0, 12))

    def column(values):
        return data.draw(st.lists(values, min_size=many, max_size=many))

    times = np.array([column(st.sampled_from([0, 4, 5, 6, UNREACHED]))])
    residents, elderly = column(st.integers(-1, 4)), column(st.integers(-1, 4))
    area, placed = column(st.sampled_from([-1, 2, 7])), column(st.booleans())
    homes = Homes.of(residents, elderly, area=area, placed=placed)
    found = coverage(times, 5, homes)
    assert [row.area for row in found] == [-1, *sorted({*area} - {-1})]
    for row in found:
        here = [h for h in range(many) if row.area in (-1, area[h])]
        parts = [
            (row.inside, [h for h in here if placed[h] and times[0, h] <= 5]),
            (row.outside, [h for h in here if placed[h] and times[0, h] > 5]),
            (row.nowhere, [h for h in here if not placed[h]]),
        ]
        for counts, these in parts:
            told = [
                sum(max(each[h], 0) for h in these) for each in (residents, elderly)
            ]
            assert counts == Counts(len(these), *told)
        assert row.uncounted == sum(residents[h] == UNKNOWN for h in here)
        ranked = [(-times[0, h], -residents[h], h) for h in here if placed[h]]
        expected = min(ranked)[2] if ranked else None
        assert (row.worst.home if row.worst else None) == expected


def test_each_category_may_have_its_limit_and_the_limit_is_inside():
    rows = coverage(np.array([[900], [900]]), [900, 899], Homes.of([3]))
    assert [row.inside.residents for row in rows if row.area == 0] == [3, 0]


def test_of_equally_far_homes_the_worst_is_where_most_people_live():
    (row, _) = coverage(np.array([[5, 7, 7]]), 6, Homes.of([9, 2, 4]))
    assert row.worst == Worst(2, 7)


def test_no_homes_and_nobody_placed():
    (row,) = coverage(np.zeros((1, 0), np.int32), 900, Homes.of([]))
    assert (row.inside, row.worst) == (Counts(), None)
    rows = coverage(np.array([[3]]), 900, Homes.of([2], placed=[False]))
    assert {row.worst for row in rows} == {None}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: coverage(np.zeros((1, 2)), 1, Homes.of([1])), "for 1 homes"),
        (lambda: Homes.of([1], [1, 2]), "differ in length"),
        (lambda: Homes.of([-2]), "negative"),
        (lambda: supply(Sets.bare([[0]], 1), [1], [-1]), "places is negative"),
        (lambda: supply(Sets.bare([[0]], 1), [1, 2], [1]), "for 1 homes"),
    ],
)
def test_what_does_not_fit_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_places_in_the_wrong_part_of_town_serve_nobody():
    # Two facilities; everybody in the east, all places but ten in the west.
    sets = Sets.bare([[0], [1, 2]], 3)
    found = supply(sets, [5, 30, UNKNOWN], [100, 10])
    assert (found.places, found.demand, found.served) == (110, 35, 15)
    assert not found.enough
    assert supply(sets, [5, 10, UNKNOWN], [100, 10]).enough


def test_people_go_where_they_leave_room_for_others():
    sets = Sets.bare([[0, 1], [0]], 2)
    assert supply(sets, [10, 10], [10, 10]).served == 20


tables = st.integers(1, 25).flatmap(
    lambda homes: st.tuples(
        st.lists(
            st.lists(st.integers(0, 2), min_size=homes, max_size=homes),
            min_size=1,
            max_size=3,
        ),
        st.lists(
            st.tuples(
                st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.booleans()
            ),
            min_size=homes,
            max_size=homes,
        ),
    )
)


@settings(max_examples=300, deadline=None)
@given(tables)
def test_no_small_count_is_shown_or_follows_from_what_is(table):
    times, rows = table
    elderly, young, area, placed = zip(*rows, strict=True)
    residents = np.add(elderly, young)
    homes = Homes.of(residents, elderly, area=area, placed=placed)
    plain = coverage(np.array(times), 1, homes)
    shown = public(plain)
    known = {}
    for before, after in zip(plain, shown, strict=True):
        assert after.worst is None
        assert after.uncounted is None or not 0 < after.uncounted < 5
        for part in PARTS:
            for figure in FIGURES:
                value = getattr(getattr(after, part), figure)
                true = getattr(getattr(before, part), figure)
                # Hidden or true, never changed.
                assert value in (None, true)
                assert value is None or not 0 < value < 5
                known[after.category, after.area, part, figure] = (value, true)
            counts = getattr(after, part)
            if counts.residents is not None and counts.elderly is not None:
                assert not 0 < counts.residents - counts.elderly < 5
    keys = {(category, area) for category, area, _, _ in known}
    for figure in FIGURES:
        for category, area in keys:
            safe([known[category, area, part, figure] for part in PARTS])
        for category in {category for category, _ in keys}:
            for part in PARTS:
                safe(
                    [
                        known[c, area, part, figure]
                        for c, area in keys
                        if c == category and area != EVERYWHERE
                    ]
                )


def safe(cells):
    """From the sum and the cells shown, no small count of a hidden cell follows."""
    hidden = [true for value, true in cells if value is None]
    if not hidden or len(hidden) == len(cells):
        return
    assert len(hidden) >= 2
    # Only where nobody else could be hidden with them is the rest small.
    others = [true for value, true in cells if value is not None]
    assert sum(hidden) >= 5 or not any(others)


def test_a_table_without_small_counts_is_shown_whole():
    homes = Homes.of([500] * 12, [50] * 12, area=[0] * 6 + [1] * 6)
    table = coverage(np.array([[1] * 12]), 5, homes)
    shown = public(table)
    assert [row.inside for row in shown] == [row.inside for row in table]
