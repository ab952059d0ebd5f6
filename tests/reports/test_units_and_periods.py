from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wugeyi.engines.formfill.periods import Span, find, months, resolve
from wugeyi.engines.formfill.units import UNITS, agree, convert, decimal

MONEY = ["分", "角", "元", "百元", "千元", "万元", "亿元"]
FACTORS = [1, 10, 100, 10_000, 100_000, 1_000_000, 10_000_000_000]


@given(st.integers(-(10**15), 10**15), st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_there_and_back_is_exact(value, one, other) -> None:
    assert convert(convert(value, one, other), other, one) == value


@given(st.integers(-(10**15), 10**15), st.sampled_from(range(len(MONEY))))
def test_money_by_hand(value, which) -> None:
    assert convert(value, "分", MONEY[which]) == Fraction(value, FACTORS[which])


@given(st.fractions(max_denominator=10**9), st.integers(0, 6))
@example(value=Fraction(4674721036284521581484440852, 3), places=1)
def test_a_decimal_is_the_nearest(value, places) -> None:
    number, exact = decimal(value, places)
    gap = abs(Fraction(number) - value)
    assert gap * 2 * 10**places <= 1
    assert exact == (gap == 0)


def test_worked_figures_of_the_article() -> None:
    # 49.9 万元, 3800 万元 (domain.md, section 4)
    assert decimal(convert(49_900_000, "分", "万元")) == (Decimal("49.9"), True)
    assert decimal(convert(3_800_000_000, "分", "万元")) == (Decimal(3800), True)
    assert decimal(Fraction(1, 3), 2) == (Decimal("0.33"), False)
    assert decimal(Fraction(5, 1000), 2) == (Decimal("0.01"), False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("名", "人", True),
        ("人次", "人", False),
        ("元", "万元", True),
        ("%", "件", False),
        ("次", "件", True),
        ("人次", "次", False),
        ("棵", "棵", True),
    ],
)
def test_what_units_measure(one: str, other: str, same) -> None:
    assert agree(one, other) is same
    if not same:
        with pytest.raises(ValueError, match="→"):
            convert(1, one, other)


def test_every_unit_goes_into_itself() -> None:
    for word in UNITS:
        assert convert(7, word, word) == 7


YEAR = months(2025, 1, 12)
MARCH = months(2026, 3, 3)
QUARTER = months(2026, 1, 3)


@pytest.mark.parametrize(
    ("text", "span", "first", "last"),
    [
        ("本年数", YEAR, "2025-01-01", "2025-12-31"),
        ("上年数", YEAR, "2024-01-01", "2024-12-31"),
        ("本年累计", MARCH, "2026-01-01", "2026-03-31"),
        ("上年同期", MARCH, "2025-03-01", "2025-03-31"),
        ("去年同期数", QUARTER, "2025-01-01", "2025-03-31"),
        ("本月", QUARTER, "2026-03-01", "2026-03-31"),
        ("上月", MARCH, "2026-02-01", "2026-02-28"),
        ("本季度", QUARTER, "2026-01-01", "2026-03-31"),
        ("上季度", QUARTER, "2025-10-01", "2025-12-31"),
        ("上期数", MARCH, "2026-02-01", "2026-02-28"),
        ("1—9月", YEAR, "2025-01-01", "2025-09-30"),
        ("2024年1-6月", YEAR, "2024-01-01", "2024-06-30"),
        ("2026年第1季度", YEAR, "2026-01-01", "2026-03-31"),
        ("2024年上半年", YEAR, "2024-01-01", "2024-06-30"),
        ("3月", YEAR, "2025-03-01", "2025-03-31"),
        ("年初数", YEAR, "2024-01-01", "2024-12-31"),
        ("期末数", YEAR, "2025-01-01", "2025-12-31"),
        ("上年末", YEAR, "2024-01-01", "2024-12-31"),
        ("2024年度", MARCH, "2024-01-01", "2024-12-31"),
    ],
)
def test_words_of_time(text: str, span: Span, first: str, last: str) -> None:
    word = find(text)
    assert word is not None
    assert resolve(word, span) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["经营收入", "12345热线", "13月", "0季度", "3岁以下"])
def test_no_word_of_time(text: str) -> None:
    assert find(text) is None


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)), st.integers(1, 12))
def test_the_same_days_a_year_before_and_back(day, count) -> None:
    last = min(day.month + count - 1, 12)
    span = months(day.year, day.month, last)
    before = resolve(find("上年同期"), span)
    assert before == months(day.year - 1, day.month, last)
