"""Two independent programs come to the same fen as the engine."""

from datetime import date, timedelta

import pytest

from tests.ledger.books import FIRST_DAY
from tests.ledger.oracles.programs import (
    ask_beancount,
    ask_beancount_files,
    by_hledger,
    fen,
    hledger,
    write_journal,
)
from tests.ledger.oracles.shelf import LAST_DAY, closed, mirrored, red, shelf
from tests.ledger.test_statements import VILLAGE as YEAR
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.balances import balances, rolled, trial_balance
from wugeyi.engines.ledger.exports import beancount
from wugeyi.engines.ledger.records import LEVELS, Month
from wugeyi.engines.ledger.statements import balance_sheet, income_statement

PERIODS = (
    # Only the books of the old system have vouchers so early.
    (date(2023, 1, 1), date(2023, 12, 31)),
    (FIRST_DAY, date(2024, 12, 31)),
    (date(2024, 3, 7), date(2025, 2, 13)),
    (date(2025, 1, 1), LAST_DAY),
)
DAYS = (FIRST_DAY, date(2024, 7, 15), *(last for _, last in PERIODS))
INCOME = {
    "2023": ("operating_income", "investment_income", "subsidies", "other_income"),
    "2004": (
        *("operating_income", "contracting_income", "investment_income"),
        *("tax_refund", "subsidies", "other_income"),
    ),
}
EXPENSES = {
    "2023": (
        *("operating_expenses", "taxes", "administration"),
        *("welfare", "other_expenses", "income_tax"),
    ),
    "2004": ("operating_expenses", "administration", "other_expenses"),
}
needs_hledger = pytest.mark.hledger


@pytest.fixture(scope="module")
def books():
    return shelf(40)


@pytest.fixture(scope="module")
def told(books, tmp_path_factory):
    folder = tmp_path_factory.mktemp("beancount")
    return ask_beancount(books, folder, days=DAYS, periods=PERIODS)


@pytest.fixture(scope="module")
def journal(books, tmp_path_factory):
    path = tmp_path_factory.mktemp("hledger") / "books.journal"
    return write_journal(books, path)


def some(amounts):
    return {code: amount for code, amount in amounts.items() if amount}


def rows(book, period, column):
    found = trial_balance(book, *period).rows
    return some({each.code: getattr(each, column) for each in found})


def of_level(amounts, level):
    return some({c: x for c, x in amounts.items() if len(c) == LEVELS[level]})


def test_the_shelf_has_all_there_is(books):
    kinds = {(v.kind, v.reverses is None) for book in books for v in book.vouchers}
    assert kinds == {
        ("ordinary", True),
        ("opening", True),
        ("closing", True),
        ("reversal", False),
    }
    assert len(books) > 55
    assert sum(len(each.vouchers) for each in books) > 300


def test_beancount_finds_no_error_and_the_same_balances(books, told):
    for book, found in zip(books, told, strict=True):
        assert found["errors"] == []
        for day, amounts in zip(DAYS, found["balances"], strict=True):
            assert amounts == some(rolled(balances(book, day)))


def test_beancount_comes_to_the_same_turnover_and_income(books, told):
    for book, found in zip(books, told, strict=True):
        if book == red():
            continue
        for at, period in enumerate(PERIODS):
            assert found["debits"][at] == rows(book, period, "debit_fen")
            credits_of = {c: -x for c, x in found["credits"][at].items()}
            assert credits_of == rows(book, period, "credit_fen")
            net = -sum(found["income"][at].values())
            assert net == income_statement(book, *period).amount("net")


def test_beancount_finds_a_book_that_is_a_fen_off(tmp_path):
    text = beancount(YEAR)
    assert "Assets:141  115000.00 ~ 0.00 CNY" in text
    path = tmp_path / "off.beancount"
    off = "Assets:141  115000.01 ~ 0.00 CNY"
    path.write_text(text.replace("Assets:141  115000.00 ~ 0.00 CNY", off))
    (found,) = ask_beancount_files([str(path)])
    assert len(found["errors"]) == 1
    assert "Balance failed for 'Assets:141'" in found["errors"][0]


