from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import added, book, cr, dr, voucher
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.checking import check, check_book, require
from wugeyi.engines.ledger.checking import vouchers as checking
from wugeyi.engines.ledger.findings import Refused, say
from wugeyi.engines.ledger.records import Book, Month, Number, Posting

DAY = date(2024, 3, 5)
SOUND = voucher(1, DAY, dr("102", 100), cr("501", 100))


def codes(found):
    return [each.code for each in found]


def test_a_sound_voucher_has_no_findings():
    assert check(SOUND, chart("2023")) == ()
    assert check(SOUND, chart("2023"), Month(2024, 2)) == ()


@pytest.mark.parametrize(
    ("postings", "found"),
    [
        ((), ["voucher-empty"]),
        ((dr("102", 100), cr("501", 99)), ["voucher-unbalanced"]),
        ((Posting("102", 5, 5, "两方"),), ["posting-both-sides"]),
        ((Posting("102", 0, 0, "无"),), ["posting-no-amount"]),
        ((dr("102", -5), cr("501", -5)), ["posting-negative"] * 2),
        ((dr("102", 0.5), cr("501", 0.5)), ["posting-not-fen"] * 2),
        ((dr("102", True), cr("501", 1)), ["posting-not-fen"]),
        ((dr("999", 5), cr("501", 5)), ["account-unknown"]),
        ((dr("1020", 5), cr("501", 5)), ["account-digits"]),
        ((dr("541", 5), cr("10201", 5)), ["account-other-regime"]),
        ((dr("102", 5, " "), cr("501", 5)), ["summary-missing"]),
        ((dr("102", 5, "换\n行"), cr("501", 5)), ["text-control"]),
        ((dr("102", 5, "x", ("a", "\x00")), cr("501", 5)), ["text-control"]),
        (
            (dr("102", 5, "x", ("户", "1"), ("户", "2")), cr("501", 5)),
            ["dimension-twice"],
        ),
    ],
)
def test_what_is_wrong_with_lines_is_told(postings, found):
    assert codes(check(replace(SOUND, postings=postings), chart("2023"))) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"number": 0}, "voucher-number"),
        ({"attachments": -1}, "voucher-attachments"),
        ({"kind": "other"}, "voucher-kind"),
        ({"year": 2023}, "voucher-year"),
        ({"kind": "reversal"}, "reversal-unnamed"),
        ({"reverses": Number(2024, 1)}, "reversal-kind"),
    ],
)
def test_what_is_wrong_with_a_head_is_told(change, found):
    assert codes(check(replace(SOUND, **change), chart("2023"))) == [found]


def test_closed_months_take_nothing():
    for closed in (Month(2024, 3), Month(2024, 12), Month(2025, 1)):
        (found,) = check(SOUND, chart("2023"), closed)
        assert found.code == "period-closed"
    assert f"2024-03 已结账（已结到 {closed}）" in say(found)


def test_a_code_of_the_other_system_says_what_it_means_there():
    (found,) = check(
        replace(SOUND, postings=(dr("541", 5), cr("102", 5))), chart("2023")
    )
    assert (
        say(found)
        == "2024-1：2023 年制度里没有科目 541；它在 2004 年制度里是“管理费用”。"
    )
    (found,) = check(
        replace(SOUND, postings=(dr("513", 5), cr("102", 5))), chart("2004")
    )
    assert "is “管理费用”" in say(found, "en")


def test_the_gap_of_an_unbalanced_voucher_is_said_in_yuan():
    (found,) = check(
        replace(SOUND, postings=(dr("102", 123456), cr("501", 1))), chart("2023")
    )
    assert "1,234.56" in say(found)
    assert "1,234.55 yuan" in say(found, "en")


def test_numbers_have_no_gaps_and_each_year_begins_anew():
    kept = book(SOUND, replace(SOUND, number=3), replace(SOUND, number=3))
    assert codes(check_book(kept))[:2] == ["number-gap", "number-twice"]
    next_year = voucher(1, date(2025, 1, 2), dr("102", 100), cr("501", 100))
    assert check_book(book(SOUND, next_year)) == ()


def test_what_looks_posted_twice_is_asked_about():
    (found,) = check_book(book(SOUND, replace(SOUND, number=2)))
    assert (found.code, found.severity) == ("voucher-same", "warning")
    assert "2024-1" in say(found)


def test_reversals_are_mirrored_once_and_name_what_was_posted_before():
    back = voucher(
        2,
        DAY,
        cr("102", 100),
        dr("501", 100),
        kind="reversal",
        reverses=Number(2024, 1),
    )
    kept = book(SOUND, back)
    assert check_book(kept) == ()
    again = replace(back, number=3)
    assert codes(check_book(added(kept, again))) == ["reversed-twice"]
    other = replace(back, postings=(cr("102", 100), dr("502", 100)))
    assert codes(check_book(book(SOUND, other))) == ["reversal-differs"]
    early = replace(back, day=date(2024, 3, 4))
    assert codes(check_book(book(SOUND, early))) == ["reversal-early"]
    of_itself = replace(again, reverses=back.mark)
    assert codes(check_book(added(kept, of_itself))) == ["reversal-of-reversal"]
    of_none = replace(back, reverses=Number(2024, 9))
    assert codes(check_book(book(SOUND, of_none))) == ["reversal-of-nothing"]


def test_opening_balances_come_first():
    opening = voucher(2, DAY, dr("101", 5), cr("301", 5), kind="opening")
    assert codes(check_book(book(SOUND, opening))) == ["opening-late"]
    first = replace(opening, number=1)
    assert check_book(book(first, replace(SOUND, number=2))) == ()


def test_balances_on_the_wrong_side_are_asked_about():
    spent = voucher(1, DAY, dr("513", 5), cr("102", 5))
    written = voucher(2, DAY, dr("152", 5), cr("181", 5))
    assert codes(check_book(book(spent, written))) == [
        "balance-wrong-side",
        "balance-wrong-side",
        "balance-left",
    ]


def test_a_voucher_of_another_book_is_told_and_errors_are_raised():
    kept = Book("V2", "2023", (SOUND,))
    assert codes(check_book(kept)) == ["voucher-foreign"]
    with pytest.raises(Refused, match="belongs to the book"):
        require(kept)


amounts = st.sampled_from([0, 0, 1, 5, -1, True, 0.5])
names = st.sampled_from(["x", "户", "", " ", "换\n行"])
lines = st.builds(
    Posting,
    st.sampled_from(["102", "501", "10201", "541", "1020", "５０１", ""]),
    amounts,
    amounts,
    names,
    st.lists(st.tuples(names, names), max_size=2).map(tuple),
)


@given(
    st.lists(lines, max_size=3).map(tuple),
    st.sampled_from(
        [
            {},
            {"number": 0},
            {"attachments": -1},
            {"kind": "other"},
            {"kind": "reversal"},
            {"kind": "reversal", "reverses": Number(2024, 1)},
            {"reverses": Number(2024, 1)},
            {"year": 2023},
            {"day": date(2024, 2, 29)},
        ]
    ),
    st.sampled_from([None, Month(2024, 2), Month(2023, 12)]),
)
def test_the_quick_look_says_what_the_long_one_says(postings, change, closed):
    made = replace(SOUND, postings=postings, **change)
    accounts = chart("2023")
    found = tuple(checking._check(made, accounts, closed))
    assert checking._sound(made, accounts, closed) == (found == ())
