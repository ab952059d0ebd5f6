"""A workbook being written: its formats, its sheets as they are printed."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from wugeyi.engines.lineplanning.findings import Language
from wugeyi.engines.lineplanning.texts_columns import WORDS

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4 = 9
MINUTES_OF_A_DAY = 1440
WIDEST = 60
FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "bg_color": "#E2EFEA", "text_wrap": True},
    "text": {"num_format": "@", "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "number": {"num_format": "0", "valign": "top"},
    "decimal": {"num_format": "0.0#####", "valign": "top"},
    "yuan": {"num_format": "#,##0.00", "valign": "top"},
    "share": {"num_format": "0.00%", "valign": "top"},
    "time": {"num_format": "[h]:mm", "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
}


class Book:
    """An XLSX file in memory; ``content`` ends it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.file = BytesIO()
        self.book = xlsxwriter.Workbook(self.file, OPTIONS)
        # Otherwise the clock's time would stand in the file.
        made = datetime(2000, 1, 1)  # noqa: DTZ001 (a file's property has no zone)
        self.book.set_properties({"created": made})
        self.rules: dict[str, str] = {}
        self.formats = {
            name: self.book.add_format(each) for name, each in FORMATS.items()
        }

    def name_rules(self, table: str, first: int, last: int) -> None:
        """Remember the lines of the first sheet in whose column B a table's rules are.

        A list to choose from holds 255 letters, a range of cells any number.
        """
        title = self.book.worksheets()[0].get_name()
        self.rules[table] = f"='{title}'!$B${first}:$B${last}"

    def word(self, code: str, **values: str | int) -> str:
        """Return a text of ours in the book's language."""
        text = self.of(WORDS[code])
        return text.format(**values) if values else text

    def of(self, texts: tuple[str, ...]) -> str:
        """Return the text in the book's language."""
        return texts[0 if self.language == "zh" else 1]

    def page(self, title: str) -> Any:
        """Return a new sheet that prints as wide as the paper, titles on every page."""
        page = self.book.add_worksheet(title)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&C" + self.word("page"))
        return page

    def titles(self, page: Any, titles: list[str], line: int = 0) -> None:
        """Write a row of titles that stays in sight and on every printed page."""
        for place, title in enumerate(titles):
            page.write_string(line, place, title, self.formats["head"])
        page.freeze_panes(line + 1, 0)
        page.repeat_rows(line)

    def write(self, page: Any, line: int, place: int, cell: Any, kind: str) -> None:
        """Write a cell: numbers as numbers, minutes as times, the rest as text."""
        how = self.formats[kind]
        if cell is None or cell == "":
            page.write_blank(line, place, None, how)
        elif kind == "time":
            page.write_number(line, place, cell / MINUTES_OF_A_DAY, how)
        elif isinstance(cell, date):
            page.write_datetime(line, place, cell, how)
        elif isinstance(cell, int | float):
            page.write_number(line, place, cell, how)
        else:
            page.write_string(line, place, cell, how)

    def table(
        self, page: Any, titles: list[str], kinds: list[str], rows: list[list[Any]]
    ) -> None:
        """Write a table with columns as wide as what stands in them."""
        self.titles(page, titles)
        for line, row in enumerate(rows, start=1):
            for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                self.write(page, line, place, cell, kind)
        for place, title in enumerate(titles):
            cells = [title, *(_shown(row[place], kinds[place]) for row in rows)]
            widest = max(map(wide, cells))
            page.set_column(place, place, min(WIDEST, 2 + widest))
        if rows:
            page.autofilter(0, 0, len(rows), len(titles) - 1)

    def content(self) -> bytes:
        """End the file and return its bytes."""
        self.book.close()
        return self.file.getvalue()


def _shown(cell: Any, kind: str) -> str:
    if cell is None:
        return ""
    if kind == "time":
        return "00:00"
    return f"{cell:,.2f}" if kind == "yuan" else str(cell)


def wide(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
