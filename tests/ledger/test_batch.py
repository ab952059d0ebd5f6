from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import FIRST_DAY, book, books, cr, dr, voucher
from tests.ledger.test_transition import VILLAGE as OLD
from tests.ledger.test_transition import closed as old_closed
from wugeyi.engines.ledger.balances import trial_balance
from wugeyi.engines.ledger.batch import (
    Periods,
    Writer,
    months,
    opened,
    parts,
    years,
)
from wugeyi.engines.ledger.batch.files import Line
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.closing import close_month
from wugeyi.engines.ledger.findings import Refused, errors
from wugeyi.engines.ledger.records import Book, Month
from wugeyi.engines.ledger.statements import figure, income_statement
from wugeyi.engines.ledger.statements.formulas import tables

FIGURES = {"2023": "village_income", "2004": "village_income_2004"}


def written(folder, kept, group=40):
    with Writer(folder, group) as writer:
        for each in kept:
            writer.add(each)
    return opened(folder)


def agree(kept, shelf, periods):
    """Hold every figure to the engine's own, book by book."""
    seen = set()
    for part in parts(shelf, periods):
        statements = {
            regime: {
                **part.statement(regime, "income_statement"),
                **part.statement(regime, "figures"),
            }
            for regime in set(part.regimes)
        }
        for at, regime in enumerate(part.regimes):
            number = part.first + at
            seen.add(number)
            for period in range(len(periods)):
                first, last = periods.first(period), periods.last(period)
                rows = trial_balance(kept[number], first, last).rows
                assert part.rows(number, period) == [
                    (x.code, x.opening_fen, x.debit_fen, x.credit_fen, x.closing_fen)
                    for x in rows
                ]
                income = income_statement(kept[number], first, last)
                for line in income.lines:
                    found = statements[regime][line.key][at, period]
                    assert found == line.amounts_fen[0], line.key
                key = FIGURES[regime]
                found = statements[regime][key][at, period]
                assert found == figure(kept[number], key, first, last)
    assert {n for n, each in enumerate(kept) if each.vouchers} <= seen


days = st.lists(st.integers(-40, 800), min_size=2, max_size=6, unique=True)


@given(st.lists(books(most=8), min_size=1, max_size=5), days)
def test_many_books_come_to_what_each_comes_to(tmp_path_factory, kept, offsets):
    made = [year_closed(each) for each in kept]
    periods = Periods(tuple(FIRST_DAY + timedelta(days=x) for x in sorted(offsets)))
    shelf = written(tmp_path_factory.mktemp("shelf"), made)
    agree(made, shelf, periods)


def year_closed(kept):
    if not kept.vouchers or errors(check_book(kept)):
        return kept
    month = Month.of(min(each.day for each in kept.vouchers))
    while month <= Month(2024, 12):
        kept = close_month(kept, month)
        month = month.following
    return kept


def test_books_of_both_systems_stand_side_by_side(tmp_path):
    new = book(voucher(1, FIRST_DAY, dr("102", 5), cr("501", 5)))
    kept = [OLD, new, old_closed(), replace(new, vouchers=())]
    shelf = written(tmp_path, kept)
    assert shelf.regimes == ("2004", "2023", "2004", "2023")
    assert shelf.codes == ("V1", "V1", "V1", "V1")
    agree(kept, shelf, years(2023, 2024))
    agree(kept, shelf, months(Month(2023, 11), Month(2024, 2)))


def test_sums_that_a_double_would_round_are_exact(tmp_path):
    fen = 10**15 - 1
    lines = [Line(19_800, 102, 0, fen)] * 50 + [Line(19_800, 501, 0, -1)] * 50
    with Writer(tmp_path) as writer:
        writer.add_lines("V1", "2023", "", lines)
    (part,) = parts(opened(tmp_path), years(2024, 2024))
    assert part.rows(0, 0) == [
        ("102", 0, 50 * fen, 0, 50 * fen),
        ("501", 0, 0, 50, -50),
    ]
    assert 50 * fen > 2**53


def test_what_is_after_the_last_period_does_not_count(tmp_path):
    kept = [
        book(
            voucher(1, FIRST_DAY, dr("102", 5), cr("501", 5)),
            voucher(2, date(2024, 5, 1), dr("102", 7), cr("502", 7)),
        )
    ]
    shelf = written(tmp_path, kept)
    agree(kept, shelf, months(Month(2024, 1), Month(2024, 2)))
    (part,) = parts(shelf, months(Month(2024, 1), Month(2024, 1)))
    assert [row[0] for row in part.rows(0, 0)] == ["102", "501"]


def test_books_do_not_go_over_the_end_of_a_row_group(tmp_path):
    entry = voucher(1, FIRST_DAY, dr("102", 5), cr("501", 5))
    kept = [Book(f"V{at}", "2023", (entry,) * (at % 7)) for at in range(40)]
    shelf = written(tmp_path, kept, group=10)
    firsts = [
        (each.first, len(each.regimes)) for each in parts(shelf, years(2024, 2024))
    ]
    assert len(firsts) > 5
    assert len({n for f, many in firsts for n in range(f, f + many)}) == sum(
        many for _, many in firsts
    )
    agree(kept, shelf, years(2024, 2024))


def test_what_is_no_shelf_is_refused(tmp_path):
    written(tmp_path, [])
    assert list(parts(opened(tmp_path), years(2024, 2024))) == []
    (tmp_path / "books.parquet").replace(tmp_path / "lines.parquet")
    with pytest.raises(Refused, match="no books"):
        opened(tmp_path)
    with pytest.raises(Refused, match="not said"):
        Periods((FIRST_DAY,))
    with pytest.raises(Refused, match="before it begins"):
        Periods((FIRST_DAY, FIRST_DAY))
    with pytest.raises(Refused, match="2013"), Writer(tmp_path) as writer:
        writer.add_lines("V1", "2013", "", [])


def test_the_keys_of_the_old_and_the_new_income_statement_differ_only_where_named():
    keys = {r: {x.key for x in tables(r)["income_statement"]} for r in FIGURES}
    assert keys["2023"] - keys["2004"] == {
        "taxes",
        "total_result",
        "income_tax",
        "welfare",
    }
