"""What a certificate says, as one text, and the hash that stands in it. Pure Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

VERSION = "wugeyi-hours-1"


@dataclass(frozen=True, slots=True)
class Part:
    """Minutes and times at one organisation."""

    organisation: str
    minutes: int
    times: int


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that stands on a certificate."""

    code: str
    name: str
    first: date
    last: date
    issued_at: datetime
    parts: Sequence[Part]

    @property
    def minutes(self) -> int:
        """Return all minutes."""
        return sum(part.minutes for part in self.parts)


def text(said: Said) -> str:
    """Return the words that are hashed: one value a line, so that nothing can shift."""
    lines = [
        VERSION,
        said.code,
        _one(said.name),
        said.first.isoformat(),
        said.last.isoformat(),
        said.issued_at.isoformat(timespec="seconds"),
        *(
            f"{part.minutes} {part.times} {_one(part.organisation)}"
            for part in said.parts
        ),
    ]
    return "\n".join(lines) + "\n"


def _one(value: str) -> str:
    return " ".join(value.split())


def digest(said: Said) -> str:
    """Return the SHA-256 of what it says, hexadecimal."""
    return sha256(text(said).encode()).hexdigest()
