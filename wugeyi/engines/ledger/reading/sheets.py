"""Tables as rows of named cells, whatever encoding and order of columns they have."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wugeyi.engines.ledger.columns import DIMENSIONS, OTHER_DIMENSION
from wugeyi.engines.ledger.findings import Finding, Refused

Titles = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its place, such as "vouchers.csv:7"."""

    subject: str
    cells: Mapping[str, str]
    dimensions: tuple[tuple[str, str], ...]


def rows(
    content: bytes, name: str, titles: Titles, needed: Sequence[str]
) -> tuple[Row, ...]:
    """Return the rows of a CSV file that are not empty.

    Parameters
    ----------
    titles
        Chinese and English titles of the columns, by what they are called here.
    needed
        The columns that must be there.

    Raises
    ------
    Refused
        It is no text, no table, or lacks columns or has one twice.
    """
    table = _table(content, name)
    if not table:
        raise Refused(Finding("table-empty", "error", name))
    columns = [_column(title, titles) for title in table[0]]
    known = [each for each in columns if each]
    missing = [titles[each][0] for each in needed if each not in known]
    twice = sorted({each for each in known if known.count(each) > 1})
    if missing or twice:
        raise Refused(
            *(Finding("column-missing", "error", name, {"title": t}) for t in missing),
            *(Finding("column-twice", "error", name, {"title": t}) for t in twice),
        )
    return tuple(
        _row(f"{name}:{at}", columns, cells)
        for at, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    )


def _table(content: bytes, name: str) -> list[list[str]]:
    text = _text(content, name)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        values = {"detail": str(problem)}
        raise Refused(Finding("table-damaged", "error", name, values)) from problem


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(Finding("table-encoding", "error", name))


def _column(title: str, titles: Titles) -> str:
    told = title.strip()
    for known in (titles, DIMENSIONS):
        for key, names in known.items():
            if told in names:
                return key if known is titles else OTHER_DIMENSION + key
    return told if told.startswith(OTHER_DIMENSION) else ""


def _row(subject: str, columns: Sequence[str], cells: Sequence[str]) -> Row:
    named = dict(zip(columns, cells, strict=False))
    about = tuple(
        sorted(
            (key.removeprefix(OTHER_DIMENSION), value)
            for key, value in named.items()
            if key.startswith(OTHER_DIMENSION) and value
        )
    )
    return Row(subject, named, about)
