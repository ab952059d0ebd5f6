from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wugeyi.projects.rules.goals import lengths, reached, share_of_way
from wugeyi.projects.rules.importing import identity_of
from wugeyi.projects.rules.money import (
    MOST_FEN,
    MoneyKind,
    NotMoney,
    Trouble,
    add_up,
    findings,
    read_fen,
    write_yuan,
)
from wugeyi.projects.rules.shares import WHOLE, is_majority, shares
from wugeyi.projects.rules.states import ENDED, NEXT, State, may_follow, needs_reason

# Both cores may be busy with something else for seconds.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEN = st.integers(min_value=0, max_value=MOST_FEN)
KINDS = st.sampled_from([kind.value for kind in MoneyKind])


@calm
@given(st.lists(FEN, max_size=40))
def test_shares_sum_to_the_whole(parts: list[int]) -> None:
    found = shares(parts)
    assert len(found) == len(parts)
    assert sum(found) == (WHOLE if any(parts) else 0)
    assert all(type(share) is int for share in found)


@calm
@given(st.lists(FEN, min_size=1, max_size=40).filter(any))
def test_no_share_is_off_by_a_whole_unit(parts: list[int]) -> None:
    total = sum(parts)
    for part, share in zip(parts, shares(parts), strict=True):
        # |share - exact| < 1, in whole numbers: no float decides.
        assert abs(share * total - part * WHOLE) < total


@calm
@given(st.lists(FEN, min_size=2, max_size=20).filter(any))
def test_who_gives_more_never_gets_a_smaller_share(parts: list[int]) -> None:
    found = shares(parts)
    ranked = sorted(range(len(parts)), key=lambda n: (-parts[n], n))
    assert [found[n] for n in ranked] == sorted(found, reverse=True)


def test_the_company_of_the_example() -> None:
    # 息烽县田兴村 2022: 115, 100 and 10 (x 10,000 yuan).
    assert shares([115_000_000, 100_000_000, 10_000_000]) == [5111, 4445, 444]
    assert is_majority(115, 225)
    assert not is_majority(1, 2)


def test_a_negative_contribution_has_no_share() -> None:
    with pytest.raises(ValueError, match="negative"):
        shares([1, -1])


@calm
@given(st.lists(st.tuples(KINDS, st.integers(-MOST_FEN, MOST_FEN)), max_size=30))
def test_sums_are_whole_fen_and_lose_nothing(lines: list[tuple[str, int]]) -> None:
    sums = add_up(lines)
    totals = (sums.budget_fen, sums.paid_fen, sums.verified_fen)
    assert all(type(total) is int for total in totals)
    assert sum(totals) == sum(amount for _kind, amount in lines)
    assert sums.lines == len(lines)
    found = {one.trouble: one.amount_fen for one in findings(sums)}
    over = sums.paid_fen > sums.budget_fen and sums.budget_fen > 0
    assert (Trouble.OVER_BUDGET in found) == over
    without = sums.paid_fen > 0 >= sums.budget_fen
    assert (Trouble.WITHOUT_BUDGET in found) == without
    assert all(amount > 0 for amount in found.values())


@calm
@given(st.integers(min_value=-MOST_FEN, max_value=MOST_FEN))
def test_an_amount_written_is_read_back(fen: int) -> None:
    assert read_fen(write_yuan(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("115万元", 115_000_000),
        ("1.5 万", 1_500_000),
        ("￥1,200.50", 120_050),
        ("３，０００", 300_000),
        ("0.01", 1),
        ("-20", -2_000),
        ("12.345600万元", 12_345_600),
        ("0.00000001亿元", 100),
    ],
)
def test_amounts_as_people_write_them(typed: str, fen: int) -> None:
    assert read_fen(typed) == fen


@pytest.mark.parametrize(
    "typed",
    ["", "元", "十万", "1.005", "1e5", "1.2.3", "=1+1", "99999999999999999", "1万吨"],
)
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(NotMoney):
        read_fen(typed)


def test_a_bare_number_in_a_column_of_ten_thousands() -> None:
    assert read_fen("12.5", unit="万元") == 12_500_000
    assert read_fen("12.5元", unit="万元") == 1_250


@calm
@given(*[st.decimals(-1000, 1000, places=2) for _ in range(3)])
def test_the_way_is_gone_just_when_the_goal_is_reached(
    baseline: Decimal, target: Decimal, now: Decimal
) -> None:
    way = share_of_way(baseline, target, now)
    if baseline == target:
        assert way is None
    else:
        assert way is not None
        assert 0 <= way <= 100
        assert (way == 100) == (reached(baseline, target, now) == "yes")


def test_without_a_target_nothing_is_reached() -> None:
    assert reached(Decimal(1), None, Decimal(9)) == ""
    assert reached(None, Decimal(5), Decimal(5)) == "yes"
    assert reached(Decimal(18), Decimal(5), Decimal(6)) == "no"


def test_bars_are_as_long_as_their_values() -> None:
    assert lengths(Decimal(18), Decimal(4), Decimal(5)) == [100, 22, 28]
    assert lengths(None, Decimal(-3), Decimal(2)) == [None, 0, 100]
    assert lengths(None, None) == [None, None]


@calm
@given(st.sampled_from(State), st.sampled_from(State))
def test_an_end_is_left_only_by_taking_it_up_again(old: State, new: State) -> None:
    if may_follow(old, new):
        assert new is not State.PLANNED
        if old in ENDED:
            assert new is State.RUNNING
            assert needs_reason(old, new)
        if new in {State.STOPPED, State.FAILED}:
            assert needs_reason(old, new)
    assert set(NEXT) == set(State)


def test_a_number_makes_a_grant_the_same_whatever_its_title() -> None:
    from datetime import date

    same = {"kind": "research", "started_on": date(2024, 1, 1), "organisation": "A"}
    one = identity_of(number="黔科 2024-001", title="甲", **same)
    assert one == identity_of(number="黔科2024-001", title="乙", **same)
    named = identity_of(number="", title="甲", **same)
    assert named != identity_of(number="", title="甲", **{**same, "organisation": "B"})
    assert named == identity_of(number="", title=" 甲 ", **same)
