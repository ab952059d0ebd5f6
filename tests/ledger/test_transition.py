from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import cr, dr
from wugeyi.engines.ledger.balances import balances
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.closing import carry, close_month
from wugeyi.engines.ledger.distribution import Decision, distribute, earned, vouchers
from wugeyi.engines.ledger.findings import Refused, errors
from wugeyi.engines.ledger.records import Book, Month, Voucher
from wugeyi.engines.ledger.statements import (
    balance_sheet,
    changes_in_equity,
    figure,
    income_statement,
)
from wugeyi.engines.ledger.transition import (
    Carried,
    carried_over,
    proposal,
    proposed,
    read_proposed,
    written_proposed,
)
from wugeyi.engines.ledger.transition.proposing import proposals

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
DANGEROUS = {"131", "132", "153", "154", "211", "212", "502", "511", "521"}


def old(number, day, *postings, **more):
    return Voucher("V1", 2023, number, day, postings, **more)


# A village of the old system: the pond is let, a share of a filling station brings a
# dividend, an orchard is bought, wages and welfare are owed.
VILLAGE = Book(
    "V1",
    "2004",
    (
        old(1, FIRST, dr("102", 300_000_00), cr("301", 300_000_00), kind="opening"),
        old(2, date(2023, 2, 1), dr("1020101", 80_000_00), cr("511", 80_000_00)),
        old(3, date(2023, 3, 1), dr("132", 25_000_00), cr("102", 25_000_00)),
        old(4, date(2023, 4, 1), dr("102", 12_000_00), cr("501", 12_000_00)),
        old(5, date(2023, 4, 2), dr("502", 7_000_00), cr("102", 7_000_00)),
        old(6, date(2023, 6, 1), dr("102", 5_000_00), cr("561", 5_000_00)),
        old(7, date(2023, 7, 1), dr("102", 9_000_00), cr("522", 9_000_00)),
        old(8, date(2023, 8, 1), dr("541", 15_000_00), cr("211", 15_000_00)),
        old(9, date(2023, 9, 1), dr("551", 4_000_00), cr("102", 4_000_00)),
        old(10, date(2023, 9, 9), dr("154", 40_000_00), cr("102", 40_000_00)),
        old(
            11,
            date(2023, 10, 1),
            dr("113", 600_00, "借", ("household", "H1")),
            cr("102", 600_00, "借"),
        ),
        old(12, date(2023, 10, 2), dr("531", 1_00, "退"), cr("101", 1_00, "退")),
    ),
)
SHARED = old(
    16,
    LAST,
    dr("3220101", 30_000_00, "提取公积公益金"),
    dr("3220103", 10_000_00, "提取应付福利费"),
    cr("311", 30_000_00, "提取公积公益金"),
    cr("212", 10_000_00, "提取应付福利费"),
)


def closed():
    """The year with its income carried over, shared out and closed."""
    kept = replace(carry(VILLAGE, LAST, year=True), closed=Month(2023, 11))
    kept = replace(kept, vouchers=(*kept.vouchers, SHARED))
    return close_month(kept, Month(2023, 12))


def test_a_year_of_the_old_system_by_hand():
    found = income_statement(VILLAGE, FIRST, LAST)
    # 12,000 + 80,000 + 5,000 - 7,000 - 15,000, then + 9,000 - 1 - 4,000.
    assert found.amount("operating_result") == 75_000_00
    assert found.amount("net") == 79_999_00
    assert figure(VILLAGE, "village_income_2004", FIRST, LAST) == 97_000_00
    with pytest.raises(KeyError):
        figure(VILLAGE, "village_income", FIRST, LAST)
    after = closed()
    assert errors(check_book(after)) == ()
    found = income_statement(after, FIRST, LAST)
    assert found.amount("net") == 79_999_00
    assert found.amount("to_reserve") == 30_000_00
    assert found.amount("to_welfare") == 10_000_00
    assert found.amount("to_members") == found.amount("to_others") == 0
    assert found.amount("undistributed_after") == 39_999_00
    sheet = balance_sheet(after, LAST)
    assert sheet.amount("cash") == 329_399_00
    assert sheet.amount("receivables") == 600_00
    assert sheet.amount("woods") == 25_000_00 == sheet.amount("farm_assets")
    assert sheet.amount("construction") == 40_000_00 == sheet.amount("fixed_total")
    assert sheet.amount("assets") == 394_999_00
    assert sheet.amount("wages") == 15_000_00
    assert sheet.amount("welfare_fund") == 10_000_00
    assert sheet.amount("undistributed") == 39_999_00
    assert sheet.amount("liabilities_and_equity") == 394_999_00
    rows = {each.key: each for each in changes_in_equity(after, FIRST, LAST)}
    assert rows["to_others"].undistributed_fen == -10_000_00
    assert rows["closing"].total_fen == 300_000_00 + 30_000_00 + 39_999_00


def test_distribution_by_the_law_is_not_made_up_for_the_old_system():
    found = distribute(earned(VILLAGE, 2023), Decision(Fraction(1, 10), 0), ())
    with pytest.raises(Refused, match="not on file"):
        vouchers(VILLAGE, found, LAST)


def test_the_table_has_every_old_account_and_only_accounts_there_are():
    assert list(proposals()) == list(chart("2004").accounts)
    for each in proposals().values():
        assert not each.verified
        assert each.source
        assert bool(each.remark) == bool(each.remark_en)
        for code in each.targets:
            assert chart("2023").account(code) is not None


