"""Bytes of a CSV or XLSX file → rows of text under one header."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wugeyi.engines.accessibility.findings import Refused

ENCODINGS = ("utf-8-sig", "gb18030")
ZIP = b"PK\x03\x04"
OLE2 = b"\xd0\xcf\x11\xe0"
MOST_BYTES = 300 * 1024 * 1024
"""What a packed workbook may grow to: a small file must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header, and rows with their line in the file, counted from 1."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]

    def columns(self, aliases: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """Return which column holds which field, by the names headers usually carry."""
        places: dict[str, int] = {}
        for column, title in enumerate(self.header):
            places.setdefault(_plain(title), column)
        return {
            field: places[name]
            for field, known in aliases.items()
            for name in reversed([_plain(each) for each in known])
            if name in places
        }


def read_sheet(path: Path) -> Sheet:
    """Read the first sheet that holds anything; contents, not the name, tell the format.

    Raises
    ------
    Refused
        The file is not there, is empty, is no table, or is in no known encoding.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise Refused("file-missing", path.name) from None
    if not content.strip():
        raise Refused("file-empty", path.name)
    if content.startswith(OLE2):
        raise Refused("table-old", path.name)
    lines = (
        _workbook(content, path) if content.startswith(ZIP) else _text(content, path)
    )
    filled = [(line, row) for line, row in lines if any(row)]
    # A title stands alone in its line, above the header.
    while len(filled) > 1 and sum(map(bool, filled[0][1])) == 1 < len(filled[1][1]):
        filled.pop(0)
    if not filled:
        raise Refused("file-empty", path.name)
    header = tuple(filled[0][1])
    width = len(header)
    rows = [(line, (row + [""] * width)[:width]) for line, row in filled[1:]]
    return Sheet(header, rows)


def _text(content: bytes, path: Path) -> list[tuple[int, list[str]]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("table-encoding", path.name)
    if "\0" in text:
        raise Refused("table-foreign", path.name)
    head = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",\t;，", key=head.count)
    )
    found, before = [], 0
    try:
        for row in reader:
            found.append((before + 1, [cell.strip() for cell in row]))
            before = reader.line_num
    except csv.Error as problem:
        raise Refused("table-foreign", path.name) from problem
    return found


def _workbook(content: bytes, path: Path) -> list[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > MOST_BYTES:
            raise Refused("table-foreign", path.name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found = [[_cell(cell) for cell in row] for row in rows]
            if any(map(any, found)):
                return list(enumerate(found, start=1))
    except (CalamineError, zipfile.BadZipFile) as problem:
        raise Refused("table-foreign", path.name) from problem
    return []


def _cell(value: object) -> str:
    # Excel keeps counts as numbers: 12 comes back as 12.0.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _plain(title: str) -> str:
    """Fold what people write differently: width, case, spaces, a bracketed note."""
    folded = unicodedata.normalize("NFKC", title).strip().casefold()
    return "".join(letter for letter in folded.split("(")[0] if letter not in " _-*")
