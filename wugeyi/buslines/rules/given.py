"""Records as they are given to actions: a fare table, a regular timetable."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Fares:
    """What one person pays: a base, more from so many baskets on, at most the cap."""

    base_fen: int
    bands: tuple[tuple[int, int], ...] = ()
    cap_fen: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular timetable as it was read.

    Parameters
    ----------
    departures
        Code of the spot, minute, line.
    digest
        SHA-256 of the file, in hexadecimal.
    findings
        What the reader noticed, as JSON.
    """

    name: str
    digest: str
    service_on: date
    departures: tuple[tuple[str, int, str], ...]
    findings: tuple[Any, ...] = ()
