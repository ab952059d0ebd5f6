from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.accounts.rules import (
    forwarded_address,
    is_username,
    normal_address,
    normal_code,
    normal_username,
    spaced_code,
    window_of,
)

SPANS = st.timedeltas(timedelta(seconds=1), timedelta(days=40))
TIMES = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 (hypothesis adds the zone)
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(TIMES, SPANS)
def test_a_time_lies_in_its_window_and_windows_join(at, per):
    window = window_of(at, per)
    assert window.start <= at < window.end
    assert window.end - window.start == per
    assert window_of(window.start, per) == window
    assert window_of(window.end, per).start == window.end


def test_windows_do_not_depend_on_the_zone_of_the_time():
    at = datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    window = window_of(at, timedelta(days=1))
    assert window == window_of(at.astimezone(UTC), timedelta(days=1))


@pytest.mark.parametrize(
    ("at", "per"),
    [
        (datetime(2026, 1, 1), timedelta(hours=1)),  # noqa: DTZ001
        (datetime(2026, 1, 1, tzinfo=UTC), timedelta(0)),
        (datetime(2026, 1, 1, tzinfo=UTC), timedelta(milliseconds=10)),
    ],
)
def test_a_window_needs_a_zone_and_a_second(at, per):
    with pytest.raises(ValueError, match="must be"):
        window_of(at, per)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Wang.Fang", "wang.fang"),
        ("  wang.fang\n", "wang.fang"),
        ("wang", "wang"),
        ("王芳", "王芳"),
    ],
)
def test_a_name_has_one_spelling(typed, normal):
    assert normal_username(typed) == normal


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(text):
    once = normal_username(text)
    if is_username(once):
        assert normal_username(once) == once


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_counted_by_what_one_holds(address, counted):
    assert normal_address(address) == counted


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("198.51.100.1", 0, "10.0.0.1"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("198.51.100.1", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
        (" , ,", 1, "10.0.0.1"),
    ],
)
def test_only_what_our_proxies_wrote_is_believed(forwarded, proxies, expected):
    assert forwarded_address("10.0.0.1", forwarded, proxies) == expected


@given(st.lists(st.ip_addresses().map(str)), st.ip_addresses().map(str))
def test_a_caller_cannot_choose_what_is_counted(invented, real):
    header = ", ".join([*invented, real])
    assert forwarded_address("10.0.0.1", header, 1) == real


@given(st.text("abcdefghjkmnpqrstuvwxyz23456789", min_size=10, max_size=10))
def test_a_spaced_code_reads_back(code):
    assert normal_code(spaced_code(code)) == code
    assert normal_code(f" {spaced_code(code).upper()} ") == code


@pytest.mark.parametrize(
    ("name", "good"),
    [("王芳", True), ("a.b-c_d@e", True), ("a", False), ("a b", False), ("", False)],
)
def test_what_can_be_a_sign_in_name(name, good):
    assert is_username(name) is good
