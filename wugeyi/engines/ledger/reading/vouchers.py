"""Vouchers from a table of lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar, cast

from wugeyi.engines.ledger.chart import chart, meanings, other, same_name
from wugeyi.engines.ledger.columns import KINDS, NEEDED, VOUCHERS
from wugeyi.engines.ledger.findings import Finding, Refused, Value
from wugeyi.engines.ledger.reading import cells
from wugeyi.engines.ledger.reading.sheets import Row, rows
from wugeyi.engines.ledger.records import (
    Number,
    Posting,
    Regime,
    Voucher,
    VoucherKind,
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that was understood: its voucher's head, and its posting."""

    mark: Number
    day: date
    kind: VoucherKind
    reverses: Number | None
    attachments: int
    posting: Posting

    @property
    def head(self) -> tuple[object, ...]:
        return self.day, self.kind, self.reverses, self.attachments


def read_vouchers(
    content: bytes, name: str, book: str, regime: Regime
) -> tuple[tuple[Voucher, ...], tuple[Finding, ...]]:
    """Return the vouchers of a CSV file, and what is wrong with its rows.

    Rows of one voucher follow one another and say the same day, kind and such. If any
    row cannot be used there are findings that are errors, and vouchers are as far as
    they were understood: not to be posted, only to be shown. Vouchers are not checked
    here.

    Parameters
    ----------
    name
        What the file is called in findings.

    Raises
    ------
    Refused
        It is no table of vouchers at all.
    """
    found: list[Finding] = []
    lines = []
    for row in rows(content, name, VOUCHERS, NEEDED):
        try:
            lines.append((row.subject, _line(row)))
        except Refused as problem:
            found.extend(problem.findings)
        found.extend(_names(row, regime))
    made = []
    seen: set[Number] = set()
    for mark, group in groupby(lines, key=lambda line: line[1].mark):
        part = list(group)
        found.extend(_apart(part, mark, again=mark in seen))
        seen.add(mark)
        made.append(_voucher(book, [line for _, line in part]))
    return tuple(made), tuple(found)


def _voucher(book: str, lines: list[_Line]) -> Voucher:
    head = lines[0]
    return Voucher(
        book=book,
        year=head.mark.year,
        number=head.mark.number,
        day=head.day,
        postings=tuple(each.posting for each in lines),
        reverses=head.reverses,
        kind=head.kind,
        attachments=head.attachments,
    )


def _apart(
    part: list[tuple[str, _Line]], mark: Number, *, again: bool
) -> Iterator[Finding]:
    values = {"mark": str(mark)}
    subject, first = part[0]
    if again:
        yield Finding("rows-scattered", "error", subject, values)
    for subject, line in part:
        if line.head != first.head:
            yield Finding("rows-differ", "error", subject, values)


def _line(row: Row) -> _Line:
    cell = _Cells(row)
    day = cell.get("day", cells.day, needed=True)
    number = cell.get("number", cells.whole, needed=True)
    year = cell.get("year", cells.whole)
    kind = cell.get("kind", _kind)
    reverses = cell.get("reverses", _number)
    attachments = cell.get("attachments", cells.whole)
    account = cell.get("account", str.strip, needed=True)
    debit = cell.get("debit", cells.money)
    credit = cell.get("credit", cells.money)
    if cell.found or day is None or number is None or account is None:
        raise Refused(*cell.found)
    return _Line(
        mark=Number(year or day.year, number),
        day=day,
        kind=kind or "ordinary",
        reverses=reverses,
        attachments=attachments or 0,
        posting=Posting(
            account,
            debit or 0,
            credit or 0,
            row.cells.get("summary", ""),
            row.dimensions,
        ),
    )


class _Cells:
    """The cells of a row, and what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.found: list[Finding] = []

    def get(
        self, column: str, meant: Callable[[str], _T], *, needed: bool = False
    ) -> _T | None:
        """Return what a cell says; None if it is empty or cannot be used."""
        text = self._row.cells.get(column, "")
        title = VOUCHERS[column][0]
        if not text.strip():
            if needed:
                self._tell("cell-empty", {"title": title})
            return None
        try:
            return meant(text)
        except Refused as problem:
            for each in problem.findings:
                self._tell(each.code, {**each.values, "title": title})
            return None

    def _tell(self, code: str, values: dict[str, Value]) -> None:
        self.found.append(Finding(code, "error", self._row.subject, values))


def _kind(text: str) -> VoucherKind:
    for kind, titles in KINDS.items():
        if text.strip() in titles:
            return cast("VoucherKind", kind)
    raise Refused(Finding("cell-kind", "error", "", {"value": text}))


def _number(text: str) -> Number:
    year, _, number = text.strip().partition("-")
    return Number(cells.whole(year), cells.whole(number))


def _names(row: Row, regime: Regime) -> Iterator[Finding]:
    """Tell names that are not those of the chart, above all the other regime's."""
    code = row.cells.get("account", "").strip()
    told = row.cells.get("account_name", "").strip()
    account = chart(regime).accounts.get(code)
    if not told or account is None or same_name(told, account.name):
        return
    elsewhere = meanings(code)[other(regime)]
    values: dict[str, Value] = {"code": code, "name": account.name, "told": told}
    if elsewhere is None or not same_name(told, elsewhere.name):
        yield Finding("account-name", "warning", row.subject, values)
        return
    values |= {"regime": regime, "other": other(regime), "meaning": elsewhere.name}
    yield Finding("regime-names", "error", row.subject, values)
