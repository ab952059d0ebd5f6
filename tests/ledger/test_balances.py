from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import FIRST_DAY, added, book, books, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.balances import (
    balances,
    by_dimension,
    rolled,
    running,
    trial_balance,
    trial_by_dimension,
)
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.findings import Refused, errors
from wugeyi.engines.ledger.records import Number
from wugeyi.engines.ledger.reversal import reverse

days = st.integers(-10, 740).map(lambda offset: FIRST_DAY + timedelta(days=offset))
LAST = date(2026, 1, 1)


@given(books(), days, days)
def test_trial_balances_agree_with_the_reference_and_come_to_nothing(kept, one, other):
    first, last = min(one, other), max(one, other)
    found = trial_balance(kept, first, last)
    assert found.total.opening_fen == found.total.closing_fen == 0
    assert found.total.debit_fen == found.total.credit_fen
    for row in found.rows:
        debit, credit = reference.turnover(kept, row.code, first, last)
        assert (row.debit_fen, row.credit_fen) == (debit, credit)
        assert row.closing_fen == reference.balance(kept, row.code, last)
        assert row.opening_fen == reference.opening(kept, row.code, first, last)


@given(books(), days)
def test_balances_agree_with_the_reference_at_every_level(kept, until):
    for code, amount in rolled(balances(kept, until)).items():
        assert amount == reference.balance(kept, code, until)
    split = by_dimension(kept, "household", until)
    for code in {code for code, _ in split} | balances(kept, until).keys():
        parts = sum(amount for (told, _), amount in split.items() if told == code)
        assert parts == balances(kept, until).get(code, 0)


@given(books(), days, days)
def test_trial_balances_of_all_values_come_to_that_of_the_book(kept, one, other):
    first, last = min(one, other), max(one, other)
    parts = trial_by_dimension(kept, "household", first, last)
    assert set(parts) <= {"", "H1", "H2"}
    for row in trial_balance(kept, first, last).rows:
        split = [
            each
            for part in parts.values()
            for each in part.rows
            if each.code == row.code
        ]
        for name in ("opening_fen", "debit_fen", "credit_fen", "closing_fen"):
            assert sum(getattr(each, name) for each in split) == getattr(row, name)
    for value in ("H1", "H2"):
        for row in parts[value].rows if value in parts else ():
            whose = reference.balance(kept, row.code, last, ("household", value))
            assert row.closing_fen == whose


@given(books(), days, st.sampled_from(["102", "10201", "113", "501"]))
def test_running_balances_end_where_the_balance_is(kept, first, account):
    entries = running(kept, account, first, LAST)
    if entries:
        assert entries[-1].balance_fen == reference.balance(kept, account, LAST)
        assert [each.voucher.day for each in entries] == sorted(
            each.voucher.day for each in entries
        )


@given(books(), st.data())
def test_a_reversal_restores_balances_and_is_accepted_once(kept, data):
    taken = {each.reverses for each in kept.vouchers}
    standing = [
        v for v in kept.vouchers if v.kind != "reversal" and v.mark not in taken
    ]
    if not standing:
        return
    chosen = data.draw(st.sampled_from(standing))
    after = added(kept, reverse(kept, chosen.mark, LAST))
    without = book(*(each for each in kept.vouchers if each is not chosen))
    assert balances(after, LAST) == balances(without, LAST)
    assert errors(check_book(after)) == ()
    with pytest.raises(Refused, match="may be only once"):
        reverse(after, chosen.mark, LAST)


@given(books())
def test_drawn_books_are_sound(kept):
    assert errors(check_book(kept)) == ()


def test_opening_balances_are_no_turnover():
    opening = voucher(1, FIRST_DAY, dr("1020101", 500), cr("301", 500), kind="opening")
    sale = voucher(2, date(2024, 3, 1), dr("10202", 70), cr("501", 70))
    found = trial_balance(book(opening, sale), FIRST_DAY, date(2024, 12, 31))
    rows = {
        row.code: (row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen)
        for row in found.rows
    }
    assert rows == {
        "102": (500, 70, 0, 570),
        "10201": (500, 0, 0, 500),
        "1020101": (500, 0, 0, 500),
        "10202": (0, 70, 0, 70),
        "301": (-500, 0, 0, -500),
        "501": (0, 0, 70, -70),
    }
    assert [row.level for row in found.rows] == [1, 2, 3, 2, 1, 1]
    assert found.rows[0].name == "银行存款"


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(Refused, match="ends"):
        trial_balance(book(), date(2024, 2, 1), date(2024, 1, 1))


def test_reversals_that_cannot_be_are_refused():
    sale = voucher(1, date(2024, 3, 1), dr("101", 70), cr("501", 70))
    kept = book(sale)
    for named, day, words in [
        (Number(2024, 2), date(2024, 4, 1), "not among"),
        (Number(2024, 1), date(2024, 2, 1), "dated before"),
    ]:
        with pytest.raises(Refused, match=words):
            reverse(kept, named, day)
    back = reverse(kept, Number(2024, 1), date(2024, 4, 1))
    assert back.postings[0].summary == "冲销 2024-1：摘要"
    with pytest.raises(Refused, match="reversal itself"):
        reverse(added(kept, back), back.mark, date(2024, 5, 1))
