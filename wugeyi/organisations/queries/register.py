"""What a register file has to be compared with."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from sys import intern
from typing import TypeVar

from django.db.models import QuerySet

from wugeyi.organisations.models import Organisation, Placement
from wugeyi.organisations.rules import inside
from wugeyi.organisations.rules.kinds import shorter_codes
from wugeyi.organisations.rules.register import Known, Row

CHUNK = 900
WHOLE = 5_000
"""From so many rows on, the register is read through instead of asked for codes."""

Parts = tuple[int, str, str, str, str | None, date | None, str]


def known_units(
    rows: list[Row], root: Organisation | None, *, complete: bool
) -> dict[str, Known]:
    """Return the units a file's rows may touch, by code."""
    everything = Organisation.objects.order_by()
    if complete or len(rows) > WHOLE:
        return dict(_known(everything, root))
    codes = {row.code for row in rows} | {row.parent for row in rows}
    codes |= {row.successor for row in rows}
    codes |= {short for row in rows for short in shorter_codes(row.code)}
    known: dict[str, Known] = {}
    for chunk in _chunks(codes):
        known.update(_known(everything.filter(code__in=chunk), root))
    parents = {unit.parent for unit in known.values()} | set(known)
    for chunk in _chunks(parents):
        # The children of what is named: two of one name must be seen.
        siblings = everything.filter(parent__code__in=chunk)
        known.update(_known(siblings, root))
    return known


def _known(
    units: QuerySet[Organisation], root: Organisation | None
) -> Iterator[tuple[str, Known]]:
    top = root.path if root is not None else ""
    rows: Iterable[Parts] = units.values_list(
        "pk", "code", "name", "kind", "parent__code", "valid_to", "path"
    ).iterator(chunk_size=10_000)
    for key, code, name, kind, parent, gone, path in rows:
        yield (
            code,
            Known(
                key,
                name,
                # A few words and codes stand in very many rows: keep each once.
                intern(kind),
                intern(parent or ""),
                gone is None,
                inside(path, top),
            ),
        )


def paths_of(codes: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return key and path of the units of these codes."""
    found: dict[str, tuple[int, str]] = {}
    for chunk in _chunks(codes):
        for code, key, path in Organisation.objects.filter(code__in=chunk).values_list(
            "code", "pk", "path"
        ):
            found[code] = (key, path)
    return found


def places_of(
    organisations: Iterable[int],
) -> dict[int, list[tuple[int, str, date | None]]]:
    """Return view, path and first day of where units stand now, in every view."""
    found: dict[int, list[tuple[int, str, date | None]]] = {}
    for chunk in _chunks(organisations):
        rows = Placement.objects.filter(
            organisation_id__in=chunk, valid_to=None
        ).values_list("organisation_id", "view_id", "path", "valid_from")
        for key, view, path, since in rows:
            found.setdefault(key, []).append((view, path, since))
    return found


Value = TypeVar("Value", str, int)


def _chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    rest = iter(sorted(set(values)))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
