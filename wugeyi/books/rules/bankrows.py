"""Rows of a bank's statement as money that came or went.

Banks write from their own side: what is debited there (借方) has left the account.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from wugeyi.books.rules import importcells as cells
from wugeyi.books.rules.importcells import Unreadable
from wugeyi.imports.rules import Finding, Table, error, info, warning

MOST = 20_000
_TOTALS = re.compile(
    r"(本页|本期|本月)?(合计|总计|小计|笔数|承前页|期初余额|期末余额|上期余额).*"
)
_OUT = frozenset(
    {"借", "d", "dr", "j", "支", "支出", "付", "付款", "转出", "取", "-", "out"}
)
_CAME = frozenset({"贷", "c", "cr", "收", "收入", "收款", "转入", "存", "+", "in"})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came (more than 0) or went, as a bank tells it."""

    line: int
    on: date
    amount_fen: int
    balance_fen: int | None = None
    counterparty: str = ""
    memo: str = ""
    reference: str = ""

    @property
    def size_fen(self) -> int:
        """How much came or went."""
        return abs(self.amount_fen)

    @property
    def likeness(self) -> tuple[object, ...]:
        """By what the same line of another file is known.

        With a balance behind it, day, amount and balance are enough: words differ
        between a bank's page and its file.
        """
        if self.balance_fen is not None:
            return (self.on, self.amount_fen, self.balance_fen)
        return (
            self.on,
            self.amount_fen,
            self.counterparty,
            self.memo,
            self.reference,
        )


@dataclass(slots=True)
class Statement:
    """What a statement says, oldest line first."""

    lines: list[Moved] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(table: Table, columns: Mapping[str, int], today: date) -> Statement:
    """Return the lines of a statement, and everything noticed."""
    made = Statement()
    if len(table.rows) > MOST:
        many = str(len(table.rows))
        made.findings.append(error(0, "bank_too_many", many, other=MOST))
        return made
    reader = _Rows(columns, today)
    for line, texts in table.rows:
        row = reader.read(line, texts)
        if row is not None:
            made.lines.append(row)
    made.findings = reader.findings
    if reader.totals:
        made.findings.append(info(0, "totals_skipped", str(reader.totals)))
    if _newest_first(made.lines):
        made.lines.reverse()
        made.findings.append(info(0, "bank_newest_first"))
    made.findings += _breaks(made.lines)
    made.findings += _repeated(made.lines)
    if not made.lines and not made.findings:
        made.findings.append(error(0, "bank_empty"))
    return made


def unknown(
    lines: Sequence[Moved], known: Iterable[tuple[object, ...]]
) -> tuple[list[Moved], list[Finding]]:
    """Return lines that earlier statements do not have, and what is said of the rest.

    Two equal lines are two movements if only one of them was known before.
    """
    left = Counter(known)
    fresh, said = [], []
    for each in lines:
        if left[each.likeness] > 0:
            left[each.likeness] -= 1
            said.append(info(each.line, "bank_known", each.on.isoformat()))
        else:
            fresh.append(each)
    return fresh, said


class _Rows:
    def __init__(self, columns: Mapping[str, int], today: date) -> None:
        self.columns, self.today = columns, today
        self.findings: list[Finding] = []
        self.totals = 0
        self.sound = True

    def read(self, line: int, texts: Sequence[str]) -> Moved | None:
        """Return a line; None for a total, an empty one, or one that is wrong."""
        told = cells.plain(self.text(texts, "day")).replace(" ", "")
        if _TOTALS.fullmatch(told) or any(
            _TOTALS.fullmatch(cells.plain(each)) for each in texts[:1]
        ):
            self.totals += 1
            return None
        self.sound = True
        on = self._cell(line, texts, "day", _day)
        if on is None and self.sound:
            self._say(error(line, "bank_no_day"))
        elif on is not None and on > self.today:
            self._say(error(line, "future", on.isoformat()))
        fen = self._amount(line, texts)
        balance = None
        if self.text(texts, "balance").strip():
            balance = self._cell(line, texts, "balance", cells.money)
        if not self.sound or on is None:
            return None
        if not fen:
            self._say(warning(line, "no_amount"))
            return None
        return Moved(
            line,
            on,
            fen,
            balance,
            cells.words(self.text(texts, "counterparty"))[:120],
            cells.words(self.text(texts, "memo"))[:200],
            cells.words(self.text(texts, "reference"))[:60],
        )

    def text(self, texts: Sequence[str], name: str) -> str:
        """Return a cell by what its column is."""
        place = self.columns.get(name)
        return "" if place is None or place >= len(texts) else texts[place]

    def _amount(self, line: int, texts: Sequence[str]) -> int:
        if "came" in self.columns and "out" in self.columns:
            came = self._cell(line, texts, "came", cells.money) or 0
            out = self._cell(line, texts, "out", cells.money) or 0
            if came and out:
                self._say(error(line, "both_sides"))
            return came - out
        fen = self._cell(line, texts, "amount", cells.money) or 0
        if "direction" not in self.columns:
            return fen
        told = cells.plain(self.text(texts, "direction")).lower().removesuffix("方")
        if told in _CAME:
            return fen
        if told in _OUT:
            # Some banks write a minus and the side, some the side only.
            return -abs(fen)
        if fen:
            self._say(error(line, "bank_side", told))
        return 0

    def _cell(
        self, line: int, texts: Sequence[str], name: str, meant: Callable[[str], _T]
    ) -> _T | None:
        text = self.text(texts, name)
        if not text.strip():
            return None
        try:
            return meant(text)
        except Unreadable as problem:
            self._say(error(line, f"cell_{problem.code}", text, other=name))
            return None

    def _say(self, finding: Finding) -> None:
        self.findings.append(finding)
        if finding.severity == "error":
            self.sound = False


def _day(text: str) -> date:
    """Read a day that may have a time after it: 20240305 10:11:12."""
    told = cells.plain(text)
    first = told.split(" ")[0].split("T")[0]
    if len(first) == 14 and first.isascii() and first.isdigit():
        first = first[:8]
    return cells.day(first)


def _newest_first(lines: Sequence[Moved]) -> bool:
    if len(lines) < 2:
        return False
    if lines[0].on != lines[-1].on:
        return lines[0].on > lines[-1].on
    return _fits(lines[::-1]) > _fits(lines)


def _fits(lines: Sequence[Moved]) -> int:
    pairs = itertools.pairwise(lines)
    return sum(not _gap(before, after) for before, after in pairs)


def _gap(before: Moved, after: Moved) -> int:
    if before.balance_fen is None or after.balance_fen is None:
        return 0
    return before.balance_fen + after.amount_fen - after.balance_fen


def _breaks(lines: Sequence[Moved]) -> Iterator[Finding]:
    """Tell where the running balance does not follow from the line before."""
    for before, after in itertools.pairwise(lines):
        gap = _gap(before, after)
        if gap and before.balance_fen is not None and after.balance_fen is not None:
            expected = _yuan(before.balance_fen + after.amount_fen)
            yield warning(
                after.line,
                "bank_balance",
                _yuan(after.balance_fen),
                other=expected,
                other_line=before.line,
            )


def _repeated(lines: Sequence[Moved]) -> Iterator[Finding]:
    """Tell lines that stand in the file twice, as far as can be seen."""
    seen: dict[tuple[object, ...], Moved] = {}
    for each in lines:
        key = (*each.likeness, each.reference)
        first = seen.setdefault(key, each)
        if first is not each and (each.balance_fen is not None or each.reference):
            yield warning(each.line, "bank_twice", other_line=first.line)


def _yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
