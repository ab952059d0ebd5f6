"""One table of a feed: rows by column, and cells as times, days and numbers."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from wugeyi.engines.lineplanning.findings import Value
from wugeyi.engines.lineplanning.gtfs.notes import Notes

MOST_ROWS = 2_000_000
"""Of one table; as many calls take a gigabyte and a half, and half a minute."""
MOST_HOURS = 72
TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
DAY = re.compile(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, with the number of its last line in the file.

    A cell that cannot be read is told and None.
    """

    file: str
    number: int
    cells: Mapping[str, str]
    notes: Notes

    def tell(self, code: str, values: Mapping[str, Value]) -> None:
        """Note something about this row."""
        self.notes.tell(code, self.file, values, line=self.number)

    def text(self, column: str) -> str:
        """Return a cell without outer spaces; "" where there is none."""
        return self.cells.get(column, "")

    def needed(self, column: str) -> str | None:
        """Return a cell that must not be empty."""
        found = self.text(column)
        if not found:
            self.tell("feed-cell-empty", {"column": column})
        return found or None

    def second(self, column: str) -> int | None:
        """Return a time in seconds after midnight; from 0 to below 72 hours."""
        text = self.text(column)
        found = TIME.fullmatch(unicodedata.normalize("NFKC", text))
        if found and int(found[1]) < MOST_HOURS:
            return 3600 * int(found[1]) + 60 * int(found[2]) + int(found[3] or 0)
        self._wrong("feed-cell-time", column, text)
        return None

    def day(self, column: str) -> date | None:
        """Return a day."""
        text = self.text(column)
        found = DAY.fullmatch(text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                pass
        self._wrong("feed-cell-date", column, text)
        return None

    def number_in(
        self, column: str, least: int, most: int, empty: int | None = None
    ) -> int | None:
        """Return a whole number; ``empty`` where the cell is."""
        text = self.text(column)
        if not text and empty is not None:
            return empty
        plain = text.removeprefix("+")
        found = int(plain) if plain.isdecimal() and len(plain) < 12 else None
        if found is not None and least <= found <= most:
            return found
        limits = {"least": least, "most": most}
        self._wrong("feed-cell-number", column, text, **limits)
        return None

    def _wrong(self, code: str, column: str, text: str, **limits: int) -> None:
        self.tell(code, {"column": column, "value": text[:40], **limits})


def lines(
    content: bytes, file: str, needed: tuple[str, ...], notes: Notes
) -> Iterator[Line]:
    """Give the rows of a table; nothing if it lacks a column that is needed."""
    text = _text(content, file, notes)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        titles = [each.strip().lower() for each in next(reader, [])]
        if not _complete(titles, file, needed, notes):
            return
        for many, cells in enumerate(reader):
            if many >= MOST_ROWS:
                notes.tell("feed-rows", file, {"most": MOST_ROWS}, severity="error")
                return
            if not any(cells):
                continue
            # From behind, so that of columns of one name the first is taken.
            pairs = list(zip(titles, map(str.strip, cells), strict=False))
            row = Line(file, reader.line_num, dict(reversed(pairs)), notes)
            if any(cells[len(titles) :]):
                row.tell("feed-row-long", {"many": len(cells) - len(titles)})
            yield row
    except csv.Error as problem:
        damage: dict[str, Value] = {"line": reader.line_num, "detail": str(problem)}
        notes.tell("feed-damaged", file, damage, severity="error")


def _text(content: bytes, file: str, notes: Notes) -> str | None:
    """Return a file as text: UTF-8, or what spreadsheets in China write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        notes.tell("feed-undecodable", file, severity="error")
        return None
    notes.tell("feed-encoding", file)
    return text


def _complete(
    titles: list[str], file: str, needed: tuple[str, ...], notes: Notes
) -> bool:
    for title in sorted({each for each in titles if each and titles.count(each) > 1}):
        notes.tell("feed-column-twice", file, {"column": title})
    missing = [column for column in needed if column not in titles]
    for column in missing:
        notes.tell("feed-column-missing", file, {"column": column}, severity="error")
    return not missing
