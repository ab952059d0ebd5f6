from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import FIRST_DAY, added, book, books, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.balances import balances, rolled
from wugeyi.engines.ledger.chart import chart, subaccounts
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.closing import carry, close_month, reopen
from wugeyi.engines.ledger.findings import Refused, errors
from wugeyi.engines.ledger.records import Book, Month, Number
from wugeyi.engines.ledger.reversal import reverse
from wugeyi.engines.ledger.statements import (
    balance_sheet,
    changes_in_equity,
    figure,
    income_statement,
)
from wugeyi.engines.ledger.statements.formulas import parsed, tables

days = st.integers(0, 740).map(lambda offset: FIRST_DAY + timedelta(days=offset))
YEAR_END = date(2024, 12, 31)
NEW_YEAR = date(2025, 1, 1)


def closed_through(kept, last, *, monthly=False):
    first = min(each.day for each in kept.vouchers)
    month = Month.of(first)
    while month <= last:
        kept = close_month(kept, month, monthly=monthly)
        month = month.following
    return kept


@given(books(), days)
def test_the_balance_sheet_balances_at_any_day_and_agrees_with_the_reference(kept, day):
    sheet = balance_sheet(kept, day)
    for column in (0, 1):
        assert sheet.amount("assets", column) == sheet.amount(
            "liabilities_and_equity", column
        )
    assert sheet.amount("assets") == reference.assets(kept, day)
    undistributed = sheet.amount("undistributed") + sheet.amount("unclosed")
    assert undistributed == reference.undistributed(kept, day)


@given(books(), days, days)
def test_income_and_distribution_agree_with_the_reference(kept, one, other):
    first, last = min(one, other), max(one, other)
    found = income_statement(kept, first, last)
    assert found.amount("net") == reference.income(kept, first, last)
    assert found.amount("undistributed_after") == reference.undistributed(kept, last)
    rows = {each.key: each for each in changes_in_equity(kept, first, last)}
    assert rows["closing"].capital_fen == -reference.balance(kept, "301", last)
    assert rows["closing"].reserve_fen == -reference.balance(kept, "311", last)
    assert rows["closing"].undistributed_fen == reference.undistributed(kept, last)
    credit = sum(-reference.balance(kept, code, last) for code in ("501", "502"))
    assert figure(kept, "village_income", FIRST_DAY, last) == credit


@given(books(years=1), st.booleans())
def test_a_closed_year_leaves_no_income_and_the_same_statements(kept, monthly):
    if not kept.vouchers or errors(check_book(kept)):
        return
    after = closed_through(kept, Month(2024, 12), monthly=monthly)
    assert errors(check_book(after)) == ()
    assert after.closed == Month(2024, 12)
    net = rolled(balances(after, YEAR_END))
    for code in (*reference.INCOME, *reference.EXPENSES, "321", "32201"):
        assert net.get(code, 0) == 0
    for code in chart("2023").accounts:
        if code < "321" or code == "401":
            before = reference.balance(kept, code, YEAR_END)
            assert reference.balance(after, code, YEAR_END) == before
    one = income_statement(kept, FIRST_DAY, YEAR_END)
    other = income_statement(after, FIRST_DAY, YEAR_END)
    assert one == other
    sheets = balance_sheet(kept, YEAR_END), balance_sheet(after, YEAR_END)
    assert sheets[1].amount("assets") == sheets[0].amount("assets")
    assert sheets[1].amount("unclosed") == 0
    assert sheets[1].amount("equity") == sheets[0].amount("equity")


# The standard entries of the domain page, 2.5, with figures of our own.
VILLAGE = book(
    voucher(1, FIRST_DAY, dr("102", 500_000_00), cr("301", 500_000_00), kind="opening"),
    voucher(2, date(2024, 2, 1), dr("102", 120_000_00), cr("501", 120_000_00)),
    voucher(3, date(2024, 3, 1), dr("141", 115_000_00), cr("102", 115_000_00)),
    voucher(4, date(2024, 4, 1), dr("102", 60_000_00), cr("241", 60_000_00)),
    voucher(5, date(2024, 5, 1), dr("151", 60_000_00), cr("102", 60_000_00)),
    voucher(6, date(2024, 5, 1), dr("241", 60_000_00), cr("311", 60_000_00)),
    voucher(7, date(2024, 6, 1), dr("102", 10_000_00), cr("503", 10_000_00)),
    voucher(8, date(2024, 7, 1), dr("514", 8_000_00), cr("102", 8_000_00)),
    voucher(9, date(2024, 8, 1), dr("513", 21_000_50), cr("102", 21_000_50)),
    voucher(10, date(2024, 9, 1), dr("401", 30_000_00), cr("102", 30_000_00)),
    voucher(11, date(2024, 12, 1), dr("112", 23_000_00), cr("502", 23_000_00)),
    voucher(12, date(2024, 12, 31), dr("511", 4_000_00), cr("152", 4_000_00)),
)


