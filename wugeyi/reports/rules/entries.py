"""What the register says of a form."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register says of a form."""

    name: str
    asker: str
    frequency: str
    basis: str = ""
    article: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    valid_until: date | None = None
    note: str = ""
