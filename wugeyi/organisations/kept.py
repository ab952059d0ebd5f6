"""What hardly ever changes, kept in this process for a few seconds.

Names of organisations and categories stand on every page and change a few times a year.
Each process keeps what it read for ``KEPT_SECONDS`` of the settings, so that after a
change another process may show the old name that much longer. Only what is shown may be
kept: permissions, deadlines and routes are read anew each time. Inside a transaction
nothing is kept or taken from here, because what one reads there may never come to be.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST = 20_000
_shelves: "list[Kept[Any, Any]]" = []


class Kept(Generic[Key, Value]):
    """Reads values by key, those not kept in one go.

    Parameters
    ----------
    read
        Returns the values of some keys; a key it leaves out has none, and is asked
        for again the next time.
    most
        How many values to keep at most; beyond, all are forgotten and read anew.
    """

    def __init__(
        self, read: Callable[[set[Key]], Mapping[Key, Value]], *, most: int = MOST
    ) -> None:
        self.read = read
        self.most = most
        # By key the moment until which it is good, and the value. Threads may read the
        # same twice, never something torn.
        self.rows: dict[Key, tuple[float, Value]] = {}
        _shelves.append(self)

    def __call__(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Return the values of these keys that exist; one query, or none."""
        wanted = set(keys)
        seconds: float = settings.KEPT_SECONDS
        if not seconds or connection.in_atomic_block:
            return dict(self.read(wanted)) if wanted else {}
        now = time.monotonic()
        found = {
            key: row[1]
            for key in wanted
            if (row := self.rows.get(key)) is not None and row[0] > now
        }
        missing = wanted - found.keys()
        if missing:
            fresh = self.read(missing)
            if len(self.rows) + len(fresh) > self.most:
                self.rows = {}
            until = now + seconds
            self.rows.update((key, (until, value)) for key, value in fresh.items())
            found.update(fresh)
        return found

    def one(self, key: Key) -> Value | None:
        """Return the value of one key, None where there is none."""
        return self((key,)).get(key)


def forget() -> None:
    """Forget everything: the database is another one now."""
    for shelf in _shelves:
        shelf.rows = {}
