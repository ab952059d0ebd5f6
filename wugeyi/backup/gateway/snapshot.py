"""What a backup asks of one moment of a database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

Row = tuple[object, ...]
Ask = Callable[[str], Iterable[Row]]
"""Runs a query and yields its rows, without holding all of them where avoidable."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment of a database: queries see exactly what the dump holds."""

    ask: Ask
    dump: Callable[[Path], None]
    """Write the dump to a file."""
    tables: list[str]

    def rows(self) -> dict[str, int]:
        """Count every table."""
        return count(self.ask, self.tables)

    def head(self) -> str:
        """Return the end of the audit chain as ``position:digest``, or nothing."""
        last = "SELECT position, digest FROM audit_auditseal ORDER BY position DESC"
        return next((f"{p}:{d}" for p, d in self.ask(f"{last} LIMIT 1")), "")

    def migrations(self) -> list[str]:
        """Return ``app.name`` of the migrations applied."""
        rows = self.ask("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in rows]

    def uploads(self) -> Iterable[str]:
        """Yield the path of every picture a row names, each once."""
        rows = self.ask("SELECT DISTINCT path FROM uploads_upload ORDER BY path")
        return (str(path) for (path,) in rows)


def count(ask: Ask, tables: Iterable[str]) -> dict[str, int]:
    """Count the rows of each table."""
    return {
        table: int(str(next(iter(ask(f'SELECT count(*) FROM "{table}"')))[0]))  # noqa: S608
        for table in tables
    }
