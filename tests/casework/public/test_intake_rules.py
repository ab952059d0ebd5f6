import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.casework.rules.intake import (
    Point,
    clean,
    dangers,
    read_phone,
    read_point,
    suggest,
    too_long_by,
)
from wugeyi.casework.rules.similarity import likeness, pairs, rank

KEYWORDS = [
    ("light", ["路灯", "灯不亮"]),
    ("parking", ["停车", "消防通道"]),
    ("fire", ["消防", "飞线"]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单元门口路灯不亮", "light"),
        ("消防通道被占", "parking"),
        ("楼道飞线充电", "fire"),
        ("没有说什么", None),
        ("", None),
    ],
)
def test_category_is_suggested_by_the_words_that_say_most(text, expected):
    found = suggest(text, KEYWORDS)
    assert (found.key if found else None) == expected


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        ("106.63", "26.65", Point(106.63, 26.65)),
        (" 106.63 ", "26.65", Point(106.63, 26.65)),
        ("26.65", "106.63", Point(106.63, 26.65, swapped=True)),
        ("", "", None),
        ("106.63", "", "half"),
        ("x", "26", "unreadable"),
        ("nan", "26", "abroad"),
        ("inf", "26", "abroad"),
        ("-0.12", "51.5", "abroad"),
        ("0", "0", "abroad"),
    ],
)
def test_points_are_read_and_swapped_ones_recognised(lon, lat, expected):
    assert read_point(lon, lat) == expected


@given(st.floats(73, 136), st.floats(3, 54))
def test_every_point_of_the_country_survives_being_swapped(lon, lat):
    assert read_point(repr(lat), repr(lon)) == Point(lon, lat, swapped=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("138 0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("(0851) 8555 1234", "085185551234"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("12345", "12345"),
        ("12", None),
        ("打我微信", None),
        ("1380013800000000000000", None),
    ],
)
def test_telephone_numbers(typed, expected):
    assert read_phone(typed) == expected


@given(st.text())
def test_cleaning_is_stable_and_keeps_what_people_write(text):
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once


def test_emoji_families_and_rare_characters_stay():
    kept = "𠮷家巷 👨‍👩‍👧‍👦 ❤️ 㐀 𰻞𰻞面"
    assert clean(kept) == kept


def test_danger_words():
    assert dangers("厨房着火了，有人被困") == ("着火", "被困")
    assert dangers("路灯不亮") == ()


def test_too_long_by_counts_characters_people_see_as_stored():
    assert too_long_by("字" * 4000) == 0
    assert too_long_by("𠮷" * 4001) == 1


def test_likeness_of_the_same_need_told_differently():
    one = "小区门口的路灯坏了三天"
    assert likeness(pairs(one), pairs("门口路灯坏了")) > 0.3
    assert likeness(pairs(one), pairs("楼上漏水到我家厨房")) < 0.05


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_bounded(one, other):
    first, second = pairs(one), pairs(other)
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, first) == pytest.approx(1 if first else 0)


def test_rank_gives_the_best_first_and_leaves_out_the_unlike():
    found = rank(
        "路灯不亮",
        [(1, "垃圾没清"), (2, "路灯坏了"), (3, "路灯不亮三天")],
        least=0.1,
        limit=5,
    )
    assert [match.key for match in found] == [3, 2]
