"""A paragraph's figures as a workbook: every number with what it means and where it opens."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from wugeyi.figures.rules import Figure
from wugeyi.reports.paragraphs.docx import Link

Cell = str | int | float | None | Link
Sheet = tuple[str, Sequence[Sequence[Cell]]]
# As wide as what usually stands there, in characters.
WIDTHS = (8, 14, 34, 14, 16, 26, 14, 14, 60)
# Everything outside what a formula could begin with is written as text anyway.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def written(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook; the first row of each sheet is its head."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0.##", "valign": "top"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Link):
                    sheet.write_url(line, column, cell.url, string=cell.text)
                elif isinstance(cell, int | float):
                    sheet.write_number(line, column, cell, number)
                else:
                    sheet.write_string(line, column, cell or "", text if line else head)
    book.close()
    return out.getvalue()


def amount(figure: Figure) -> tuple[int | None, int | None]:
    """Return what is written as numbers: the value, and of a share what it is out of."""
    if figure.is_share:
        return figure.numerator, figure.denominator
    return figure.value, None
