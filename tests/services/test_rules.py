from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wugeyi.services.rules.materials import New, Told, missing, newly_told
from wugeyi.services.rules.personal import has_identity_number, patient_words
from wugeyi.services.rules.trips import (
    Holding,
    Span,
    held_seconds,
    stuck,
    waited_seconds,
)

# A shared machine may be slow for a while.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
lines = st.frozensets(st.integers(1, 8), max_size=8)
minutes = st.integers(0, 600)


def at(minute: int) -> datetime:
    return NOW + timedelta(minutes=minute)


@PATIENT
@given(lines, lines, lines)
def test_what_is_missing_was_wanted_and_neither_brought_nor_unused(a, b, c) -> None:
    found = missing(a, b, c)
    assert found <= a
    assert not found & (b | c)
    assert a <= found | b | c


@PATIENT
@given(lines)
def test_a_first_trip_is_never_told_late(asked) -> None:
    assert newly_told(asked, ["x"], [], {}) == New()


@PATIENT
@given(st.lists(st.tuples(lines, lines), min_size=1, max_size=4), lines)
def test_late_is_exactly_what_no_trip_heard_of(trips, asked) -> None:
    before = [Told(at(n), *trip) for n, trip in enumerate(trips)]
    found = newly_told(asked, [], before, {})
    heard = set()
    for brought, told in trips:
        heard |= brought | told
    assert found.lines == asked - heard


def test_what_came_onto_the_list_after_the_last_trip_is_nobodys_failure() -> None:
    before = [Told(at(0), missing=frozenset({1})), Told(at(10))]
    added = {2: at(5), 3: at(11)}
    assert newly_told({2, 3}, [], before, added).lines == {2}


def test_the_same_extra_word_is_told_once() -> None:
    before = [Told(at(0), extra=frozenset({"证明"}))]
    assert len(newly_told([], ["证明", "照片"], before, {})) == 1


@PATIENT
@given(minutes, minutes)
def test_waiting_is_never_negative_and_unknown_without_a_number(come, served) -> None:
    found = waited_seconds(at(come), at(served), queued=True)
    assert found == max(0, served - come) * 60
    assert waited_seconds(at(come), at(served), queued=False) is None


@PATIENT
@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 60)), min_size=1, max_size=6),
    st.lists(st.tuples(minutes, st.integers(1, 30)), max_size=3),
    minutes,
    minutes,
)
def test_held_time_is_that_of_a_minute_by_minute_count(course, stops, first, more):
    """The slow reference looks at every minute by itself."""
    holdings = []
    minute = 0
    for unit, length in course:
        holdings.append(Holding(unit, Span(at(minute), at(minute + length))))
        minute += length
    pauses, free = [], 0
    for gap, length in stops:
        start = free + gap
        pauses.append(Span(at(start), at(start + length)))
        free = start + length
    start, until = first, first + more
    found = held_seconds(holdings, pauses, start=at(start), until=at(until))
    slow = dict.fromkeys((unit for unit, _ in course), 0)
    for each in range(start, until):
        paused = any(p.start <= at(each) < p.end for p in pauses)
        for holding in holdings:
            if not paused and holding.span.start <= at(each) < holding.span.end:
                slow[holding.organisation] += 60
    assert found == slow


def test_an_open_end_goes_on_until_the_moment_of_looking() -> None:
    holdings = [Holding(1, Span(at(0), at(10))), Holding(2, Span(at(10)))]
    pauses = [Span(at(12))]
    found = held_seconds(holdings, pauses, start=at(5), until=at(40))
    assert found == {1: 300, 2: 120}
    assert stuck(found) == 1


def test_of_equals_the_last_one_is_named_and_nobody_for_nothing() -> None:
    assert stuck({1: 60, 2: 60}) == 2
    assert stuck({1: 0}) is None
    assert stuck({}) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("患者张三的病历", ("患者", "病历")),
        ("去肿瘤科修空调", ()),
        ("补打发票", ()),
    ],
)
def test_patients_words_are_found(text, found) -> None:
    assert patient_words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("52010219880101123X", True),
        ("证号 520102 19880101 1234", True),
        ("13800138000", False),
        ("20261122-4711", False),
    ],
)
def test_identity_numbers_are_found(text, found) -> None:
    assert has_identity_number(text) is found