def test_a_year_of_a_village_by_hand():
    income = income_statement(VILLAGE, FIRST_DAY, YEAR_END)
    assert income.amount("operating_result") == 117_999_50
    assert income.amount("total_result") == 119_999_50
    assert income.amount("net") == 119_999_50
    assert figure(VILLAGE, "village_income", FIRST_DAY, YEAR_END) == 143_000_00
    after = closed_through(VILLAGE, Month(2024, 12))
    made = after.vouchers[12:]
    assert [each.kind for each in made] == ["closing"] * 3
    assert [[line.account for line in each.postings] for each in made] == [
        ["501", "502", "503", "321"],
        ["511", "513", "514", "321"],
        ["321", "32202"],
    ]
    sheet = balance_sheet(after, YEAR_END)
    assert sheet.amount("cash") == 455_999_50
    assert sheet.amount("stores") == 30_000_00
    assert sheet.amount("fixed_assets") == 56_000_00
    assert sheet.amount("undistributed") == 119_999_50
    assert (
        sheet.amount("assets") == 679_999_50 == sheet.amount("liabilities_and_equity")
    )
    assert sheet.amount("capital", 1) == 500_000_00 == sheet.amount("assets", 1)
    month = income_statement(VILLAGE, date(2024, 12, 1), YEAR_END)
    assert month.lines[1].amounts_fen == (23_000_00, 23_000_00)
    assert month.lines[0].amounts_fen == (0, 120_000_00)


def test_dealings_with_members_stand_on_both_sides():
    kept = book(
        voucher(1, FIRST_DAY, dr("113", 50, "借", ("household", "H1")), cr("102", 50)),
        voucher(2, FIRST_DAY, dr("102", 70), cr("113", 70, "收", ("household", "H2"))),
    )
    sheet = balance_sheet(kept, FIRST_DAY)
    assert (sheet.amount("receivables"), sheet.amount("payables")) == (50, 70)


def test_months_are_closed_strictly_in_order():
    with pytest.raises(Refused, match="2024-01 comes first"):
        close_month(VILLAGE, Month(2024, 2))
    january = close_month(VILLAGE, Month(2024, 1))
    assert january.vouchers == VILLAGE.vouchers
    for month in (Month(2024, 1), Month(2024, 3)):
        with pytest.raises(Refused, match="2024-02 comes first"):
            close_month(january, month)
    with pytest.raises(Refused, match="closed"):
        carry(january, date(2024, 1, 31))
    with pytest.raises(Refused, match="closed"):
        reverse(january, Number(2024, 1), date(2024, 1, 31))


def test_a_book_with_errors_is_not_closed():
    spoilt = added(VILLAGE, voucher(14, YEAR_END, dr("101", 1), cr("501", 1)))
    with pytest.raises(Refused, match="gap"):
        close_month(spoilt, Month(2024, 1))


def test_carrying_over_twice_adds_nothing():
    once = carry(VILLAGE, YEAR_END, year=True)
    assert carry(once, YEAR_END, year=True) == once


def test_a_reversed_closing_is_no_income():
    once = carry(VILLAGE, YEAR_END)
    back = added(once, reverse(once, Number(2024, 13), YEAR_END))
    assert income_statement(back, FIRST_DAY, YEAR_END) == income_statement(
        VILLAGE, FIRST_DAY, YEAR_END
    )


def test_books_of_2004_close():
    kept = Book("V1", "2004", (voucher(1, YEAR_END, dr("102", 9), cr("511", 9)),))
    after = close_month(kept, Month(2024, 12))
    assert balances(after, YEAR_END) == {"102": 9, "32202": -9}


