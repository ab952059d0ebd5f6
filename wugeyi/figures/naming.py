"""What the parts of a figure are called: apps register, for a column of a source."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import Model

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


def of_choices(choices: Iterable[tuple[object, object]]) -> Namer:
    """Return a namer of the codes and names of a field's choices."""
    known = [(str(code), name) for code, name in choices]

    def name(values: Collection[str]) -> Mapping[str, str]:
        # Turned into words only now: the reader's language decides.
        return {code: str(each) for code, each in known if code in values}

    return name


def of_rows(model: type[Model], *, column: str = "code") -> Namer:
    """Return a namer of what the rows of a dictionary are called; one query."""

    def name(values: Collection[str]) -> Mapping[str, str]:
        rows = model._default_manager.filter(**{f"{column}__in": values})
        return {str(getattr(row, column)): str(row) for row in rows}

    return name
