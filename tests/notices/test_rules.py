from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.notices.rules import masked, not_before, quiet, shortened

HERE = ZoneInfo("Asia/Shanghai")
NIGHT = {"start": time(22), "end": time(7), "zone": HERE}


@pytest.mark.parametrize(
    ("hour", "minute", "sleeps"),
    [(21, 59, False), (22, 0, True), (3, 0, True), (6, 59, True), (7, 0, False)],
)
def test_over_midnight_by_the_local_clock(hour, minute, sleeps):
    at = datetime(2026, 3, 18, hour, minute, tzinfo=HERE)
    assert quiet(at.astimezone(UTC), **NIGHT) is sleeps


def test_it_waits_for_the_morning_of_the_right_day():
    evening = datetime(2026, 3, 18, 15, 30, tzinfo=UTC)  # 23:30 here
    assert not_before(evening, **NIGHT) == datetime(2026, 3, 18, 23, tzinfo=UTC)
    early = datetime(2026, 3, 18, 18, 30, tzinfo=UTC)  # 2:30 of the 19th here
    assert not_before(early, **NIGHT) == datetime(2026, 3, 18, 23, tzinfo=UTC)
    noon = datetime(2026, 3, 18, 4, tzinfo=UTC)
    assert not_before(noon, **NIGHT) == noon


def test_within_one_day_and_none_at_all():
    nap = {"start": time(12, 30), "end": time(14), "zone": HERE}
    at = datetime(2026, 3, 18, 13, tzinfo=HERE)
    assert not_before(at, **nap) == at.replace(hour=14)
    never = {"start": time(7), "end": time(7), "zone": HERE}
    assert not any(quiet(at.replace(hour=hour), **never) for hour in range(24))


CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(
    st.integers(0, 365 * 24 * 60),
    CLOCKS,
    CLOCKS,
    # A zone that changes its clock, which Guiyang's does not.
    st.sampled_from([HERE, ZoneInfo("Europe/Berlin")]),
)
def test_never_before_never_a_day_later_and_awake_then(minutes, start, end, zone):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = not_before(at, start=start, end=end, zone=zone)
    assert at <= due <= at + timedelta(hours=25)
    if due != at and zone is HERE:  # elsewhere an hour of the night may be missing
        assert due.astimezone(zone).time() == end


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("zhang@example.cn", "z***@example.cn"),
        ("13800138000", "138****00"),
        ("li", "****"),
    ],
)
def test_only_its_owner_knows_a_masked_address(value, shown):
    assert masked(value) == shown


def test_cut_texts_say_so():
    assert shortened("一二三四", 4) == "一二三四"
    assert shortened("一二三四五", 4) == "一二三…"
