"""What is noticed in a table, and what a table is once it is read. Pure Python."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MAX_WEB_BYTES = 10 * 1024 * 1024
"""Larger files go through the command line, which need not keep them."""
KEPT = 200
"""Characters of a value that a finding keeps."""


class Severity(StrEnum):
    """How grave: an error keeps a row out, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed. ``code`` names the sentence, the other fields fill it.

    ``line`` counts the file's lines from 1; 0 is the file as a whole.
    """

    severity: Severity
    line: int
    code: str
    value: str = ""
    other: str = ""
    other_line: int = 0


def error(line: int, code: str, value: str = "", **more: str | int) -> Finding:
    """Return a finding that keeps its row (line 0: the file) from being taken over."""
    return _finding(Severity.ERROR, line, code, value, **more)


def warning(line: int, code: str, value: str = "", **more: str | int) -> Finding:
    """Return a finding that someone should look at before accepting."""
    return _finding(Severity.WARNING, line, code, value, **more)


def info(line: int, code: str, value: str = "", **more: str | int) -> Finding:
    """Return a finding that only says what will happen."""
    return _finding(Severity.INFO, line, code, value, **more)


def _finding(
    severity: Severity,
    line: int,
    code: str,
    value: str,
    other: str | int = "",
    other_line: str | int = 0,
) -> Finding:
    return Finding(
        severity, line, code, value[:KEPT], str(other)[:KEPT], int(other_line)
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under one header. A row shorter than the header is filled with ""."""

    header: tuple[str, ...] = ()
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    @property
    def readable(self) -> bool:
        """Tell whether there is anything to go on with."""
        return not any(f.severity is Severity.ERROR for f in self.findings)


class Unreadable(Exception):
    """A file that is no table; carries the finding that explains it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would compute ``text`` instead of showing it.

    Plain numbers such as -3.5 are not meant.
    """
    if not text or text[0] not in "=+-@":
        return False
    try:
        float(text)
    except ValueError:
        return True
    return False


def _plain(header: str) -> str:
    """Fold what people write differently: width, case, spaces, a bracketed note."""
    folded = unicodedata.normalize("NFKC", header).strip().lower()
    return folded.split("(")[0].replace(" ", "").replace("_", "").strip("*")


def guess_columns(
    header: Sequence[str], aliases: Mapping[str, Iterable[str]]
) -> dict[str, int]:
    """Return which column holds which field, by the names headers usually carry.

    The alias named first wins; a column serves one field only.

    >>> guess_columns(["单位名称*", "统计用区划代码"], {"code": ["统计用区划代码"], "name": ["单位名称"]})
    {'code': 1, 'name': 0}
    """
    places: dict[str, int] = {}
    for column, title in enumerate(header):
        places.setdefault(_plain(title), column)
    found: dict[str, int] = {}
    for name, known in aliases.items():
        for alias in known:
            place = places.get(_plain(alias))
            if place is not None and place not in found.values():
                found[name] = place
                break
    return found
