"""Who opens which kind of record: apps register, figures only ask.

An opener gives back only the records its reader may read; what is missing from its
answer stays a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from wugeyi.organisations.rules import Reach


@dataclass(frozen=True, slots=True)
class Opened:
    """A record one may read: what it is called, where it is, its day and place."""

    title: str
    url: str
    on: date | None
    organisation_name: str


class Opener(Protocol):
    """Look records up, at a fixed number of queries."""

    def __call__(
        self, ids: Sequence[int], *, reach: Reach, today: date
    ) -> dict[int, Opened]:
        """Return what may be read, by key."""
        ...


_openers: dict[str, Opener] = {}


def register(kind: str, opener: Opener) -> None:
    """Let ``opener`` open the records of a kind (``record`` of a source)."""
    _openers[kind] = opener


def opened(
    kind: str, ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Return the records of a kind this reach may read; none without an opener."""
    opener = _openers.get(kind)
    return opener(ids, reach=reach, today=today) if opener and ids else {}


def kinds() -> set[str]:
    """Return the kinds somebody opens."""
    return set(_openers)
