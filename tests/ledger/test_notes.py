import tomllib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import FIRST_DAY, book, books, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.chart import DATA, chart
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


@pytest.mark.parametrize("regime", ["2023", "2004"])
def test_accounts_of_notes_are_in_the_chart(regime):
    found = tomllib.loads((DATA / f"notes-{regime}.toml").read_text(encoding="utf-8"))
    for each in found["notes"]:
        assert all(code in chart(regime).accounts for code in each["accounts"])
        assert each["verified"] is False


def test_an_old_book_has_notes_too():
    kept = Book("V1", "2004", (voucher(1, FIRST_DAY, dr("132", 9), cr("202", 9)),))
    rows = {each.key: each.rows for each in notes(kept, FIRST_DAY)}
    assert [row.balance_fen for row in rows["farm_assets"]] == [9]
    assert [row.balance_fen for row in rows["payables"]] == [-9]