@pytest.mark.parametrize("regime", ["2023", "2004"])
def test_formulas_name_only_accounts_and_lines_that_are_there(regime):
    accounts = chart(regime)
    for lines in tables(regime).values():
        above = set()
        for line in lines:
            assert not line.verified
            assert line.source
            assert line.zh
            assert line.en.isascii()
            for term in line.terms:
                known = accounts.account(term.name) or term.name in above
                assert known or term.name == "0", (line.key, term)
                if len(term.name) > 3 and term.name.isdigit():
                    assert term.name in subaccounts(regime)
            above.add(line.key)


@pytest.mark.parametrize("regime", ["2023", "2004"])
def test_every_account_is_in_the_balance_sheet_once(regime):
    used = [
        (term.name, term.how)
        for line in tables(regime)["balance_sheet"]
        for term in line.terms
        if term.name.isdigit()
    ]
    assert len(used) == len(set(used))
    assert {code for code, _ in used} == set(chart(regime).accounts)


def test_formulas_that_are_not_understood_are_refused():
    assert parsed("132 - 133") == ((1, "132", ""), (-1, "133", ""))
    for bad in ("", "1 2", "101 * 2", "101 +", "113.left"):
        with pytest.raises(ValueError, match="not understood"):
            parsed(bad)


def test_the_year_may_be_carried_before_distribution_and_settled_at_closing():
    kept = carry(VILLAGE, YEAR_END, year=True)
    shared = voucher(16, YEAR_END, dr("3220101", 20_000_00), cr("311", 20_000_00))
    paid = voucher(17, YEAR_END, dr("3220102", 50_000_00), cr("211", 50_000_00))
    after = replace(closed_through(added(kept, shared, paid), Month(2024, 12)))
    found = income_statement(after, FIRST_DAY, YEAR_END)
    assert found.amount("to_reserve") == 20_000_00
    assert found.amount("to_members") == 50_000_00
    assert found.amount("to_others") == 0
    assert found.amount("undistributed_after") == 49_999_50
    sheet = balance_sheet(after, YEAR_END)
    assert sheet.amount("undistributed") == 49_999_50
    assert balances(after, YEAR_END)["32202"] == -49_999_50
    assert "3220101" not in balances(after, YEAR_END)
    rows = {each.key: each for each in changes_in_equity(after, FIRST_DAY, YEAR_END)}
    assert rows["direct"].reserve_fen == 60_000_00
    assert rows["closing"].reserve_fen == 80_000_00
    assert rows["opening"].total_fen == 500_000_00


@given(books(years=1))
def test_a_month_opened_again_is_as_before_and_closes_to_the_same(kept):
    if not kept.vouchers:
        return
    november = replace(kept, closed=Month(2024, 11))
    first = min(each.day for each in kept.vouchers)
    closed = close_month(november, Month(2024, 12))
    opened = reopen(closed, "2025-01-05 成员大会决定更正")
    assert opened.closed == (Month(2024, 11) if Month.of(first).month < 12 else None)
    assert balances(opened, YEAR_END) == balances(kept, YEAR_END)
    again = close_month(opened, Month(2024, 12))
    assert balances(again, YEAR_END) == balances(closed, YEAR_END)
    assert errors(check_book(again)) == ()
    assert income_statement(again, FIRST_DAY, YEAR_END) == income_statement(
        closed, FIRST_DAY, YEAR_END
    )
    taken = [each for each in opened.vouchers if each.kind == "reversal"]
    new = taken[len([each for each in kept.vouchers if each.kind == "reversal"]) :]
    assert len(new) == len(closed.vouchers) - len(kept.vouchers)
    for each in new:
        assert each.postings[0].summary.startswith("2025-01-05 成员大会决定更正，冲销")


def test_months_are_opened_again_one_by_one_and_by_decision_only():
    with pytest.raises(Refused, match="No month is closed"):
        reopen(VILLAGE, "决定")
    february = close_month(close_month(VILLAGE, Month(2024, 1)), Month(2024, 2))
    with pytest.raises(Refused, match="who decided"):
        reopen(february, " ")
    january = reopen(february, "决定")
    assert january.closed == Month(2024, 1)
    assert reopen(january, "决定").closed is None
