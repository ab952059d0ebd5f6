"""Records as JSON and back, for databases and files.

Every field is written under its name; one that is missing takes its default, so that
what was stored before a field existed can still be read.
"""

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Plan

Record = TypeVar("Record")


def to_json(value: Any) -> Any:
    """Return a record, or records in any sequence, as JSON's kinds of values."""
    if is_dataclass(value) and not isinstance(value, type):
        names = (each.name for each in fields(value))
        return {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): to_json(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[Record], value: Any) -> Record:
    """Return the record that ``to_json`` wrote.

    Raises
    ------
    ValueError
        The value does not hold one; says where.
    """
    try:
        return _read(kind, value)  # type: ignore[no-any-return]
    except (KeyError, TypeError, AttributeError) as problem:
        msg = f"No {kind.__name__}: {problem}"
        raise ValueError(msg) from problem


def case_from_json(value: Any) -> Case:
    """Return the case that ``to_json`` wrote; ValueError where it is none."""
    return from_json(Case, value)


def plan_from_json(value: Any) -> Plan:
    """Return the plan that ``to_json`` wrote; ValueError where it is none."""
    return from_json(Plan, value)


def findings_from_json(value: Any) -> tuple[Finding, ...]:
    """Return the findings that ``to_json`` wrote; ValueError where they are none."""
    return tuple(from_json(Finding, each) for each in value)


def digest(record: Any) -> str:
    """Return what names a record's contents: SHA-256 of its JSON, in hexadecimal."""
    text = json.dumps(to_json(record), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, value: Any) -> Any:
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint, value)
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        return _one_of(get_args(hint), value)
    if origin is tuple:
        return _several(get_args(hint), value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        held = get_args(hint)[1]
        return {key: _read(held, each) for key, each in value.items()}
    return date.fromisoformat(value) if hint is date else value


def _record(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    given = {
        each.name: _read(hints[each.name], value[each.name])
        for each in fields(kind)
        if each.name in value
        or (each.default is MISSING and each.default_factory is MISSING)
    }
    return kind(**given)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    some = [kind for kind in kinds if kind is not NoneType]
    # JSON knows no tuples: a list can only be read as one.
    fits = [
        kind for kind in some if (get_origin(kind) is tuple) == (type(value) is list)
    ]
    return _read((fits or some)[0], value)


def _several(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_read(kinds[0], each) for each in value)
    return tuple(_read(kind, each) for kind, each in zip(kinds, value, strict=True))