def test_codes_that_mean_another_thing_are_flagged_and_never_kept_alone():
    assert {each.old for each in proposals().values() if each.turns} == DANGEROUS
    for code in DANGEROUS:
        assert proposal(code).targets != (code,)
        assert proposal(code).remark
    assert proposal("15301").targets == ("154",)
    assert proposal("101").turns is False


def confirmed(rows, **chosen):
    by_code = {"132": "132", "212": "211", **chosen}
    return tuple(
        replace(each, new=each.new or by_code[each.old], confirmed=True)
        for each in rows
    )


def test_every_row_is_confirmed_by_a_person_before_anything_is_carried():
    rows = proposed(closed(), LAST)
    assert not any(each.confirmed for each in rows)
    assert {each.old: each.new for each in rows} == {
        "101": "101",
        "102": "102",
        "1020101": "1020101",
        "113": "113",
        "132": "",
        "154": "153",
        "211": "212",
        "212": "",
        "301": "301",
        "311": "311",
        "32202": "32202",
    }
    with pytest.raises(Refused) as refused:
        carried_over(closed(), LAST, rows, "V1N")
    codes = [each.code for each in refused.value.findings]
    assert codes.count("transition-unconfirmed") == len(rows)
    assert codes.count("transition-target") == 2


def test_balances_come_over_to_the_fen_by_what_they_mean():
    made = carried_over(closed(), LAST, confirmed(proposed(closed(), LAST)), "V1N")
    new = Book("V1N", "2023", (made,))
    assert made.day == date(2024, 1, 1)
    assert made.kind == "opening"
    assert errors(check_book(new)) == ()
    assert balances(new, made.day) == {
        "101": -1_00,
        "102": 249_400_00,
        "1020101": 80_000_00,
        "113": 600_00,
        "132": 25_000_00,
        "153": 40_000_00,
        "211": -10_000_00,
        "212": -15_000_00,
        "301": -300_000_00,
        "311": -30_000_00,
        "32202": -39_999_00,
    }
    sheet = balance_sheet(new, made.day)
    assert sheet.amount("construction") == 40_000_00
    assert sheet.amount("wages") == 15_000_00
    assert sheet.amount("assets") == balance_sheet(closed(), LAST).amount("assets")
    (line,) = [each for each in made.postings if each.account == "113"]
    assert line.dimensions == (("household", "H1"),)


def test_a_balance_may_be_split_but_not_lost():
    rows = confirmed(proposed(closed(), LAST))
    trees = next(each for each in rows if each.old == "132")
    rest = tuple(each for each in rows if each.old != "132")
    parts = (replace(trees, fen=20_000_00), replace(trees, fen=5_000_00, new="134"))
    made = carried_over(closed(), LAST, (*rest, *parts), "V1N")
    assert [each.account for each in made.postings[-2:]] == ["132", "134"]
    for bad in ((*rest, parts[0]), rest, (*rows, Carried("102", (), 1, "102", True))):
        with pytest.raises(Refused, match="the old book has"):
            carried_over(closed(), LAST, bad, "V1N")


def test_what_cannot_be_carried_over_is_said():
    rows = confirmed(proposed(closed(), LAST))
    wrong = tuple(replace(each, new="511") for each in rows)
    with pytest.raises(Refused, match="no account of assets"):
        carried_over(closed(), LAST, wrong, "V1N")
    with pytest.raises(Refused, match="still has a balance"):
        carried_over(VILLAGE, LAST, (), "V1N")
    with pytest.raises(Refused, match="needs no change"):
        carried_over(replace(closed(), regime="2023"), LAST, rows, "V1N")


def test_rows_go_through_a_spreadsheet():
    text = written_proposed(proposed(closed(), LAST))
    title, *rows = text.splitlines()
    assert title.startswith("原科目编码,原科目名称,余额（借方为正）,可选的新科目")
    assert rows[5].startswith("154,在建工程,40000.00,153 在建工程,新制度里 154 是")
    done = "\r\n".join([title, *rows]).replace(",153,,", ",153,是,")
    back, found = read_proposed(done.encode("utf-8-sig"), "衔接.csv")
    assert found == ()
    expected = proposed(closed(), LAST)
    assert back == tuple(replace(e, confirmed=e.old == "154") for e in expected)
    spoilt = text.replace("40000.00", "四万")
    back, (finding,) = read_proposed(spoilt.encode(), "衔接.csv")
    assert (finding.code, finding.subject) == ("cell-amount", "衔接.csv:7")
    assert len(back) == len(expected) - 1
    with pytest.raises(Refused, match="确认"):
        read_proposed(
            "原科目编码,余额（借方为正）,新科目编码\n1,2,3\n".encode(), "x.csv"
        )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(set(chart("2004").accounts))),
            st.sampled_from(sorted(set(chart("2004").accounts))),
            st.integers(1, 10**9),
        ),
        max_size=8,
    )
)
def test_a_sheet_of_the_old_system_balances_at_any_day(lines):
    made = tuple(
        old(at, LAST, dr(debit, fen), cr(credit, fen))
        for at, (debit, credit, fen) in enumerate(lines, start=1)
    )
    kept = Book("V1", "2004", made)
    sheet = balance_sheet(kept, LAST)
    assert sheet.amount("assets") == sheet.amount("liabilities_and_equity")
    assert sheet.amount("assets") == sum(
        fen
        for code, fen in balances(kept, LAST).items()
        if code[0] == "1" or code == "401"
    ) + max(-balances(kept, LAST).get("113", 0), 0)
    found = income_statement(kept, FIRST, LAST)
    assert found.amount("undistributed_after") == sheet.amount(
        "undistributed"
    ) + sheet.amount("unclosed")
