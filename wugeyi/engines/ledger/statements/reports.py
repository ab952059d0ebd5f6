"""The statements themselves."""

from dataclasses import dataclass
from datetime import date

from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.numbers import natures
from wugeyi.engines.ledger.records import Book
from wugeyi.engines.ledger.statements.amounts import AtDay, InPeriod
from wugeyi.engines.ledger.statements.formulas import Line, reckon, tables

EQUITY_ROWS = (
    ("opening", "期初余额", "At the beginning"),
    ("net", "净收益", "Net income"),
    ("other_in", "其他转入", "Other additions"),
    ("to_reserve", "提取公积公益金", "To the reserve and public welfare fund"),
    ("to_members", "向成员分配", "To members"),
    ("to_others", "其他分配", "Other distributions"),
    ("direct", "直接增减", "Paid in, taken out, carried from other accounts"),
    ("closing", "期末余额", "At the end"),
)

# What leaves for anybody but members; the last two are in the system of 2004 only.
OTHERS = ("to_others", "to_welfare", "to_investors")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line with its amounts in fen, one for each column."""

    key: str
    zh: str
    en: str
    amounts_fen: tuple[int, ...]
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; ``columns`` say what each amount is for."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[StatementLine, ...]

    def amount(self, key: str, column: int = 0) -> int:
        """Return the amount of a line in fen."""
        return next(each for each in self.lines if each.key == key).amounts_fen[column]


def balance_sheet(book: Book, day: date) -> Statement:
    """Return the balance sheet at a day's end, beside that at the year's beginning."""
    lines = tables(book.regime)["balance_sheet"]
    kinds = natures(book)
    until = [each for each in book.vouchers if each.day <= day]
    before = [
        each
        for each in until
        if each.day.year < day.year or kinds[each.mark] == "opening"
    ]
    accounts = chart(book.regime)
    amounts = [
        reckon(
            lines,
            AtDay(accounts, (line for each in part for line in each.postings)).amount,
        )
        for part in (until, before)
    ]
    return _statement("balance_sheet", ("closing", "year_opening"), lines, amounts)


def income_statement(book: Book, first: date, last: date) -> Statement:
    """Return income and its distribution in a period, beside the year's up to then.

    What was carried over by closing vouchers is left out, so that the statement is the
    same before and after the closing.
    """
    lines = tables(book.regime)["income_statement"]
    begins = (first, date(last.year, 1, 1))
    told = {
        each: reckon(lines, InPeriod(book, each, last).amount) for each in {*begins}
    }
    amounts = [told[each] for each in begins]
    return _statement("income_statement", ("period", "year"), lines, amounts)


def figure(book: Book, key: str, first: date, last: date) -> int:
    """Return a figure of the table ``figures`` for a period, in fen.

    Raises
    ------
    KeyError
        The book's regime has no such figure: what a collective earned is another sum in
        each, so ``village_income`` is one of 2023 only.
    """
    lines = tables(book.regime)["figures"]
    return reckon(lines, InPeriod(book, first, last).amount)[key]


@dataclass(frozen=True, slots=True)
class Equity:
    """A row of the changes in equity, in fen."""

    key: str
    zh: str
    en: str
    capital_fen: int
    reserve_fen: int
    undistributed_fen: int

    @property
    def total_fen(self) -> int:
        """All three together."""
        return self.capital_fen + self.reserve_fen + self.undistributed_fen


def changes_in_equity(book: Book, first: date, last: date) -> tuple[Equity, ...]:
    """Return how equity changed in a period: a report for management.

    The 2023 system does not ask for it. What is set aside for the reserve leaves
    undistributed income and comes to the reserve; what else was posted to capital and
    reserve is told as direct.
    """
    period = InPeriod(book, first, last)
    told = reckon(tables(book.regime)["income_statement"], period.amount)
    set_aside = told["to_reserve"]
    parts = {
        "opening": (
            period.amount("301", "opening"),
            period.amount("311", "opening"),
            told["undistributed_before"],
        ),
        "net": (0, 0, told["net"]),
        "other_in": (0, 0, told["other_in"]),
        "to_reserve": (0, set_aside, -set_aside),
        "to_members": (0, 0, -told["to_members"]),
        "to_others": (0, 0, -sum(told.get(key, 0) for key in OTHERS)),
        "direct": (
            period.amount("301", ""),
            period.amount("311", "") - set_aside,
            0,
        ),
    }
    columns = zip(*parts.values(), strict=True)
    capital, reserve, undistributed = (sum(column) for column in columns)
    parts["closing"] = (capital, reserve, undistributed)
    return tuple(Equity(key, zh, en, *parts[key]) for key, zh, en in EQUITY_ROWS)


def _statement(
    name: str,
    columns: tuple[str, ...],
    lines: tuple[Line, ...],
    amounts: list[dict[str, int]],
) -> Statement:
    return Statement(
        name,
        columns,
        tuple(
            StatementLine(
                line.key,
                line.zh,
                line.en,
                tuple(each[line.key] for each in amounts),
                line.verified,
                line.source,
            )
            for line in lines
        ),
    )
