"""One CSV file → the records of its table."""

import csv
import io
from pathlib import Path

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.reading.rows import Parser, Rows
from wugeyi.engines.lineplanning.reading.tables import Table

ENCODINGS = ("utf-8-sig", "gb18030")
"""UTF-8, or what spreadsheets in China write."""


def read_csv(path: Path, table: Table) -> tuple[Rows, list[Finding]]:
    """Return the rows that could be read, and what is wrong with the others.

    A file that is not there is told only if its table is needed.
    """
    parser = Parser(table, table.file)
    try:
        content = path.read_bytes()
    except OSError:
        if table.needed:
            parser.tell("table-missing", table.file)
        return [], parser.found
    text = _decoded(content)
    if text is None:
        parser.tell("table-encoding", table.file)
        return [], parser.found
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        titles = next(reader, [])
        rows = parser.read(titles, ((reader.line_num, cells) for cells in reader))
    except csv.Error as problem:
        parser.tell("table-damaged", table.file, detail=str(problem))
        return [], parser.found
    return rows, parser.found


def _decoded(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
