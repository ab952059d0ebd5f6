"""Where the rows and cells of a sheet stand in its bytes.

Reading by position is what lets ``write`` put values in without touching any other
byte: what no library models (drawings, validations, extensions of other programs) stays
as it was.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from wugeyi.engines.formfill.findings import Limits, Refused

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})$")
_KEPT = frozenset({"row", "c", "mergeCell", "sheetData", "f", "v", "is"})


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the address of a cell: (5, 2) is B5."""
    return f"{column_letters(column)}{row}"


def place(text: str) -> tuple[int, int]:
    """Return row and column of an address.

    Raises
    ------
    ValueError
        It is no address.
    """
    found = _ADDRESS.match(text)
    if found is None:
        raise ValueError(text)
    return int(found[2]), column_number(found[1])


def area(text: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row, last column of ``A1:C3``."""
    first, _colon, last = text.partition(":")
    top, left = place(first)
    bottom, right = place(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


@dataclass(slots=True)
class Spot:
    """Bytes of one element, and what its start tag says."""

    start: int
    end: int = 0
    closed: bool = False
    style: str = ""
    formula: bool = False
    filled: bool = False


@dataclass(slots=True)
class Scan:
    """A sheet by position. ``rows`` and ``cells`` are in the order of the file."""

    rows: dict[int, Spot] = field(default_factory=dict)
    cells: dict[tuple[int, int], Spot] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    data: Spot | None = None
    prefix: str = ""


class _Reader:
    def __init__(self, xml: bytes, limits: Limits) -> None:
        self.xml = xml
        self.limits = limits
        self.scan = Scan()
        self.row = 0
        self.column = 0
        self.full_rows: set[int] = set()
        self.open: list[Spot | None] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.doctype
        self.parser = parser

    def doctype(self, *_arguments: object) -> None:
        raise Refused("not_a_workbook")

    def start(self, tag: str, given: dict[str, str]) -> None:
        prefix, _colon, name = tag.rpartition(":")
        if name not in _KEPT:
            return
        if name == "mergeCell":
            self.scan.merges.append(area(given["ref"]))
            return
        if name in {"f", "v", "is"}:
            self._inside(name)
            return
        spot = Spot(self.parser.CurrentByteIndex, style=given.get("s", ""))
        if name == "sheetData":
            self.scan.data, self.scan.prefix = spot, prefix
        elif name == "row":
            self.row = int(given.get("r", self.row + 1))
            self.column = 0
            self.scan.rows[self.row] = spot
        else:
            self._cell(spot, given.get("r", ""))
        self.open.append(spot)

    def _cell(self, spot: Spot, where: str) -> None:
        row, column = place(where) if where else (self.row, self.column + 1)
        self.row, self.column = row, column
        if len(self.scan.cells) >= self.limits.cells:
            raise Refused("too_many_cells", value=self.limits.cells)
        self.scan.cells[row, column] = spot

    def _inside(self, name: str) -> None:
        spot = self.scan.cells.get((self.row, self.column))
        if spot is None:
            return
        spot.filled = True
        spot.formula |= name == "f"
        self.full_rows.add(self.row)
        if len(self.full_rows) > self.limits.rows:
            raise Refused("too_many_rows", value=self.limits.rows)
        if self.column > self.limits.columns:
            raise Refused("too_many_columns", value=self.limits.columns)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name not in {"row", "c", "sheetData"}:
            return
        spot = self.open.pop()
        assert spot is not None  # noqa: S101 (pushed by the start of the same element)
        first = _TAG.match(self.xml, spot.start)
        spot.closed = first is not None and first.group().endswith(b"/>")
        # An element closed by itself has one tag; expat is already past it.
        last = (
            first if spot.closed else _TAG.match(self.xml, self.parser.CurrentByteIndex)
        )
        spot.end = last.end() if last else len(self.xml)


def scan(xml: bytes, limits: Limits) -> Scan:
    """Find rows, cells and merged areas of a sheet.

    Raises
    ------
    Refused
        More rows, cells or columns than a form has, or no readable sheet.
    """
    reader = _Reader(xml, limits)
    try:
        reader.parser.Parse(xml, True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, KeyError, IndexError) as problem:
        raise Refused("not_a_workbook") from problem
    if reader.scan.data is None or xml[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Refused("not_a_workbook")
    return reader.scan


def start_tag(xml: bytes, spot: Spot) -> bytes:
    """Return the start tag of an element as it stands."""
    found = _TAG.match(xml, spot.start)
    return found.group() if found else b""
