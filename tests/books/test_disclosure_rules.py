"""Periods, categories, days of grace, masking: pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.books.adapter.charts import accounts
from wugeyi.books.rules.disclosure import (
    GRACE_DAYS,
    Period,
    categories,
    head_groups,
    owed,
    period_of,
    periods,
    shown_accounts,
)
from wugeyi.books.rules.disclosurenames import masked, short
from wugeyi.books.rules.months import last_day, month_of

MONTHS = st.integers(2000 * 12, 2060 * 12)
RHYTHMS = st.sampled_from(["monthly", "quarterly"])


def test_eight_categories_in_the_order_of_the_rules() -> None:
    found = [each.name_zh for each in categories().values()]
    assert found == [
        "财务计划",
        "各项收入",
        "各项支出",
        "各项资产",
        "各类资源",
        "债权债务",
        "收益分配",
        "其他需要公开的事项",
    ]
    assert all("农经发〔2011〕13 号" in each.source for each in categories().values())


@pytest.mark.parametrize("regime", ["2023", "2004"])
def test_every_account_is_shown_once_and_none_is_called_verified(regime) -> None:
    where = shown_accounts(regime)
    assert set(where) == set(accounts(regime))
    assert {each.category for each in where.values()} <= set(categories())
    assert not any(each.verified for each in where.values())
    # What counts as more is the account's usual side, contra accounts left aside.
    for code, each in where.items():
        account = accounts(regime)[code]
        if not account.contra and each.category in {"income", "assets"}:
            assert each.side == account.side, code


@given(first=MONTHS, length=st.integers(0, 60), rhythm=RHYTHMS)
def test_periods_cut_the_months_without_gap_or_overlap(first, length, rhythm) -> None:
    found = list(periods(first, first + length, rhythm))
    expected = first
    for each in found:
        assert each.first == expected
        assert each.last == period_of(each.first, rhythm).last
        expected = each.last + 1
    # What is left is no whole period.
    assert period_of(expected, rhythm).last > first + length


@given(day=st.dates(date(2001, 1, 1), date(2059, 12, 31)), rhythm=RHYTHMS)
def test_what_is_owed_ended_so_many_days_ago(day, rhythm) -> None:
    month = owed(day, rhythm)
    assert last_day(month) + timedelta(days=GRACE_DAYS) < day
    following = period_of(month + 1, rhythm)
    assert period_of(month, rhythm).last == month
    assert last_day(following.last) + timedelta(days=GRACE_DAYS) >= day


def test_quarters_are_named_by_their_number() -> None:
    march = month_of(date(2026, 3, 1))
    assert period_of(march, "quarterly").quarter == 1
    assert Period(march - 1, march).quarter is None


@given(root=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_no_digit_of_the_head_is_lost(root) -> None:
    groups = head_groups(root)
    assert "".join(groups) == root
    assert {len(each) for each in groups} == {8}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("付王小明误工补贴 300 元", "付王**误工补贴 300 元"),
        ("欧阳红家的苗木款", "欧**的苗木款"),
        ("联系电话 138 1234 5678", "联系电话 〔电话〕"),
        ("卡号6222021234567890123", "卡号〔卡号〕"),
        ("给李大爷慰问金", "给某大爷慰问金"),
        ("买苗 1150000 元", "买苗 1150000 元"),
        # Property and amounts are everybody's.
        ("3号门面租金 12,000.00 元", "3号门面租金 12,000.00 元"),
        ("2026-03-05 第 12 号合同", "2026-03-05 第 12 号合同"),
    ],
)
def test_names_are_hidden_and_property_is_not(text, shown) -> None:
    assert masked(text, ["王小明", "欧阳红家"]) == shown


@given(
    name=st.text("王李张欧阳小明红建国", min_size=2, max_size=4),
    before=st.text("付收购买苗木租金，。", max_size=8),
)
def test_a_known_name_never_stays(name, before) -> None:
    said = masked(f"{before}{name}{before}", [name])
    assert name not in said
    assert masked(said, [name]) == said
    assert short(name)[0] == name[0]
