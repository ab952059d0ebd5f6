import hashlib
import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.audit import rules


class Colour(StrEnum):
    RED = "red"


def test_one_form_for_one_meaning():
    east = timezone(timedelta(hours=8))
    assert rules.canonical(
        {
            "b": Decimal("1.50"),
            "a": datetime(2026, 1, 1, 8, tzinfo=east),
            "d": date(2026, 2, 3),
            "c": Colour.RED,
            "e": {3, 1, 2},
            "f": 26.6470661,
            "g": -0.0,
            "名": "金元社区 \U00020bb7",
        }
    ) == (
        '{"a":"2026-01-01T00:00:00.000000Z","b":"1.50","c":"red","d":"2026-02-03",'
        '"e":[1,2,3],"f":26.6470661,"g":0.0,"名":"金元社区 \U00020bb7"}'
    )


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), datetime(2026, 1, 1)],  # noqa: DTZ001
)
def test_refuses_what_has_no_meaning(value):
    with pytest.raises(ValueError, match=r"number|zone"):
        rules.canonical(value)


@pytest.mark.parametrize("value", [b"x", object(), {1: "a"}])
def test_refuses_what_has_no_single_form(value):
    with pytest.raises(TypeError):
        rules.canonical({"a": value})


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(JSON)
def test_canonical_is_json_that_reads_back_and_is_stable(value):
    text = rules.canonical(value)
    text.encode("utf-8")
    again = json.loads(text)
    assert again == value
    assert rules.canonical(again) == text


@given(st.text(st.characters()), st.text(st.characters()))
def test_texts_that_differ_stay_different(one, other):
    assert (rules.canonical(one) == rules.canonical(other)) == (one == other)


def test_half_a_surrogate_pair_is_written_as_its_escape():
    assert rules.canonical("a\udc80") == '"a\\udc80"'


def test_a_private_value_leaves_only_its_salted_hash():
    salt = "00112233445566778899aabbccddeeff"
    due = hashlib.sha256(bytes.fromhex(salt) + b"13800000000").hexdigest()
    text = rules.fields({"phone": rules.Private("13800000000", salt)})
    assert text == f'{{"phone":{{"hash":"{due}"}}}}'
    assert "13800000000" not in repr(rules.Private("13800000000", salt))
    assert rules.fields({"phone": rules.Private("", salt)}) == '{"phone":null}'


def test_salts_are_fresh_and_of_full_length():
    salts = {rules.new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert {len(salt) for salt in salts} == {32}
    with pytest.raises(ValueError, match="16 bytes"):
        rules.Private("x", "ab").digest()


def test_the_first_link_is_checked_by_hand():
    due = hashlib.sha256(bytes(32) + b"event").hexdigest()
    assert rules.link(rules.START, b"event") == due


def test_heads_are_read_with_comments_and_times():
    digest = "ab" * 32
    lines = [
        "# kept by the county",
        "",
        f"3 {digest} 2026-01-01T00:00:00Z",
        f"4 {digest.upper()}",
    ]
    assert list(rules.read_heads(lines)) == [
        rules.Head(3, digest),
        rules.Head(4, digest),
    ]


@pytest.mark.parametrize(
    "text", ["", "3", "0:" + "a" * 64, "x:" + "a" * 64, "3:zz", "³:" + "a" * 64]
)
def test_what_is_no_head_is_refused(text):
    with pytest.raises(ValueError, match="Not a"):
        rules.parse_head(text)


def test_a_bad_line_is_named():
    with pytest.raises(ValueError, match="line 2"):
        list(rules.read_heads(["# x", "nonsense"]))


WHOLE = st.none() | st.integers(-(2**63), 2**63 - 1)
TEXT = st.text(st.characters())


@given(
    st.tuples(
        TEXT,
        WHOLE,
        TEXT,
        TEXT,
        st.datetimes(timezones=st.timezones()),
        TEXT,
        WHOLE,
        WHOLE,
        WHOLE,
        TEXT,
    )
)
def test_the_fast_writing_of_an_event_equals_the_canonical_one(row):
    by_name = dict(zip(rules.EVENT_COLUMNS, row, strict=True))
    assert rules.event_bytes(row) == rules.canonical(by_name).encode()
    assert list(rules.EVENT_COLUMNS) == sorted(rules.EVENT_COLUMNS)
