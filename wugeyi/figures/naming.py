"""What the parts of a figure are called: apps register, for a column of a source."""

from collections.abc import Callable, Collection, Mapping

Namer = Callable[[Collection[str]], Mapping[str, str]]
_namers: dict[tuple[str, str], Namer] = {}


def register(source: str, column: str, namer: Namer) -> None:
    """Let ``namer`` give the names of the values of a dimension, in the reader's language."""
    _namers[source, column] = namer


def names(source: str, column: str, values: Collection[str]) -> dict[str, str]:
    """Return what values are called; one without a name is called by itself."""
    namer = _namers.get((source, column))
    found = namer(values) if namer is not None and values else {}
    return {value: found.get(value, value) for value in values}