@needs_hledger
@pytest.mark.parametrize("level", range(len(LEVELS)))
def test_hledger_has_the_same_balances_at_the_end_of_every_month(books, journal, level):
    words = ("--historical", "--monthly", "-b", "2024-01-01", "-e", "2026-02-01")
    columns = by_hledger(journal, *words, "--depth", str(level + 3))
    assert len(columns) == 25
    month = Month(2024, 1)
    for column in columns:
        for at, book in enumerate(books):
            ours = of_level(rolled(balances(book, month.last)), level)
            assert of_level(column[at], level) == ours, month
        month = month.following


@needs_hledger
@pytest.mark.parametrize("period", PERIODS)
def test_hledger_has_the_same_trial_balance(books, journal, period):
    first, last = period
    within = ("-b", str(first), "-e", str(last + timedelta(days=1)))
    turnover = (*within, "not:tag:nature=opening")
    (debit,) = by_hledger(journal, *turnover, "amt:>0")
    (credit,) = by_hledger(journal, *turnover, "amt:<0")
    (closing,) = by_hledger(journal, *within, "--historical")
    for at, book in enumerate(books):
        assert summed(closing[at]) == rows(book, period, "closing_fen")
        if book == red():
            continue
        assert summed(debit[at]) == rows(book, period, "debit_fen")
        credits_of = {code: -x for code, x in summed(credit[at]).items()}
        assert credits_of == rows(book, period, "credit_fen")


def summed(amounts):
    """Return amounts with those of sub-accounts."""
    codes = {code[:digits] for code in amounts for digits in LEVELS}
    return some(
        {
            each: sum(x for code, x in amounts.items() if code.startswith(each))
            for each in codes
        }
    )


@needs_hledger
@pytest.mark.parametrize("period", PERIODS)
def test_hledger_s_own_statements_have_our_sums(books, journal, period):
    first, last = period
    within = ("-b", str(first), "-e", str(last + timedelta(days=1)))
    words = ("--depth", "2", "--flat", "-O", "csv")
    income = named(hledger(journal, "is", *within, *words, "not:tag:nature=closing"))
    sheet = named(hledger(journal, "bs", *within, *words))
    for at, book in enumerate(books):
        ours = income_statement(book, first, last)
        revenue, spent = (
            income.get(f"Income:B{at}", 0),
            income.get(f"Expenses:B{at}", 0),
        )
        assert revenue == sum(ours.amount(key) for key in INCOME[book.regime])
        assert spent == sum(ours.amount(key) for key in EXPENSES[book.regime])
        assert revenue - spent == ours.amount("net")
        owed = reference.dealings_in_credit(book, last)
        ours = balance_sheet(book, last)
        assert sheet.get(f"Assets:B{at}", 0) == ours.amount("assets") - owed
        assert sheet.get(f"Liabilities:B{at}", 0) == ours.amount("liabilities") - owed


def named(table):
    return {row[0]: fen(row[-1]) for row in table if ":B" in row[0]}


def test_what_is_taken_back_in_red_nets_to_the_same_but_turns_over_less():
    period = (FIRST_DAY, date(2024, 12, 31))
    ours = {each.code: each for each in trial_balance(mirrored(), *period).rows}
    theirs = {each.code: each for each in trial_balance(red(), *period).rows}
    for code in ("102", "501"):
        assert ours[code].closing_fen == theirs[code].closing_fen
    assert (ours["102"].debit_fen, ours["102"].credit_fen) == (550_00, 500_00)
    assert (theirs["102"].debit_fen, theirs["102"].credit_fen) == (50_00, 0)
    one, other = income_statement(mirrored(), *period), income_statement(red(), *period)
    assert one == other
    assert one.amount("operating_income") == 50_00


def test_a_closed_year_is_among_the_examples():
    assert closed(YEAR).closed == Month(2024, 12)
