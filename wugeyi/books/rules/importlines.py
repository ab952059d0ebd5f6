"""Rows of a voucher list as lines of vouchers: one row, its cells, what is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from wugeyi.books.rules import importcells as cells
from wugeyi.books.rules.entries import ITEM_KINDS, Kind, Line
from wugeyi.books.rules.importaccounts import Accounts
from wugeyi.books.rules.importcells import Mark, Unreadable
from wugeyi.books.rules.importitems import Items
from wugeyi.imports.rules import Finding, error, warning

LONGEST_SUMMARY = 200
_TOTALS = re.compile(
    r"(本页|本日|本月|本年|本期|期初|凭证|上页|过次页|承前页)?(合计|总计|小计|累计|过次页|承前页|转下页)"
    r"(?:[（(:：].*)?"
)
_KINDS: dict[str, Kind] = {
    "记账": "ordinary",
    "日常": "ordinary",
    "普通": "ordinary",
    "ordinary": "ordinary",
    "期初": "opening",
    "期初余额": "opening",
    "opening": "opening",
    "结转": "closing",
    "closing": "closing",
    "冲销": "reversal",
    "reversal": "reversal",
}
_T = TypeVar("_T")


@dataclass(slots=True)
class Row:
    """A row that was understood as far as it could be."""

    line: int
    day: date | None = None
    mark: Mark | None = None
    papers: int = 0
    kind: Kind = "ordinary"
    reverses: str = ""
    account: str = ""
    fen: int = 0
    summary: str = ""
    items: dict[str, str] = field(default_factory=dict)
    sound: bool = True

    def as_line(self, summary: str) -> Line:
        """Return the line that would be posted: a red amount on the other side."""
        return Line(
            self.account,
            max(self.fen, 0),
            max(-self.fen, 0),
            summary,
            **self.items,
        )


class Rows:
    """Reads rows by the columns that were chosen; keeps what it found."""

    def __init__(
        self,
        columns: Mapping[str, int],
        accounts: Accounts,
        items: Items,
        *,
        year: int | None = None,
    ) -> None:
        self.columns, self.accounts, self.items = columns, accounts, items
        self.year = year
        self.findings: list[Finding] = []
        self.totals = 0
        self.red = 0

    def read(self, line: int, texts: Sequence[str]) -> Row | None:
        """Return a row; None for one that only adds up others."""
        if self.is_total(texts):
            self.totals += 1
            return None
        row = Row(line)
        row.day = self._day(row, texts)
        row.mark = self._mark(row, texts)
        row.papers = self._cell(row, texts, "papers", cells.whole) or 0
        row.kind = self._kind(row, texts)
        row.reverses = cells.plain(self.text(texts, "reverses"))
        row.summary = self._summary(row, texts)
        row.fen = self.amount(row, texts)
        told = cells.account(
            self.text(texts, "account"),
            self.text(texts, "account_name"),
            self.text(texts, "sub_name"),
        )
        row.account, said = self.accounts.find(line, told)
        self.say(row, said)
        self.about(row, texts)
        return row

    def text(self, texts: Sequence[str], name: str) -> str:
        """Return a cell by what its column is; "" if there is no such column."""
        place = self.columns.get(name)
        return "" if place is None or place >= len(texts) else texts[place]

    def say(self, row: Row, findings: Sequence[Finding]) -> None:
        """Keep findings of a row; an error makes it unsound."""
        self.findings += findings
        if any(each.severity == "error" for each in findings):
            row.sound = False

    def is_total(self, texts: Sequence[str]) -> bool:
        """Tell whether a row only adds up others: it names no account of its own."""
        for name in ("account", "account_name", "summary", "day", "number"):
            text = self.text(texts, name)
            if "计" not in text and "页" not in text:
                continue
            if _TOTALS.fullmatch(cells.plain(text).replace(" ", "")):
                return name != "summary" or not (
                    self.text(texts, "account") or self.text(texts, "account_name")
                )
        return False

    def amount(self, row: Row, texts: Sequence[str]) -> int:
        """Return debit less credit in fen; 0 if that cannot be told."""
        if "debit" in self.columns:
            return self._two(row, texts)
        fen = self._cell(row, texts, "amount", cells.money)
        side = self._cell(row, texts, "direction", cells.side)
        if not row.sound or fen is None:
            return 0
        if fen and not side:
            self.say(row, [error(row.line, "side_missing")])
        if fen < 0:
            self.red += 1
            self._red(row, fen, 1 if side == 1 else -1)
        return fen * (side or 0)

    def about(self, row: Row, texts: Sequence[str]) -> None:
        """Read what a row is about besides its account."""
        for kind in ITEM_KINDS:
            if kind in self.columns:
                text = self.text(texts, kind)
                code, said = self.items.find(row.line, kind, text)
                self.say(row, said)
                if code:
                    row.items[kind] = code
        if "items" in self.columns:
            found, said = self.items.parts(row.line, self.text(texts, "items"))
            self.say(row, said)
            for kind, code in found.items():
                row.items.setdefault(kind, code)

    def _two(self, row: Row, texts: Sequence[str]) -> int:
        debit = self._cell(row, texts, "debit", cells.money) or 0
        credit = self._cell(row, texts, "credit", cells.money) or 0
        if debit and credit:
            self.say(row, [error(row.line, "both_sides")])
            return 0
        if debit < 0 or credit < 0:
            self.red += 1
            self._red(row, debit or credit, 1 if debit else -1)
        return debit - credit

    def _red(self, row: Row, fen: int, side: int) -> None:
        amount = f"{-fen // 100}.{-fen % 100:02d}"
        code = "red_debit" if side == 1 else "red_credit"
        self.findings.append(warning(row.line, code, amount))

    def _day(self, row: Row, texts: Sequence[str]) -> date | None:
        if "day" in self.columns:
            text = self.text(texts, "day")
            if not text.strip():
                return None
            return self._read(row, text, "day", lambda told: cells.day(told, self.year))
        month, of_month = self.text(texts, "month"), self.text(texts, "day_of_month")
        if not month.strip() and not of_month.strip():
            return None
        told = f"{cells.plain(month)}-{cells.plain(of_month)}"
        return self._read(row, told, "day", lambda told: cells.day(told, self.year))

    def _mark(self, row: Row, texts: Sequence[str]) -> Mark | None:
        word = self.text(texts, "word")
        return self._cell(row, texts, "number", lambda told: cells.mark(told, word))

    def _kind(self, row: Row, texts: Sequence[str]) -> Kind:
        told = cells.plain(self.text(texts, "kind")).lower()
        if told and told not in _KINDS:
            self.say(row, [error(row.line, "kind", told)])
        return _KINDS.get(told, "ordinary")

    def _summary(self, row: Row, texts: Sequence[str]) -> str:
        text = cells.words(self.text(texts, "summary"))
        if len(text) > LONGEST_SUMMARY:
            most = LONGEST_SUMMARY
            self.say(row, [warning(row.line, "summary_cut", text, other=most)])
        return text[:LONGEST_SUMMARY]

    def _cell(
        self, row: Row, texts: Sequence[str], name: str, meant: Callable[[str], _T]
    ) -> _T | None:
        text = self.text(texts, name)
        return self._read(row, text, name, meant) if text.strip() else None

    def _read(
        self, row: Row, text: str, name: str, meant: Callable[[str], _T]
    ) -> _T | None:
        try:
            return meant(text)
        except Unreadable as problem:
            self.say(row, [error(row.line, f"cell_{problem.code}", text, other=name)])
            return None
