"""A book as files for other programs, its head printed in each.

Files are written where they are told to, row by row. Only the two journals are put
together in memory, because they stand by day.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any, cast

import xlsxwriter
from django.utils.translation import gettext as _

from wugeyi.books.adapter import statements
from wugeyi.books.adapter.amounts import closed_until, names
from wugeyi.books.adapter.charts import accounts, shipped
from wugeyi.books.adapter.heads import root_of_leaves
from wugeyi.books.adapter.reading import stream
from wugeyi.books.models import Book
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.engines.ledger.columns import ACCOUNTS, DIMENSIONS, KINDS, VOUCHERS
from wugeyi.engines.ledger.exports import beancount, journal
from wugeyi.engines.ledger.exports.accounts import amount
from wugeyi.engines.ledger.reading import Folder, toml
from wugeyi.engines.ledger.records import Book as EngineBook
from wugeyi.engines.ledger.records import Month, Regime, Voucher

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "beancount": "text/plain; charset=utf-8",
    "ledger": "text/plain; charset=utf-8",
    "csv": "application/zip",
}
ENDINGS = {"xlsx": "xlsx", "beancount": "beancount", "ledger": "journal", "csv": "zip"}
BOM = "\ufeff"
_WIDTHS = (8, 10, 12, 8, 10, 8, 40, 12, 26, 16, 16, 16, 16, 16, 16)
_AMOUNTS = (9, 10)


def head_of(book: Book) -> str:
    """Return the head over everything posted, as heads are printed."""
    size, root = root_of_leaves(book)
    return f"{book.code} {size} {root}"


def write(
    book: Book, form: str, file: IO[bytes], *, first: date, last: date, at: datetime
) -> str:
    """Write a book into a file and return the head printed in it.

    Parameters
    ----------
    first, last
        The period of the statements in a workbook; vouchers are all there are.
    at
        When it is written.
    """
    head = head_of(book)
    if form == "xlsx":
        _workbook(book, file, head, first, last, at)
    elif form == "csv":
        _folder(book, file, head, at)
    else:
        file.write(_text(book, form, head, at).encode())
    return head


def _text(book: Book, form: str, head: str, at: datetime) -> str:
    whole = _whole(book, tuple(voucher for voucher, _leaf in stream(book)))
    told = f"; {head}\n; {at.isoformat(timespec='seconds')}\n"
    return told + (beancount(whole) if form == "beancount" else journal(whole))


def _whole(book: Book, vouchers: tuple[Voucher, ...]) -> EngineBook:
    closed = closed_until(book)
    return EngineBook(
        code=book.code,
        regime=cast("Regime", book.regime),
        vouchers=vouchers,
        name=book.name_zh,
        names=names(book),
        closed=None if closed is None else Month(closed // 12, closed % 12 + 1),
    )


def _titles() -> list[str]:
    told = [chinese for chinese, _english in VOUCHERS.values()]
    return told + [DIMENSIONS[kind][0] for kind in ITEM_KINDS]


def _lines(book: Book) -> Iterator[list[str]]:
    """Yield a row for each line of each voucher, by the order of posting."""
    named = {code: each.name for code, each in accounts(book.regime).items()}
    named |= {**shipped(book.regime), **names(book)}
    for voucher, _leaf in stream(book):
        for line in voucher.postings:
            about = dict(line.dimensions)
            yield [
                str(voucher.year),
                str(voucher.number),
                voucher.day.isoformat(),
                KINDS[voucher.kind][0],
                str(voucher.reverses or ""),
                str(voucher.attachments),
                line.summary,
                line.account,
                named.get(line.account, ""),
                amount(line.debit_fen) if line.debit_fen else "",
                amount(line.credit_fen) if line.credit_fen else "",
                *(about.get(kind, "") for kind in ITEM_KINDS),
            ]


def _folder(book: Book, file: IO[bytes], head: str, at: datetime) -> None:
    """Write the folder that ``python -m wugeyi.engines.ledger`` reads, as a ZIP."""
    whole = _whole(book, ())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        told = f"# {head}\n# {at.isoformat(timespec='seconds')}\n"
        packed.writestr("book.toml", told + toml(Folder(whole)))
        packed.writestr("head.txt", f"{head}\n")
        _table(packed, "vouchers.csv", _titles(), _lines(book))
        if whole.names:
            titles = [chinese for chinese, _english in ACCOUNTS.values()]
            _table(packed, "accounts.csv", titles, map(list, whole.names.items()))


def _table(
    packed: zipfile.ZipFile, name: str, titles: list[str], rows: Iterator[list[str]]
) -> None:
    with packed.open(name, "w", force_zip64=True) as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        text.write(BOM)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(titles)
        writer.writerows(rows)
        text.flush()
        text.detach()


class _Book:
    """A workbook that is written row by row, each sheet under the head."""

    def __init__(self, file: IO[bytes], marks: Sequence[str]) -> None:
        self.book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "strings_to_formulas": False}
        )
        self.marks = marks
        self.bold = self.book.add_format({"bold": True, "bottom": 1})
        self.money = self.book.add_format({"num_format": "#,##0.00"})
        self.page: Any = None
        self.row = 0

    def sheet(self, name: str, titles: Sequence[str], widths: Sequence[int]) -> None:
        """Begin a sheet: who and which head, then the titles."""
        self.page = self.book.add_worksheet(name[:31])
        for place, width in enumerate(widths):
            self.page.set_column(place, place, width)
        self.row = len(self.marks)
        for place, mark in enumerate(self.marks):
            self.page.write_string(place, 0, mark)
        for place, title in enumerate(titles):
            self.page.write_string(self.row, place, title, self.bold)
        self.page.freeze_panes(self.row + 1, 0)

    def add(self, cells: Sequence[str | int | None]) -> None:
        """Write a row: whole numbers are fen and shown in yuan."""
        self.row += 1
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                self.page.write_number(self.row, place, cell / 100, self.money)
            elif cell:
                self.page.write_string(self.row, place, cell)


def _workbook(
    book: Book, file: IO[bytes], head: str, first: date, last: date, at: datetime
) -> None:
    written = at.isoformat(timespec="minutes")
    made = _Book(file, [f"{book.name_zh}  {head}  {written}"])
    made.sheet(str(_("凭证")), _titles(), _WIDTHS)
    for row in _lines(book):
        cells: list[str | int | None] = list(row)
        for place in _AMOUNTS:
            text = row[place]
            cells[place] = int(text.replace(".", "")) if text else None
        made.add(cells)
    _balances(book, made, first, last)
    _statements(book, made, first, last)
    made.book.close()


def _balances(book: Book, made: _Book, first: date, last: date) -> None:
    period = f"{first.isoformat()} – {last.isoformat()}"
    trial = statements.trial_balance(book, first, last)
    titles = [
        _("科目编码"),
        _("科目名称"),
        _("期初（借为正）"),
        _("借方发生额"),
        _("贷方发生额"),
        _("期末（借为正）"),
    ]
    made.sheet(_("科目余额"), [*titles, period], (12, 30, 18, 18, 18, 18, 26))
    for row in trial.rows:
        made.add(_trial(row))
    made.sheet(_("试算平衡"), [*titles, period], (12, 30, 18, 18, 18, 18, 26))
    for row in trial.rows:
        if row.level == 1:
            made.add(_trial(row))
    made.add([_("合计"), "", *_trial(trial.total)[2:]])


def _trial(row: Any) -> list[str | int | None]:
    return [
        row.code,
        row.name,
        row.opening_fen,
        row.debit_fen,
        row.credit_fen,
        row.closing_fen,
    ]


def _statements(book: Book, made: _Book, first: date, last: date) -> None:
    """Write the statements of the book's system that are on file."""
    sheets: tuple[
        tuple[str, tuple[str, ...], Callable[[], list[statements.Row]]], ...
    ] = (
        (
            _("资产负债表"),
            (_("项目"), last.isoformat(), _("年初")),
            lambda: statements.balance_sheet(book, last),
        ),
        (
            _("收益及收益分配表"),
            (_("项目"), f"{first.isoformat()} – {last.isoformat()}", _("本年累计")),
            lambda: statements.income_statement(book, first, last),
        ),
    )
    for name, titles, make in sheets:
        try:
            rows = make()
        except statements.NotOffered:
            continue
        made.sheet(name, [*titles, _("核对")], (40, 26, 18, 12))
        for row in rows:
            mark = "" if row.verified else _("未核对")
            made.add([row.name, *row.amounts, *[""] * (2 - len(row.amounts)), mark])
