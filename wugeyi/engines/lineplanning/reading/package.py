"""The package an XLSX workbook is: looked at before anything opens it.

A small file can unpack to more than memory holds, or place a single cell so far out that
the rectangle up to it does.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from wugeyi.engines.lineplanning.findings import Finding, Refused, Value

ZIP = b"PK\x03\x04"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream a workbook with a password has in its OLE2 container."""
MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED_BYTES = 300 * 1024 * 1024
MOST_CELLS = 8_000_000
CHUNK, OVERLAP = 1 << 20, 1 << 12
PLACE = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
CELL = re.compile(rb"([A-Z]{1,3})?([1-9]\d{0,6})")
DOUBTFUL = re.compile(
    rb"""\st\s*=\s*["']e["']"""
    rb"|</(?:\w+:)?f>\s*</|<(?:\w+:)?f[^>]*/>\s*</"
    rb"|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></"
)
"""A formula that failed, or one nobody has worked out."""


def _refused(code: str, **values: Value) -> Refused:
    return Refused(Finding(code, "error", "", values))


def inspected(content: bytes) -> bool:
    """Look at a workbook from outside; tell whether formulas in it may have no result.

    Raises
    ------
    Refused
        It is no XLSX workbook, is damaged, locked by a password or too large.
    """
    if content.startswith(OLE2):
        locked = ENCRYPTED in content
        raise _refused("workbook-locked" if locked else "workbook-old")
    if len(content) > MOST_BYTES:
        raise _refused("workbook-large", most=MOST_BYTES >> 20)
    if not content.startswith(ZIP):
        raise _refused("workbook-none")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            if sum(each.file_size for each in entries) > MOST_UNPACKED_BYTES:
                raise _refused("workbook-large", most=MOST_UNPACKED_BYTES >> 20)
            names = [each.filename for each in entries]
            if "xl/workbook.xml" not in names:
                raise _refused("workbook-none")
            pages = [each for each in names if each.startswith("xl/worksheets/")]
            doubtful = [_page(package, each) for each in pages]
            return any(doubtful)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as problem:
        raise _refused("workbook-damaged", detail=str(problem)[:200]) from problem


def _page(package: zipfile.ZipFile, name: str) -> bool:
    """Look at one sheet; tell whether formulas in it may have no result."""
    widest = longest = 1
    doubtful = False
    for part in _parts(package, name):
        doubtful = doubtful or bool(DOUBTFUL.search(part))
        for place in PLACE.finditer(part):
            found = CELL.fullmatch(place[1])
            if not found:
                raise _refused("workbook-damaged", detail=repr(place[1][:40]))
            longest = max(longest, int(found[2]))
            widest = max(widest, _column(found[1] or b"A"))
        if longest * widest > MOST_CELLS:
            raise _refused("workbook-wide", rows=longest, columns=widest)
    return doubtful


def _parts(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield pieces that share their borders, so that no match is cut in two."""
    with package.open(name) as file:
        last = b""
        while piece := file.read(CHUNK):
            yield last + piece
            last = piece[-OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def broken(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Return the cells whose formula failed or was never worked out, by sheet.

    Slow; for workbooks in which there may be such cells. A cell is its row and column
    from 0; what it holds is the error, or the formula.
    """
    from openpyxl import load_workbook

    found: dict[str, dict[tuple[int, int], str]] = {}
    options = {"read_only": True, "keep_links": False}
    results = load_workbook(BytesIO(content), data_only=True, **options)
    formulas = load_workbook(BytesIO(content), **options)
    for page in formulas.worksheets:
        wrong = found.setdefault(page.title, {})
        rows = zip(page.iter_rows(), results[page.title].iter_rows(), strict=False)
        for line, (row, came) in enumerate(rows):
            for column, (cell, result) in enumerate(zip(row, came, strict=False)):
                # An empty text is a result, and marked as a text.
                missing = result.value is None and result.data_type == "n"
                if result.data_type == "e":
                    wrong[line, column] = str(result.value)
                elif cell.data_type == "f" and missing:
                    wrong[line, column] = str(cell.value)
    return found
