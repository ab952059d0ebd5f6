"""Blank tables to fill in: a header, what each column takes, one example."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 22
_LINES = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a blank table. ``choices`` become a list to pick from in the cell."""

    title: str
    note: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    width: int = _WIDTH


def blank_workbook(*, sheet: str, columns: Sequence[Column]) -> bytes:
    """Return an XLSX file with one sheet whose first row is the header.

    Needed columns carry a star (which reading ignores); notes are comments of the
    header's cells, so that nothing has to be deleted before sending the file back.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(sheet[:31])
    head = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#E2EFEA", "text_wrap": True}
    )
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(columns):
        title = f"{column.title}*" if column.needed else column.title
        page.write_string(0, place, title, head)
        page.set_column(place, place, column.width, text)
        if column.note:
            page.write_comment(0, place, column.note)
        if column.choices:
            page.data_validation(
                1,
                place,
                _LINES,
                place,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_type": "warning",
                },
            )
    page.freeze_panes(1, 0)
    book.close()
    return file.getvalue()
