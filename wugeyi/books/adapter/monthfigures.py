"""Operating income of a month, by the definition of the book's regime."""

from dataclasses import dataclass
from typing import cast

from django.utils.translation import get_language

from wugeyi.books.adapter.amounts import summed
from wugeyi.books.models import Book
from wugeyi.books.rules.months import first_day, last_day
from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.records import Book as EngineBook
from wugeyi.engines.ledger.records import Kind, Regime
from wugeyi.engines.ledger.statements.formulas import tables
from wugeyi.engines.ledger.statements.reports import figure

KEYS: dict[str, str] = {"2023": "village_income", "2004": "village_income_2004"}
"""What operating income is called in the engine's table of each regime."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What a month came to, in fen; the year too if the month ends it."""

    operating_fen: int
    income_fen: int
    expense_fen: int
    year_operating_fen: int | None


@dataclass(frozen=True, slots=True)
class Definition:
    """How operating income is reckoned, in words; unverified unless found."""

    regime: str
    text: str
    source: str
    verified: bool


def earned(book: Book, month: int) -> Earned:
    """Reckon a closed month from its sums."""
    last = last_day(month)
    sums = summed(book, last)
    key = KEYS[book.regime]
    year = None
    if month % 12 == 11:
        year = figure(sums, key, first_day(month - 11), last)
    return Earned(
        operating_fen=figure(sums, key, first_day(month), last),
        income_fen=-_posted(sums, "income", month),
        expense_fen=_posted(sums, "expense", month),
        year_operating_fen=year,
    )


def definitions() -> list[Definition]:
    """Return the definition of each regime in the reader's language."""
    english = get_language() == "en"
    found = []
    for regime, key in KEYS.items():
        lines = tables(cast("Regime", regime))["figures"]
        line = next(each for each in lines if each.key == key)
        text = line.en if english else line.zh
        found.append(Definition(regime, text, line.source, line.verified))
    return found


def _posted(sums: EngineBook, kind: Kind, month: int) -> int:
    accounts = chart(sums.regime)
    return sum(
        line.net_fen
        for voucher in sums.vouchers
        if voucher.kind != "closing" and voucher.day >= first_day(month)
        for line in voucher.postings
        if (account := accounts.account(line.account)) and account.kind == kind
    )
