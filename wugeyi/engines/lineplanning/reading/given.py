"""What was given as tables: in CSV files, sheets of a workbook, or some in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.reading.book import SheetRows, sheets
from wugeyi.engines.lineplanning.reading.comma import read_csv
from wugeyi.engines.lineplanning.reading.rows import Rows
from wugeyi.engines.lineplanning.reading.tables import Table


@dataclass(slots=True)
class Given:
    """Rows by table.

    Parameters
    ----------
    where
        The file or sheet each table is in.
    """

    rows: dict[str, Rows] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)

    def take(self, name: str, rows: Rows, where: str) -> None:
        """Add a table; one that is there already is told, unless one has no rows."""
        if name in self.rows and not rows:
            return
        if self.rows.get(name):
            both = (self.where[name], where)
            values = {"one": both[0], "other": both[1]}
            self.found.append(Finding("table-in-both", "error", where, values, both))
            return
        self.rows[name], self.where[name] = rows, where


def in_workbook(content: bytes, tables: Mapping[str, Table]) -> Given:
    """Return the tables of one workbook; a sheet that is needed and not there is told.

    Raises
    ------
    Refused
        It cannot be opened at all.
    """
    given = Given()
    read = sheets(content, tables)
    _take(given, read)
    for name, table in tables.items():
        if name not in given.rows:
            if table.needed:
                told = Finding("sheet-missing", "error", read.title(name))
                given.found.append(told)
            given.rows[name], given.where[name] = [], read.title(name)
    return given


def gathered(path: Path, tables: Mapping[str, Table]) -> Given:
    """Return the tables of a workbook, or of a folder of CSV files and workbooks.

    Raises
    ------
    Refused
        A workbook cannot be opened at all.
    """
    if path.is_file():
        return in_workbook(path.read_bytes(), tables)
    given = Given()
    # Spreadsheets leave files that begin so beside one that is open.
    books = [each for each in sorted(path.glob("*.xlsx")) if each.name[0] not in "~."]
    for book in books:
        read = sheets(book.read_bytes(), tables)
        if read.rows:
            _take(given, read)
        elif not read.kin:
            given.found.append(Finding("workbook-foreign", "note", book.name))
    for name, table in tables.items():
        file = path / table.file
        if name in given.rows and not file.exists():
            continue
        rows, found = read_csv(file, table)
        given.found += found
        given.take(name, rows, table.file)
    return given


def _take(given: Given, read: SheetRows) -> None:
    given.found += read.found
    for name, (rows, where) in read.rows.items():
        given.take(name, rows, where)
