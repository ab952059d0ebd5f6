from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import added, book, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.closing import carry, close_month
from wugeyi.engines.ledger.distribution import (
    Decision,
    Earned,
    Share,
    distribute,
    earned,
    largest,
    vouchers,
)
from wugeyi.engines.ledger.findings import Refused
from wugeyi.engines.ledger.records import Book, Month
from wugeyi.engines.ledger.statements import balance_sheet, income_statement

YEAR_END = date(2024, 12, 31)
THIRD = Fraction(3, 10)
SEVEN = tuple(
    Share(f"M{n}", f"H{(n + 1) // 2}", Fraction(count))
    for n, count in enumerate(["1", "1", "1", "1", "0.5", "1", "1.5"], start=1)
)


def test_a_worked_example_to_the_fen():
    """100,000.00 earned, 20,000.01 lost before: by hand.

    Losses leave 79,999.99; 30 % of it is 23,999.997, so 24,000.00 go to the reserve and
    55,999.99 to members. Of 7 shares one is worth 7,999.99857…, half of one
    3,999.99928…, one and a half 11,999.99785…: rounded down 55,999.93, six fen are
    left. The rests are 6/7, 6/7, 6/7, 6/7, 13/14, 6/7 and 11/14 of a fen, so all but M7
    get one.
    """
    found = distribute(
        Earned(before_fen=-20_000_01, net_fen=100_000_00), Decision(THIRD), SEVEN
    )
    assert (found.losses_fen, found.base_fen) == (20_000_01, 79_999_99)
    assert (found.reserve_fen, found.members_fen) == (24_000_00, 55_999_99)
    paid = {each.member: each.fen for each in found.payments}
    assert paid == {
        "M1": 8_000_00,
        "M2": 8_000_00,
        "M3": 8_000_00,
        "M4": 8_000_00,
        "M5": 4_000_00,
        "M6": 8_000_00,
        "M7": 11_999_99,
    }
    assert found.payments[4].rest == Fraction(13, 14)
    assert [each.extra_fen for each in found.payments] == [1] * 6 + [0]
    assert found.kept_fen == 0
    assert found.by_household() == {
        "H1": 16_000_00,
        "H2": 16_000_00,
        "H3": 12_000_00,
        "H4": 11_999_99,
    }


shares = st.lists(st.integers(0, 60), min_size=1, max_size=30).filter(any)
money = st.integers(0, 10**11)


@given(money, shares)
def test_parts_agree_with_giving_fen_by_fen(pool, counts):
    found = largest(pool, [Fraction(count, 2) for count in counts])
    parts = [whole + extra for whole, _, extra in found]
    assert parts == reference.one_by_one(pool, counts, sum(counts))
    assert sum(parts) == pool
    for part, count in zip(parts, counts, strict=True):
        assert abs(part - Fraction(pool * count, sum(counts))) < 1


@given(
    st.integers(-(10**9), 10**9),
    st.integers(-(10**9), 10**9),
    st.fractions(0, 1, max_denominator=100),
    st.none() | st.integers(0, 10**9),
    st.lists(st.tuples(st.just("其他"), st.integers(0, 10**8)), max_size=2),
    shares,
)
def test_everything_distributed_comes_to_what_there_was(
    before, net, reserve, members, others, counts
):
    had = Earned(before, net)
    decision = Decision(reserve, members, tuple(others))
    people = [Share(f"{n:03}", "H", Fraction(c)) for n, c in enumerate(counts)]
    try:
        found = distribute(had, decision, people)
    except Refused as refused:
        (finding,) = refused.findings
        over = members is not None or others
        assert finding.code == "losses-remain" or over
        assert (finding.code == "losses-remain") == (before + net < 0)
        return
    assert before + net >= 0
    assert sum(each.fen for each in found.payments) == found.members_fen
    shared = found.reserve_fen + found.members_fen + sum(fen for _, fen in others)
    assert shared + found.kept_fen == before + net
    assert 0 <= found.reserve_fen <= found.base_fen <= max(net, 0)
    assert found.kept_fen >= 0


