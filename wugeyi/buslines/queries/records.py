"""Pages of a line's records: what holds and what will, ended ones if asked for."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wugeyi.buslines.models import (
    Dated,
    Demand,
    Driver,
    FareTable,
    Line,
    OtherDuty,
    RegularDuty,
    Rule,
    Spot,
    Timetable,
    Vehicle,
    WaysTable,
)
from wugeyi.ui.paging import Page, cut

MODELS: dict[str, type[Dated]] = {
    "stops": Spot,
    "demand": Demand,
    "vehicles": Vehicle,
    "regular-duties": RegularDuty,
    "drivers": Driver,
    "duties": OtherDuty,
    "rules": Rule,
    "fares": FareTable,
    "ways": WaysTable,
    "timetable": Timetable,
}
"""What each page of records keeps."""
WITH: dict[str, tuple[str, ...]] = {
    "stops": ("organisation",),
    "demand": ("stop", "market"),
    "vehicles": ("depot",),
    "regular-duties": ("starts_at", "ends_at"),
    "drivers": ("user",),
}
AFTER: dict[str, tuple[str, ...]] = {"drivers": ("absences",), "fares": ("bands",)}
LARGE = ("ways", "shapes", "departures", "findings")
CODED = ("stops", "demand", "vehicles", "regular-duties", "drivers", "duties")


def rows(line: Line, kind: str) -> QuerySet[Any]:
    """Return the records of a kind, with what their page names."""
    model = MODELS[kind]
    found = model._default_manager.filter(line=line)
    found = found.select_related("line__organisation", *WITH.get(kind, ()))
    return found.prefetch_related(*AFTER.get(kind, ()))


def page(
    line: Line,
    kind: str,
    *,
    today: date,
    ended: bool = False,
    stop: int = 0,
    older: int = 0,
    newer: int = 0,
) -> Page[Any]:
    """Return one page of records; two queries at most."""
    found = rows(line, kind)
    if kind in {"ways", "timetable"}:
        found = found.defer(
            *(f.name for f in MODELS[kind]._meta.concrete_fields if f.name in LARGE)
        )
    if not ended:
        found = found.filter(Q(valid_until=None) | Q(valid_until__gt=today))
    if stop and kind == "demand":
        found = found.filter(stop=stop)
    return cut(found, older=older, newer=newer)


def one(line: Line, kind: str, pk: int) -> Any:
    """Return one record of a line, or None."""
    return rows(line, kind).filter(pk=pk).first()


def by_code(line: Line, kind: str, code: str, *, today: date) -> Any:
    """Return the record of a code that holds or will, or None."""
    # PostgreSQL refuses to look for a NUL.
    if kind not in CODED or not code.isprintable():
        return None
    found = rows(line, kind).filter(code=code)
    standing = found.filter(Q(valid_until=None) | Q(valid_until__gt=today))
    return standing.order_by("valid_from").first() or found.order_by("-pk").first()


def proposed_code(line: Line, kind: str, letters: str) -> str:
    """Return the next free code of a kind; one query."""
    model: Any = MODELS[kind]
    rows = model.objects.filter(line=line, code__startswith=letters)
    taken = set(rows.values_list("code", flat=True))
    number = len(taken) + 1
    while f"{letters}{number}" in taken:
        number += 1
    return f"{letters}{number}"
