"""What is noticed in a form: data, never sentences; the caller has the words."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave: an error keeps a form (or a cell) out, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed; ``where`` is a cell such as ``表1!B5``, empty for the file."""

    severity: Severity
    code: str
    where: str = ""
    value: str = ""
    other: str = ""


class Refused(Exception):
    """A file that is not read any further; carries the finding that says why."""

    def __init__(self, code: str, *, value: object = "", other: object = "") -> None:
        super().__init__(code)
        self.finding = Finding(
            Severity.ERROR, code, value=str(value)[:200], other=str(other)[:200]
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read; a form is a page or two, a longer one is a list of records."""

    bytes: int = 5 * 1024 * 1024
    unpacked_bytes: int = 60 * 1024 * 1024
    parts: int = 500
    sheets: int = 10
    rows: int = 2_000
    cells: int = 60_000
    columns: int = 200