@pytest.mark.parametrize(
    ("had", "decision", "words"),
    [
        (Earned(-101, 100), Decision(THIRD), "Losses of 0.01 yuan remain"),
        (Earned(50, -100), Decision(THIRD), "Losses of 0.50 yuan remain"),
        (Earned(-200, 100, 100), Decision(THIRD, from_reserve_fen=99), "0.01 yuan"),
        (Earned(-200, 100, 40), Decision(THIRD, from_reserve_fen=41), "0.40 may"),
        (Earned(0, 100, 40), Decision(THIRD, from_reserve_fen=1), "0.00 may"),
        (Earned(0, 100), Decision(THIRD, 71), "0.01 yuan more"),
        (Earned(0, 100), Decision(THIRD, None, (("其他", 71),)), "0.01 yuan more"),
        (Earned(0, 100), Decision(THIRD, -1), "negative"),
        (Earned(0, 100), Decision(Fraction(2)), "from 0 to 1"),
    ],
)
def test_what_may_not_be_is_refused(had, decision, words):
    with pytest.raises(Refused, match=words):
        distribute(had, decision, SEVEN)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ((), "no shares"),
        ((replace(SEVEN[0], count=Fraction(0)),), "no shares"),
        ((replace(SEVEN[0], count=Fraction(-1)), SEVEN[1]), "negative"),
        ((SEVEN[0], SEVEN[0]), "twice"),
    ],
)
def test_shares_that_cannot_be_used_are_refused(people, words):
    with pytest.raises(Refused, match=words):
        distribute(Earned(0, 100), Decision(THIRD), people)


def test_old_income_is_shared_out_without_another_reserve():
    found = distribute(Earned(1_000, 100), Decision(THIRD, 500), SEVEN)
    assert (found.base_fen, found.reserve_fen, found.kept_fen) == (100, 30, 570)


VILLAGE = book(
    voucher(1, date(2024, 1, 1), dr("102", 5_000), cr("301", 5_000), kind="opening"),
    voucher(2, date(2024, 6, 1), dr("102", 1_000), cr("501", 1_000)),
    voucher(3, date(2024, 6, 2), dr("513", 301), cr("102", 301)),
)


def test_a_distribution_is_posted_closed_and_told_in_the_statement():
    kept = carry(VILLAGE, YEAR_END, year=True)
    had = earned(kept, 2024)
    assert had == Earned(0, 699) == earned(VILLAGE, 2024)
    found = distribute(had, Decision(THIRD, 400, (("奖励", 50),)), SEVEN)
    assert (found.reserve_fen, found.kept_fen) == (210, 39)
    kept = added(kept, *vouchers(kept, found, YEAR_END))
    kept = replace(kept, closed=Month(2024, 11))
    kept = close_month(kept, Month(2024, 12))
    assert check_book(kept) == ()
    told = income_statement(kept, date(2024, 1, 1), YEAR_END)
    assert [
        told.amount(key)
        for key in ("to_reserve", "to_members", "to_others", "undistributed_after")
    ] == [210, 400, 50, 39]
    sheet = balance_sheet(kept, YEAR_END)
    assert (sheet.amount("payables"), sheet.amount("reserve")) == (450, 210)
    assert sheet.amount("undistributed") == 39
    assert earned(kept, 2025) == Earned(39, 0, 210)
    with pytest.raises(Refused, match="closed"):
        vouchers(kept, found, YEAR_END)


def test_losses_are_made_up_from_the_reserve_by_a_voucher_of_its_own():
    lost = book(
        voucher(1, date(2024, 1, 1), dr("102", 500), cr("311", 500), kind="opening"),
        voucher(2, date(2024, 6, 2), dr("514", 300), cr("102", 300)),
    )
    had = earned(lost, 2024)
    assert had == Earned(0, -300, 500)
    found = distribute(had, Decision(THIRD, from_reserve_fen=300), SEVEN)
    assert (found.losses_fen, found.members_fen, found.kept_fen) == (300, 0, 0)
    (made,) = vouchers(lost, found, YEAR_END)
    assert [(x.account, x.net_fen) for x in made.postings] == [
        ("311", 300),
        ("32202", -300),
    ]
    after = earned(added(lost, made), 2024)
    assert after == Earned(300, -300, 200)
    assert distribute(after, Decision(THIRD), SEVEN).members_fen == 0


def test_books_of_2004_have_no_vouchers_of_distribution():
    found = distribute(Earned(0, 100), Decision(THIRD), SEVEN)
    with pytest.raises(Refused, match="not on file"):
        vouchers(Book("V1", "2004"), found, YEAR_END)
