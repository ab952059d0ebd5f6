"""Rows of opening balances as the lines of one voucher.

Tables of balances list an account, then its sub-accounts, then what those are about; an
amount must count once. So a row that only adds up rows below it is left out, if it does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from wugeyi.books.rules import importcells as cells
from wugeyi.books.rules.entries import Entry, Line
from wugeyi.books.rules.importlines import Row, Rows
from wugeyi.books.rules.importvouchers import EVERY, Stopped, Tell
from wugeyi.imports.rules import Finding, Table, error, info

SUMMARY = "期初余额"
INCOME = "5"
"""Accounts of income and expense begin with this digit in both systems."""


@dataclass(slots=True)
class Opened:
    """What a table of balances says."""

    lines: tuple[Line, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def entry(self, day: date) -> Entry:
        """Return what would be posted."""
        return Entry(day, self.lines, "opening")


def read(table: Table, rows: Rows, tell: Tell = lambda done, of: True) -> Opened:
    """Return the balances of a table, and everything noticed.

    Raises
    ------
    Stopped
        ``tell`` wanted it.
    """
    found = []
    for done, (line, texts) in enumerate(table.rows):
        if done % EVERY == 0 and not tell(done, len(table.rows)):
            raise Stopped
        row = _row(line, texts, rows)
        if row is not None:
            found.append(row)
    kept = _once(found, rows)
    made = Opened(tuple(row.as_line(SUMMARY) for row in kept), rows.findings)
    sound = all(row.sound for row in found)
    made.findings += checked(made.lines, sound=sound)
    made.findings += _twice(kept)
    if rows.totals:
        made.findings.append(info(0, "totals_skipped", str(rows.totals)))
    return made


def _row(line: int, texts: Sequence[str], rows: Rows) -> Row | None:
    if rows.is_total(texts):
        rows.totals += 1
        return None
    row = Row(line)
    row.fen = rows.amount(row, texts)
    told = cells.account(rows.text(texts, "account"), rows.text(texts, "account_name"))
    if not row.fen and row.sound:
        # Charts are handed in whole; an account without a balance says nothing.
        return None
    row.account, said = rows.accounts.find(line, told)
    rows.say(row, said)
    rows.about(row, texts)
    return row


def checked(lines: Sequence[Line], *, sound: bool = True) -> Iterable[Finding]:
    """Tell whether opening balances balance, and which accounts have none."""
    debit = sum(each.debit_fen for each in lines)
    credit = sum(each.credit_fen for each in lines)
    if not lines:
        yield error(0, "opening_empty")
    elif debit != credit and sound:
        both = f"{_yuan(debit)} / {_yuan(credit)}"
        yield error(0, "opening_unbalanced", _yuan(abs(debit - credit)), other=both)
    for code in sorted({each.account[:3] for each in lines}):
        if code.startswith(INCOME):
            yield error(0, "opening_income", code)


def _once(found: Sequence[Row], rows: Rows) -> list[Row]:
    """Leave out rows that only add up others."""
    whole = {row.account for row in found if row.account and not row.items}
    sums: dict[str, int] = {}
    for row in found:
        above = _above(row, whole)
        if above:
            sums[above] = sums.get(above, 0) + row.fen
    kept = []
    for row in found:
        parts = None if row.items else sums.get(row.account)
        if parts is None:
            kept.append(row)
        elif parts == row.fen:
            rows.findings.append(info(row.line, "opening_sum", row.account))
        else:
            both = f"{_yuan(row.fen)} / {_yuan(parts)}"
            said = error(row.line, "opening_sum_differs", row.account, other=both)
            rows.say(row, [said])
    return kept


def _above(row: Row, whole: set[str]) -> str:
    """Return the account among the rows that a row is a part of."""
    if row.items and row.account in whole:
        return row.account
    codes = (row.account[:digits] for digits in (5, 3) if digits < len(row.account))
    return next((code for code in codes if code in whole), "")


def _twice(rows: Sequence[Row]) -> Iterable[Finding]:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = (row.account, *sorted(row.items.items()))
        if row.account and key in seen:
            yield error(row.line, "opening_twice", row.account, other_line=seen[key])
        seen.setdefault(key, row.line)


def _yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
