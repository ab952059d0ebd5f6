"""Bytes of an XLSX workbook → the records of its sheets.

A sheet is a table by its name, Chinese or English. Rows above the titles are passed over.
What formulas came to is read, not the formulas. Cells merged down a column all mean what
stands in the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from wugeyi.engines.lineplanning.findings import Finding, Refused, Severity
from wugeyi.engines.lineplanning.reading.cells import Value
from wugeyi.engines.lineplanning.reading.package import broken, inspected
from wugeyi.engines.lineplanning.reading.rows import Parser, Rows, plain
from wugeyi.engines.lineplanning.reading.tables import Table
from wugeyi.engines.lineplanning.texts_workbook import ABOUT_SHEET, SHEETS

SEARCHED_ROWS = 10
"""Titles stand among the first filled rows; above them may be a heading."""


@dataclass(slots=True)
class SheetRows:
    """The tables of one workbook, with the sheets they are in.

    Parameters
    ----------
    chinese
        Whether its sheets are called so; what is missing is then named so.
    kin
        Whether some sheet is another table of a line, which nobody asked for.
    """

    rows: dict[str, tuple[Rows, str]] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    chinese: bool = True
    kin: bool = False

    def title(self, name: str) -> str:
        """Return what the sheet of a table is called."""
        return SHEETS.get(name, (name, name))[0 if self.chinese else 1]


def sheets(content: bytes, tables: Mapping[str, Table]) -> SheetRows:
    """Read the sheets that are tables.

    Raises
    ------
    Refused
        It is no XLSX workbook, is damaged, locked by a password or too large.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    doubtful = inspected(content)
    known = _names(tables)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        read = SheetRows(chinese=_in_chinese(book.sheet_names))
        wrong = broken(content) if doubtful else {}
        for data in book.sheets_metadata:
            name = known.get(plain(data.name))
            if name is None:
                _strange(read, data.name)
                continue
            if data.visible != SheetVisibleEnum.Visible:
                _tell(read, "sheet-hidden", "warning", data.name)
            page = book.get_sheet_by_name(data.name)
            _sheet(read, name, tables[name], page, wrong.get(data.name, {}))
    except CalamineError as problem:
        detail = {"detail": str(problem)[:200]}
        raise Refused(Finding("workbook-damaged", "error", "", detail)) from problem
    return read


def _names(tables: Mapping[str, Table]) -> dict[str, str]:
    """Return the tables by what their sheets may be called."""
    found: dict[str, str] = {}
    for name, table in tables.items():
        called = (name, table.file.removesuffix(".csv"), *SHEETS.get(name, ()))
        found.update((plain(each), name) for each in called)
    return found


def _in_chinese(names: list[str]) -> bool:
    titles = {plain(chinese) for chinese, _ in SHEETS.values()}
    english = {plain(each) for _, each in SHEETS.values()}
    called = set(map(plain, names))
    return bool(called & titles) or not called & english


def _tell(read: SheetRows, code: str, severity: Severity, sheet: str) -> None:
    read.found.append(Finding(code, severity, sheet, {}, (sheet,)))


def _strange(read: SheetRows, sheet: str) -> None:
    if any(plain(sheet) in map(plain, titles) for titles in SHEETS.values()):
        read.kin = True
    elif plain(sheet) not in map(plain, ABOUT_SHEET):
        _tell(read, "sheet-unknown", "note", sheet)


def _sheet(
    read: SheetRows,
    name: str,
    table: Table,
    page: Any,
    wrong: Mapping[tuple[int, int], str],
) -> None:
    if name in read.rows:
        _tell(read, "sheet-twice", "error", page.name)
        return
    cells: list[list[Value]] = page.to_python(skip_empty_area=False)
    for (line, column), text in wrong.items():
        if line < len(cells) and column < len(cells[line]):
            cells[line][column] = text
    head = _head(table, cells)
    if _filled(cells, page.merged_cell_ranges or [], head):
        _tell(read, "sheet-merged", "note", page.name)
    parser = Parser(table, page.name)
    if not any(cell != "" for row in cells for cell in row):
        # An empty sheet of a table one may leave out is as good as none.
        if table.needed:
            _tell(read, "sheet-empty", "error", page.name)
        read.rows[name] = [], page.name
        return
    numbered = ((line + 1, cells[line]) for line in range(head + 1, len(cells)))
    titles = [str(cell) for cell in cells[head]]
    read.rows[name] = parser.read(titles, numbered), page.name
    read.found += parser.found


def _head(table: Table, cells: list[list[Value]]) -> int:
    """Return the row of titles: the first with a title that is known."""
    known = {plain(each) for column in table.columns for each in _titles(column)}
    filled = [line for line, row in enumerate(cells) if any(cell != "" for cell in row)]
    for line in filled[:SEARCHED_ROWS]:
        if known & {plain(str(cell)) for cell in cells[line]}:
            return line
    return filled[0] if filled else 0


def _titles(column: Any) -> tuple[str, str]:
    return column.name, column.title


def _filled(cells: list[list[Value]], merged: list[tuple[Any, Any]], head: int) -> bool:
    """Give every cell merged down a column what the first holds; tell whether any."""
    told = False
    for (top, left), (bottom, right) in merged:
        if left == right and top > head:
            for line in range(top + 1, min(bottom + 1, len(cells))):
                cells[line][left] = cells[top][left]
                told = True
    return told
