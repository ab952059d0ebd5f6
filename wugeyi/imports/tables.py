"""Bytes of a CSV or XLSX file → rows of text, or a finding that says what is wrong."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from sys import intern

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from wugeyi.imports.rules import Finding, Table, Unreadable, error, info, warning

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"
ENCODINGS = ("utf-8-sig", "gb18030")
MAX_COLUMNS = 200
SHORT = 10
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
"""What a compressed file may grow to: a small file must not fill the memory."""


Heading = Callable[[Sequence[Sequence[str]]], int | None]
TOP = 20


def read_table(
    content: bytes, *, sheet: str = "", heading: Heading | None = None
) -> Table:
    """Read a table from the bytes of a .csv (also .gz), .tsv or .xlsx file.

    The name of the file is not asked: what it holds decides.

    Parameters
    ----------
    sheet
        The sheet of a workbook; "" reads the first one that holds anything.
    heading
        Tells which of the first ``TOP`` rows that are not empty is the header; rows
        above it are titles. Without it, or if it answers None, the first row that is
        no title is.
    """
    try:
        if content.startswith(OLE2):
            raise Unreadable(error(0, _what_is_inside_ole2(content)))
        if content.startswith(ZIP):
            return _workbook(content, sheet, heading)
        if content.startswith(GZIP):
            content = _unpack(content)
        return _text(content, heading)
    except Unreadable as problem:
        return Table(findings=(problem.finding,))


def _what_is_inside_ole2(content: bytes) -> str:
    # An encrypted .xlsx is an OLE2 container with a stream of this name.
    encrypted = "EncryptedPackage".encode("utf-16-le")
    return "password" if encrypted in content else "old_xls"


def _unpack(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError) as problem:
        raise Unreadable(error(0, "not_a_table")) from problem
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise Unreadable(error(0, "too_large_unpacked"))
    return unpacked


def _text(content: bytes, heading: Heading | None) -> Table:
    text = _decode(content)
    if not text.strip():
        raise Unreadable(error(0, "empty_file"))
    if "\0" in text[:4096]:
        raise Unreadable(error(0, "not_a_table"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))

    def lines() -> Iterator[tuple[int, list[str]]]:
        before = 0
        try:
            for row in reader:
                yield before + 1, row
                before = reader.line_num
        except csv.Error as problem:
            raise Unreadable(error(before + 1, "broken_quotes")) from problem

    return _build(lines(), [], heading=heading)


def _decode(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(error(0, "unknown_encoding"))


def _delimiter(text: str) -> str:
    head = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",\t;，|", key=head.count)


def _workbook(content: bytes, sheet: str, heading: Heading | None) -> Table:
    _check_zip(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if sheet and sheet not in names:
            raise Unreadable(
                error(0, "no_such_sheet", sheet, other="、".join(names)[:180])
            )
        for name in [sheet] if sheet else names:
            page = book.get_sheet_by_name(name)
            rows = page.to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in rows):
                break
        else:
            raise Unreadable(error(0, "empty_file"))
    except PasswordError as problem:
        raise Unreadable(error(0, "password")) from problem
    except CalamineError as problem:
        raise Unreadable(error(0, "not_a_table")) from problem
    findings = []
    if not sheet and len(names) > 1:
        findings.append(info(0, "sheet_read", name, other=len(names)))
    merged = {
        line + 1
        for first, last in page.merged_cell_ranges or []
        for line in range(first[0], last[0] + 1)
    }
    numbered = ((n, [_cell(c) for c in row]) for n, row in enumerate(rows, start=1))
    return _build(numbered, findings, merged, heading)


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            names = packed.namelist()
    except zipfile.BadZipFile as problem:
        raise Unreadable(error(0, "not_a_table")) from problem
    if size > MAX_UNPACKED_BYTES:
        raise Unreadable(error(0, "too_large_unpacked"))
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable(error(0, "not_a_table"))


def _cell(value: object) -> str:
    # Excel keeps codes as numbers: 520103 comes back as 520103.0.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _build(
    lines: Iterable[tuple[int, list[str]]],
    findings: list[Finding],
    merged: Container[int] = (),
    heading: Heading | None = None,
) -> Table:
    if heading is not None:
        lines = _below_titles(lines, heading, findings)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, list[str]]] = []
    empty = 0
    for line, raw in lines:
        row = [_stripped(cell) for cell in raw]
        if not any(row):
            empty += 1
        elif not header:
            if _is_title(row):
                findings.append(info(line, "title_skipped", row[0]))
                continue
            header = tuple(row[:MAX_COLUMNS])
            if line in merged:
                findings.append(warning(line, "merged_header"))
        else:
            rows.append((line, _fit(row, len(header))))
    if not header:
        raise Unreadable(error(0, "empty_file"))
    if not rows:
        findings.append(error(0, "only_header"))
    if empty:
        findings.append(info(0, "empty_rows", str(empty)))
    return Table(header, rows, tuple(findings))


def _below_titles(
    lines: Iterable[tuple[int, list[str]]], heading: Heading, findings: list[Finding]
) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands from the header on; titles above it are told and left out."""
    rest = iter(lines)
    top: list[tuple[int, list[str]]] = []
    for line, raw in rest:
        if any(cell.strip() for cell in raw):
            top.append((line, [_stripped(cell) for cell in raw]))
            if len(top) == TOP:
                break
    start = heading([row for _, row in top])
    for line, row in top[: start or 0]:
        said = " ".join(cell for cell in row if cell)
        findings.append(info(line, "title_skipped", said))
    yield from top[start or 0 :]
    yield from rest


def _stripped(cell: str) -> str:
    # The codes of higher levels stand in thousands of rows: keep each once.
    cell = cell.strip()
    return intern(cell) if len(cell) < SHORT else cell


def _is_title(row: list[str]) -> bool:
    """Tell whether a line above the header is a title: one cell filled of several."""
    return len(row) > 1 and bool(row[0]) and not any(row[1:])


def _fit(row: list[str], width: int) -> list[str]:
    if len(row) < width:
        return row + [""] * (width - len(row))
    return row[:width] if len(row) > width else row
