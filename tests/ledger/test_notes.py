from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import FIRST_DAY, book, books, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.chart import DATA, chart
from wugeyi.engines.ledger.findings import Refused
from wugeyi.engines.ledger.records import Book
from wugeyi.engines.ledger.statements import notes

ACCOUNTS = {
    "money": ("101", "102"),
    "receivables": ("112",),
    "dealings": ("113",),
    "investments": ("111", "141"),
    "fixed_assets": ("151", "152"),
    "biological_assets": ("131", "132", "133", "134"),
    "payables": ("211",),
    "special_funds": ("241",),
}


@given(books(), st.integers(0, 740))
def test_rows_come_to_the_balances_of_their_accounts(kept, offset):
    day = FIRST_DAY + timedelta(days=offset)
    found = notes(kept, day)
    assert [each.key for each in found] == list(ACCOUNTS)
    for note in found:
        balance = sum(reference.balance(kept, code, day) for code in ACCOUNTS[note.key])
        assert sum(row.balance_fen for row in note.rows) == balance
        assert all(row.balance_fen and row.name for row in note.rows)
        assert not note.verified


def test_households_are_told_apart():
    kept = book(
        voucher(1, FIRST_DAY, dr("113", 50, "借", ("household", "H1")), cr("102", 50)),
        voucher(2, FIRST_DAY, dr("113", 20, "借"), cr("101", 20)),
    )
    rows = {each.key: each.rows for each in notes(kept, FIRST_DAY)}
    assert [(row.value, row.balance_fen) for row in rows["dealings"]] == [
        ("", 20),
        ("H1", 50),
    ]
    assert [(row.account, row.name) for row in rows["money"]] == [
        ("101", "库存现金"),
        ("102", "银行存款"),
    ]


def test_accounts_of_notes_are_in_the_chart_and_2004_has_none():
    assert (DATA / "notes-2023.toml").exists()
    for codes in ACCOUNTS.values():
        assert all(code in chart("2023").accounts for code in codes)
    with pytest.raises(Refused, match="not on file"):
        notes(Book("V1", "2004"), date(2024, 1, 1))
