"""One CSV table: its rows as records of texts, numbers and minutes, and what is wrong."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from wugeyi.engines.lineplanning.findings import Finding, Value, clock
from wugeyi.engines.lineplanning.reading.tables import NEEDED, Column, Table

Cell = str | int | None
Row = dict[str, Cell]

MOST_ROWS = 1_000_000
TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?")
NUMBER = re.compile(r"[-+]?\d{1,12}(?:\.0+)?")


class Rows:
    """Reads one table; ``found`` is what was noticed."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.path, self.table = folder / table.file, table
        self.found: list[Finding] = []

    def read(self) -> list[tuple[int, Row]]:
        """Return sound rows with the number of their line; the rest is told."""
        text = self._text()
        if text is None:
            return []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            titles = next(reader, [])
            places = self._places(titles)
            if places is None:
                return []
            rows: list[tuple[int, list[str]]] = []
            for cells in reader:
                if len(rows) >= MOST_ROWS:
                    self._tell("table-too-long", self.table.file, most=MOST_ROWS)
                    return []
                if any(cell.strip() for cell in cells):
                    rows.append((reader.line_num, cells))
        except csv.Error as problem:
            self._tell("table-damaged", self.table.file, detail=str(problem))
            return []
        return [row for row in self._rows(places, rows) if row is not None]

    def _tell(self, code: str, subject: str, **values: Value) -> None:
        self.found.append(Finding(code, "error", subject, values, (self.table.file,)))

    def _text(self) -> str | None:
        """Return the file as text: UTF-8, or what spreadsheets in China write."""
        try:
            content = self.path.read_bytes()
        except OSError:
            if self.table.needed:
                self._tell("table-missing", self.table.file)
            return None
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        self._tell("table-encoding", self.table.file)
        return None

    def _places(self, titles: list[str]) -> dict[str, int] | None:
        """Return where each column stands; None if one that is needed is missing."""
        known = {}
        for column in self.table.columns:
            known[_plain(column.name)] = known[_plain(column.title)] = column.name
        places: dict[str, int] = {}
        for place, title in enumerate(titles):
            name = known.get(_plain(title))
            if name is not None:
                places.setdefault(name, place)
            elif title.strip():
                values: dict[str, Value] = {"column": title.strip()}
                self.found.append(
                    Finding("column-unknown", "note", self.table.file, values)
                )
        missing = [
            column
            for column in self.table.columns
            if column.empty is NEEDED and column.name not in places
        ]
        for column in missing:
            self._tell("column-missing", self.table.file, column=column.title)
        return None if missing else places

    def _rows(
        self, places: dict[str, int], rows: list[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, Row] | None]:
        for line, cells in rows:
            row: Row = {}
            sound = True
            for column in self.table.columns:
                place = places.get(column.name, len(cells))
                text = cells[place] if place < len(cells) else ""
                told = len(self.found)
                row[column.name] = self._cell(column, text, line)
                sound = sound and len(self.found) == told
            yield (line, row) if sound else None

    def _cell(self, column: Column, text: str, line: int) -> Cell:
        subject = f"{self.table.file}:{line}"
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            if column.empty is NEEDED:
                self._tell("cell-empty", subject, column=column.title)
                return None
            return column.empty  # type: ignore[return-value]
        if column.kind == "text":
            return text.strip()
        found = TIME.fullmatch(plain) if column.kind == "time" else None
        if found and int(found[2]) < 60:
            return 60 * int(found[1]) + int(found[2])
        if column.kind == "number" and NUMBER.fullmatch(plain):
            return int(plain.split(".")[0])
        code = "cell-time" if column.kind == "time" else "cell-number"
        self._tell(code, subject, column=column.title, value=plain[:40])
        return None


def _plain(title: str) -> str:
    """Return a title as it is compared: full-width or not, spaces or not."""
    return "".join(unicodedata.normalize("NFKC", title).lower().split())


def written(column: Column, cell: Cell) -> str:
    """Return a cell as it is written."""
    if cell is None:
        return ""
    return clock(int(cell)) if column.kind == "time" else str(cell)
