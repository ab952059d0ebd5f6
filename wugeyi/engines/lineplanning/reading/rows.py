"""Cells of one table as records of texts, numbers, minutes and days; what is wrong."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from wugeyi.engines.lineplanning.findings import Finding, clock
from wugeyi.engines.lineplanning.findings import Value as Figure
from wugeyi.engines.lineplanning.reading.cells import NO, YES, Value, typed
from wugeyi.engines.lineplanning.reading.tables import DATED, NEEDED, Column, Table

Cell = str | int | float | date | None
Row = dict[str, Cell]
Rows = list[tuple[int, Row]]
"""Records, each with the number of its line."""
Lines = Iterable[tuple[int, Sequence[Value]]]
"""Cells, each row with the number of its line."""

MOST_ROWS = 1_000_000
TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?")
NUMBER = re.compile(r"[-+]?\d{1,12}(?:\.0+)?")
DECIMAL = re.compile(r"[-+]?\d{1,12}(?:\.\d{1,20})?")
ANSWERS = {
    **dict.fromkeys((YES, "yes", "y", "true", "1", "√"), True),
    **dict.fromkeys((NO, "no", "n", "false", "0", "×"), False),
}
DAY = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?:[ T]00?:00:00)?"
)
BROKEN = re.compile(r"#(REF!|DIV/0!|VALUE!|NAME\?|N/A|NULL!|NUM!|SPILL!|CALC!)")
"""What stands in a cell whose formula failed."""


class Parser:
    """Reads one table; ``found`` is what was noticed.

    Parameters
    ----------
    where
        The file or sheet, as findings name it.
    """

    def __init__(self, table: Table, where: str) -> None:
        self.table, self.where = table, where
        self.columns = (*table.columns, *DATED)
        self.found: list[Finding] = []
        self.titles: dict[str, str] = {}

    def read(self, titles: list[str], lines: Lines) -> Rows:
        """Return sound rows with the number of their line; the rest is told."""
        places = self._places(titles)
        if places is None:
            return []
        filled: list[tuple[int, Sequence[Value]]] = []
        for line, cells in lines:
            if len(filled) >= MOST_ROWS:
                self.tell("table-too-long", self.where, most=MOST_ROWS)
                return []
            if any(str(cell).strip() for cell in cells):
                filled.append((line, cells))
        return [row for row in self._rows(places, filled) if row is not None]

    def tell(self, code: str, subject: str, **values: Figure) -> None:
        """Note an error."""
        self.found.append(Finding(code, "error", subject, values, (self.where,)))

    def _places(self, titles: list[str]) -> dict[str, int] | None:
        """Return where each column stands; None if one that is needed is missing."""
        known = {}
        for column in self.columns:
            known[plain(column.name)] = known[plain(column.title)] = column.name
        places: dict[str, int] = {}
        for place, title in enumerate(titles):
            name = known.get(plain(title))
            if name is not None:
                places.setdefault(name, place)
                self.titles.setdefault(name, title.strip())
            elif title.strip():
                values: dict[str, Figure] = {"column": title.strip()}
                self.found.append(Finding("column-unknown", "note", self.where, values))
        missing = [
            column
            for column in self.columns
            if column.empty is NEEDED and column.name not in places
        ]
        for column in missing:
            self.tell("column-missing", self.where, column=column.title)
        return None if missing else places

    def _rows(
        self, places: dict[str, int], rows: list[tuple[int, Sequence[Value]]]
    ) -> Iterator[tuple[int, Row] | None]:
        for line, cells in rows:
            row: Row = {}
            sound = True
            for column in self.columns:
                place = places.get(column.name, len(cells))
                cell = cells[place] if place < len(cells) else ""
                told = len(self.found)
                row[column.name] = self._cell(column, cell, line)
                sound = sound and len(self.found) == told
            yield (line, row) if sound else None

    def _cell(self, column: Column, value: Value, line: int) -> Cell:
        subject = f"{self.where}:{line}"
        text = typed(value, column.kind)
        if text is None:
            title = self.titles[column.name]
            self.tell("cell-turned", subject, column=title, value=str(value))
            return None
        folded = unicodedata.normalize("NFKC", text).strip()
        if not folded:
            if column.empty is NEEDED:
                self.tell("cell-empty", subject, column=self.titles[column.name])
                return None
            return column.empty  # type: ignore[return-value]
        if BROKEN.fullmatch(folded) or folded.startswith("="):
            self.tell(
                "cell-broken",
                subject,
                column=self.titles[column.name],
                value=folded[:40],
            )
            return None
        if column.kind == "text":
            return text.strip()
        cell = _understood(column.kind, folded)
        if cell is None:
            code = f"cell-{column.kind}"
            self.tell(code, subject, column=self.titles[column.name], value=folded[:40])
        return cell


def _understood(kind: str, text: str) -> Cell:
    """Return what a cell says, None if it says nothing of the kind."""
    if kind == "number":
        return int(text.split(".")[0]) if NUMBER.fullmatch(text) else None
    if kind == "decimal":
        return float(text) if DECIMAL.fullmatch(text) else None
    if kind == "yes":
        return ANSWERS.get(text.lower())
    if kind == "date":
        return _day(text)
    found = TIME.fullmatch(text)
    return 60 * int(found[1]) + int(found[2]) if found and int(found[2]) < 60 else None


def _day(text: str) -> date | None:
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, filter(None, found.groups()))) if found else None
    except ValueError:
        return None


def plain(title: str) -> str:
    """Return a title as it is compared.

    Full-width or not, with spaces or not, and without the star of needed columns.
    """
    return "".join(unicodedata.normalize("NFKC", title).lower().split()).rstrip("*")


def written(column: Column, cell: Cell, *, chinese: bool = True) -> str:
    """Return a cell as it is written."""
    if cell is None:
        return ""
    if column.kind == "yes":
        return (YES if cell else NO) if chinese else ("yes" if cell else "no")
    return clock(int(cell)) if column.kind == "time" else str(cell)  # type: ignore[arg-type]
