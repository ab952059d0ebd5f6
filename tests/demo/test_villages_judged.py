"""The demo's books, judged by beancount and hledger: what we show is what they find."""

from datetime import date, timedelta

import pytest

from tests.casework.world import build
from tests.demo.test_villages import UNTIL, kept
from tests.ledger.oracles.programs import ask_beancount, by_hledger, write_journal
from wugeyi.books.adapter.amounts import summed
from wugeyi.books.adapter.reading import stream
from wugeyi.demo.hospital.branchwork import words
from wugeyi.engines.ledger import income_statement, trial_balance
from wugeyi.engines.ledger.balances import balances, rolled
from wugeyi.engines.ledger.records import Book

# The village with the station, that of the kiwis, and one with a 1+1 company.
PLACES = (0, 2, 3)
DAYS = (date(2023, 6, 30), date(2024, 12, 31), date(2026, 2, 28))
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def some(amounts: dict[str, int]) -> dict[str, int]:
    return {code: fen for code, fen in amounts.items() if fen}


@pytest.fixture
def books(db: None) -> list:
    """Each book as it is kept, with an engine book of every voucher."""
    words(since=date(2018, 1, 1), at=UNTIL)
    world = build()
    return [
        (
            book,
            Book(
                code=book.code,
                regime="2023",
                vouchers=tuple(voucher for voucher, _ in stream(book)),
                names=dict(book.sub_accounts.values_list("code", "name")),
            ),
        )
        for book in kept(world, *PLACES)
    ]


@pytest.mark.hledger
def test_two_programs_find_what_we_show(books: list, tmp_path) -> None:
    whole = [each for _, each in books]
    told = ask_beancount(whole, tmp_path, days=DAYS, periods=[YEAR])
    for (kept_book, book), found in zip(books, told, strict=True):
        assert found["errors"] == []
        for day, amounts in zip(DAYS, found["balances"], strict=True):
            assert amounts == some(rolled(balances(book, day)))
            # What pages show comes from sums, not from every voucher.
            assert amounts == some(rolled(balances(summed(kept_book, day), day)))
        net = -sum(found["income"][0].values())
        shown = summed(kept_book, YEAR[1])
        assert net == income_statement(shown, *YEAR).amount("net")
        assert net > 0
    journal = write_journal(whole, tmp_path / "books.journal")
    within = ("-b", str(YEAR[0]), "-e", str(YEAR[1] + timedelta(days=1)))
    (closing,) = by_hledger(journal, *within, "--historical")
    for at, (_, book) in enumerate(books):
        rows = trial_balance(book, *YEAR).rows
        ours = some({row.code: row.closing_fen for row in rows})
        leaves = {code: fen for code, fen in closing[at].items() if fen}
        assert {code: ours[code] for code in leaves} == leaves
        assert sum(leaves.values()) == 0
