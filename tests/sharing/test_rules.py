"""Hours, free stretches, feeds and masked names, against slow references."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.sharing.rules.feed import Event, calendar, fold
from wugeyi.sharing.rules.names import masked
from wugeyi.sharing.rules.states import HOLDS, NEXT, State
from wugeyi.sharing.rules.times import (
    PARTS,
    Free,
    NotHours,
    free,
    merged,
    moment,
    part_of,
    read_spans,
    write_spans,
)

SPAN = st.tuples(st.integers(0, PARTS - 1), st.integers(1, PARTS)).filter(
    lambda span: span[0] < span[1]
)


def test_hours_are_read_as_people_write_them():
    assert read_spans("9:00-12:00、14:00-17:30") == ((18, 24), (28, 35))
    assert read_spans("9-12， 14：30 — 24") == ((18, 24), (29, 48))
    assert read_spans("9:00至11:30") == ((18, 23),)
    assert read_spans("  ") == ()


@pytest.mark.parametrize(
    "text", ["12-9", "9:15-10:00", "25-26", "9", "上午", "24:30-25", "9-9", "-"]
)
def test_what_is_no_hours_is_refused(text):
    with pytest.raises(NotHours):
        read_spans(text)


@given(st.lists(SPAN, max_size=6))
def test_hours_written_are_read_again(spans):
    whole = merged(spans)
    assert read_spans(write_spans(whole)) == whole
    parts = {part for begin, end in spans for part in range(begin, end)}
    assert {part for begin, end in whole for part in range(begin, end)} == parts


@given(
    st.lists(SPAN, max_size=4),
    st.dictionaries(st.integers(0, PARTS - 1), st.integers(0, 4)),
    st.integers(1, 3),
    st.integers(0, PARTS),
)
def test_free_stretches_say_of_each_half_hour_what_is_left(spans, taken, pieces, since):
    spans = merged(spans)
    expected = {
        part: pieces - taken.get(part, 0)
        for begin, end in spans
        for part in range(begin, end)
        if part >= since and taken.get(part, 0) < pieces
    }
    found = free(spans, taken, pieces, since)
    said = {part: each.pieces for each in found for part in range(each.begin, each.end)}
    assert said == expected
    for one, two in itertools.pairwise(found):
        assert one.end <= two.begin
    assert all(isinstance(each, Free) and each.begin < each.end for each in found)


def test_the_next_half_hour_begins_at_a_moment_or_after_it():
    on = date(2026, 3, 18)
    for part in (0, 17, 18, 47):
        assert part_of(moment(on, part)) == part
    at = moment(on, 18)
    assert part_of(at.replace(second=1)) == 19
    assert part_of(at.replace(microsecond=1)) == 19
    assert part_of(at.replace(minute=31)) == 20


def test_a_feed_is_folded_by_octets_and_names_nobody():
    at = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
    text = calendar(
        "会议室;" + "很长" * 40, [Event("1@x", at, at.replace(hour=2), "已约", at)]
    )
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "DTSTART:20260318T010000Z" in lines
    assert "\\;" in text
    assert lines[-1] == ""


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")))
def test_unfolding_gives_the_line_back(line):
    assert fold(line).replace("\r\n ", "") == line


def test_names_on_the_wall():
    assert masked("王小明") == "王**"
    assert masked("王女士") == "王女士"
    assert masked("欧阳女士") == "欧阳女士"
    assert masked("王小明先生") == "王**"
    assert masked(" ") == "居民"


def test_every_state_has_a_way_on_or_an_end():
    assert set(NEXT) == set(State)
    # What holds a time can always let it go.
    for state in HOLDS:
        reached, waiting = set(), [state]
        while waiting:
            for then in NEXT[waiting.pop()] - reached:
                reached.add(then)
                waiting.append(then)
        assert reached - HOLDS
