"""The timetable as XLSX: one sheet each way, one for fares."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

MINUTES_OF_A_DAY = 1440
A4 = 9
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Way:
    """Trips one way: stops down, trips across; minutes of the day, None: not served."""

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[int | None]]]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole timetable; ``facts`` stand above each table as pairs."""

    title: str
    facts: Sequence[tuple[str, str]]
    ways: Sequence[Way]
    stop_heads: tuple[str, str]
    fares_title: str
    fare_heads: tuple[str, str]
    fares: Sequence[tuple[str, float]]


def xlsx(table: Table) -> bytes:
    """Write the workbook; times are real times and go on after 24:00."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    time = book.add_format({"num_format": "[h]:mm"})
    yuan = book.add_format({"num_format": "0.00"})
    for way in table.ways:
        page = book.add_worksheet(way.title[:31])
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_column(0, 1, 22)
        page.set_column(2, 2 + len(way.heads), 10)
        page.write_string(0, 0, table.title, bold)
        top = 1
        for name, text in table.facts:
            page.write_string(top, 0, name)
            page.write_string(top, 1, text)
            top += 1
        for column, text in enumerate((*table.stop_heads, *way.heads)):
            page.write_string(top + 1, column, text, head)
        page.freeze_panes(top + 2, 1)
        for row, (name, other, minutes) in enumerate(way.rows, start=top + 2):
            page.write_string(row, 0, name)
            page.write_string(row, 1, other)
            for column, minute in enumerate(minutes, start=2):
                if minute is not None:
                    page.write_number(row, column, minute / MINUTES_OF_A_DAY, time)
    if table.fares:
        page = book.add_worksheet(table.fares_title[:31])
        page.set_column(0, 0, 22)
        for column, text in enumerate(table.fare_heads):
            page.write_string(0, column, text, head)
        for row, (name, amount) in enumerate(table.fares, start=1):
            page.write_string(row, 0, name)
            page.write_number(row, 1, amount, yuan)
    book.close()
    return file.getvalue()
