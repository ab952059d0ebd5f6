"""The table of opening balances to fill in, with every account of a book."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from wugeyi.books.adapter.charts import accounts, shipped
from wugeyi.books.models import Book
from wugeyi.imports.blank import MEDIA_TYPE

__all__ = ["MEDIA_TYPE", "Row", "rows", "workbook"]

TITLES = (
    "科目编码",
    "科目名称",
    "方向",
    "期初余额",
    "往来单位",
    "成员户",
    "项目",
    "资产",
)
WIDTHS = (12, 30, 8, 18, 20, 14, 20, 16)


@dataclass(frozen=True, slots=True)
class Row:
    """An account that opening balances may stand on.

    ``leaf`` tells whether it has no accounts below it; ``side`` is 借 or 贷, where its
    balance usually stands.
    """

    code: str
    name: str
    side: str
    leaf: bool


def rows(book: Book) -> list[Row]:
    """Return the accounts of a book but those of income and expense; one query."""
    chart = accounts(book.regime)
    named = {code: each.name for code, each in chart.items()}
    named |= dict(shipped(book.regime))
    named |= dict(book.sub_accounts.values_list("code", "name"))
    codes = sorted(code for code in named if not code.startswith("5"))
    above = {code[:digits] for code in codes for digits in (3, 5) if digits < len(code)}
    return [
        Row(
            code,
            named[code],
            "借" if chart[code[:3]].side == "debit" else "贷",
            code not in above,
        )
        for code in codes
    ]


def workbook(title: str, found: Sequence[Row]) -> bytes:
    """Return the table as XLSX; accounts with others below them are grey."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet("期初余额")
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E2EFEA"})
    text = book.add_format({"num_format": "@"})
    grey = book.add_format({"num_format": "@", "font_color": "#777777"})
    money = book.add_format({"num_format": "#,##0.00"})
    page.write_string(0, 0, title)
    for place, (name, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        page.write_string(1, place, name, bold)
        page.set_column(place, place, width, money if place == 3 else text)
    page.write_comment(
        1, 3, "写到元和分。有明细的科目只填明细。同一科目分几户的，一户一行。"
    )
    for at, row in enumerate(found, start=2):
        style = text if row.leaf else grey
        for place, value in enumerate((row.code, row.name, row.side)):
            page.write_string(at, place, value, style)
    page.data_validation(
        2, 2, len(found) + 500, 2, {"validate": "list", "source": ["借", "贷"]}
    )
    page.freeze_panes(2, 2)
    book.close()
    return file.getvalue()
