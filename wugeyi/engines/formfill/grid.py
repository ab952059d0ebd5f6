"""A sheet as a grid of cells with their areas: what is text, what is to be filled."""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from openpyxl import load_workbook

from wugeyi.engines.formfill.findings import Finding, Limits, Refused, Severity
from wugeyi.engines.formfill.package import Package, SheetPart
from wugeyi.engines.formfill.scan import Scan, address, scan
from wugeyi.engines.formfill.words import fold, is_index

_NOTE = re.compile(r"^(?:备?注|说明|填表说明|填报说明|附注|※)(?:[::]|[0-9一]|$)")
_PLACEHOLDER = re.compile(r"^[\s_＿()（）/—-]*$")


class Kind(StrEnum):
    """What a cell of a form is."""

    LABEL = "label"
    BLANK = "blank"
    FORMULA = "formula"
    NUMBER = "number"
    INDEX = "index"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the area it is merged over (its own when it is not)."""

    row: int
    column: int
    last_row: int
    last_column: int
    kind: Kind
    text: str = ""
    number_format: str = "General"
    bordered: bool = False
    size: float = 11.0

    @property
    def address(self) -> str:
        """Return where it stands, such as ``B5``."""
        return address(self.row, self.column)


@dataclass(slots=True)
class Grid:
    """A sheet: its cells, and which of them covers which place."""

    sheet: str
    number: int
    scan: Scan
    cells: list[Cell] = field(default_factory=list)
    cover: dict[tuple[int, int], Cell] = field(default_factory=dict)
    values: dict[tuple[int, int], object] = field(default_factory=dict)
    bordered: bool = True
    findings: list[Finding] = field(default_factory=list)
    width: int = 0
    height: int = 0

    def row(self, number: int) -> list[Cell]:
        """Return the cells that stand in a row or reach into it, from left to right."""
        found: dict[tuple[int, int], Cell] = {}
        for (_row, _column), cell in self._row(number):
            found.setdefault((cell.row, cell.column), cell)
        return list(found.values())

    def _row(self, number: int) -> Iterator[tuple[tuple[int, int], Cell]]:
        for column in range(1, self.width + 1):
            cell = self.cover.get((number, column))
            if cell is not None:
                yield (number, column), cell


def load(package: Package, limits: Limits) -> list[Grid]:
    """Read the sheets that are shown.

    Raises
    ------
    Refused
        A sheet is too long for a form, or cannot be read.
    """
    shown = [each for each in package.sheets if each.visible]
    # Rows and cells are counted by position first: a list of 50,000 rows is refused
    # before anything is built from it.
    scans = {each.part: scan(package.parts[each.part], limits) for each in shown}
    book = open_book(package.content)
    return [
        _grid(book, each, number, scans[each.part])
        for number, each in enumerate(shown, start=1)
    ]


def open_book(content: bytes) -> Any:
    """Open a workbook with its formulas; links to other files are not followed.

    Raises
    ------
    Refused
        It cannot be read.
    """
    try:
        with warnings.catch_warnings():
            # About extensions it drops: what is written keeps them (see ``write``).
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), keep_links=False)
    except Exception as problem:  # whatever a broken part makes the library raise
        raise Refused("not_a_workbook") from problem


def _grid(book: Any, sheet: SheetPart, number: int, found: Scan) -> Grid:
    page = book[sheet.name]
    grid = Grid(sheet.name, number, found)
    covered = _covered(grid)
    reach = [
        cell
        for row in page.iter_rows()
        for cell in row
        if (cell.row, cell.column) not in covered
    ]
    areas = {(top, left): (bottom, right) for top, left, bottom, right in found.merges}
    inner = [_cell(cell, areas) for cell in reach]
    grid.bordered = any(cell.bordered for cell in inner)
    box = _box(inner) if not grid.bordered else (0, 0, 0, 0)
    for cell, raw in zip(inner, reach, strict=True):
        if raw.value is not None:
            grid.values[cell.row, cell.column] = _plain(raw.value)
        inside = cell.bordered or _within(cell, box)
        if cell.kind is Kind.BLANK and not inside:
            continue
        _place(grid, cell)
    return grid


def _plain(value: object) -> object:
    # Array formulas are objects of the library; their text says enough.
    return getattr(value, "text", value)


def _covered(grid: Grid) -> set[tuple[int, int]]:
    """Return the places hidden below merged areas; overlaps and hidden values are told."""
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in grid.scan.merges:
        area = f"{address(top, left)}:{address(bottom, right)}"
        inner = {
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        if inner & covered or (top, left) in covered:
            where = f"{grid.sheet}!{area}"
            grid.findings.append(Finding(Severity.ERROR, "merged_overlap", where))
        inner.discard((top, left))
        hidden = sorted(
            spot
            for spot in inner
            if spot in grid.scan.cells and grid.scan.cells[spot].filled
        )
        grid.findings += [
            Finding(
                Severity.WARNING,
                "merged_over_value",
                f"{grid.sheet}!{address(*spot)}",
                value=area,
            )
            for spot in hidden[:20]
        ]
        covered |= inner
    return covered


def _cell(raw: Any, areas: dict[tuple[int, int], tuple[int, int]]) -> Cell:
    last_row, last_column = areas.get((raw.row, raw.column), (raw.row, raw.column))
    border = raw.border
    sides = (border.left, border.right, border.top, border.bottom)
    bordered = sum(1 for side in sides if side is not None and side.style) >= 2
    value = _plain(raw.value)
    text = "" if value is None else str(value)
    return Cell(
        raw.row,
        raw.column,
        last_row,
        last_column,
        _kind(value, text, raw.data_type),
        text=text.strip(),
        number_format=raw.number_format or "General",
        bordered=bordered,
        size=float(raw.font.sz or 11) if raw.font else 11.0,
    )


def _kind(value: object, text: str, data_type: str) -> Kind:
    if data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return Kind.FORMULA
    if value is None or _PLACEHOLDER.match(text):
        return Kind.BLANK
    if is_index(text):
        return Kind.INDEX
    if not isinstance(value, str):
        return Kind.NUMBER
    return Kind.NOTE if _NOTE.match(fold(text)) else Kind.LABEL


def _box(cells: list[Cell]) -> tuple[int, int, int, int]:
    """Return the rows and columns between the first and last row of two texts or more."""
    rows: dict[int, int] = {}
    for cell in cells:
        if cell.text:
            rows[cell.row] = rows.get(cell.row, 0) + 1
    busy = [row for row, count in rows.items() if count > 1]
    if not busy:
        return 0, 0, 0, 0
    columns = [cell.last_column for cell in cells if cell.text]
    last = max(row for row in rows if rows[row])
    return min(busy), 1, last, max(columns)


def _within(cell: Cell, box: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = box
    return top <= cell.row <= bottom and left <= cell.column <= right


def _place(grid: Grid, cell: Cell) -> None:
    grid.cells.append(cell)
    grid.width = max(grid.width, cell.last_column)
    grid.height = max(grid.height, cell.last_row)
    for row in range(cell.row, cell.last_row + 1):
        for column in range(cell.column, cell.last_column + 1):
            grid.cover.setdefault((row, column), cell)
