"""What every dated record has in common: it begins, it changes from a day on, it ends.

What held is never changed. A change ends the row that stands and begins another; only a
row that has not held for a day yet is written over, or taken away if nothing rests on it.
"""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import ProtectedError, Q

from wugeyi.audit.actions import changes
from wugeyi.buslines.actions.counting import count
from wugeyi.buslines.actions.writing import By, note, put, take
from wugeyi.buslines.models import Dated, Demand, Driver, Line
from wugeyi.buslines.rules.refusals import Refused, Why

Record = TypeVar("Record", bound=Dated)

# Of persons: never in the audit.
QUIET: dict[type[models.Model], frozenset[str]] = {
    Demand: frozenset({"name"}),
    Driver: frozenset({"name", "licensed_on"}),
}
FRAME = frozenset(
    {"id", "line", "valid_from", "valid_until", "recorded_by", "recorded_at", "version"}
)


def own_fields(model: type[Dated]) -> tuple[str, ...]:
    """Return the columns in which records of a kind differ."""
    return tuple(
        field.name for field in model._meta.concrete_fields if field.name not in FRAME
    )


def overlapping(valid_from: date, valid_until: date | None) -> Q:
    """Return what picks rows that hold on some day of a span."""
    rows = Q(valid_until=None) | Q(valid_until__gt=valid_from)
    return rows if valid_until is None else rows & Q(valid_from__lt=valid_until)


def find(model: type[Record], pk: int) -> Record:
    """Read a row afresh and hold it.

    Raises
    ------
    Refused
        It was taken away (CHANGED).
    """
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Refused(Why.CHANGED)
    return row


def begin(
    model: type[Record],
    *,
    line: Line,
    values: Mapping[str, Any],
    valid_from: date,
    valid_until: date | None,
    action: str,
    by: By,
    at: datetime,
    told: Mapping[str, object] | None = None,
) -> Record:
    """Write a new row and its event; the line is held by the caller."""
    if valid_until is not None and valid_until <= valid_from:
        raise Refused(Why.BAD_DAYS)
    row = model._default_manager.create(
        line=line,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=by,
        recorded_at=at,
        **values,
    )
    after = changes(row, [*_loud(model, values), "valid_from"])
    if valid_until is not None:
        after["valid_until"] = valid_until
    note(row, line=line, action=action, by=by, at=at, after={**after, **(told or {})})
    count(row, at=at)
    return row


def supersede(
    row: Record,
    *,
    line: Line,
    values: Mapping[str, Any],
    on: date,
    action: str,
    by: By,
    at: datetime,
    told: Mapping[str, object] | None = None,
) -> Record:
    """Let other values hold from a day on; the row that held ends that day.

    Raises
    ------
    Refused
        BAD_DAYS for a day before the row began, CLOSED for one at or after its end.
    """
    if on < row.valid_from:
        raise Refused(Why.BAD_DAYS)
    if row.valid_until is not None and on >= row.valid_until:
        raise Refused(Why.CLOSED)
    model = type(row)
    if on == row.valid_from:
        quiet = QUIET.get(model, frozenset())
        put(row, line=line, action=action, by=by, at=at, values=values, quiet=quiet)
        count(row, at=at)
        return row
    before = changes(row, _loud(model, values))
    kept = {name: getattr(row, name) for name in own_fields(model)}
    until = row.valid_until
    row.valid_until = on
    row.version += 1
    row.save(update_fields=["valid_until", "version"])
    made = model._default_manager.create(
        line=line,
        valid_from=on,
        valid_until=until,
        recorded_by=by,
        recorded_at=at,
        **{**kept, **values},
    )
    after = changes(made, _loud(model, values))
    changed = [name for name in after if before[name] != after[name]]
    note(
        made,
        line=line,
        action=action,
        by=by,
        at=at,
        before={name: before[name] for name in changed},
        after={**{n: after[n] for n in changed}, "valid_from": on, **(told or {})},
    )
    count(row, made, at=at)
    return made


@transaction.atomic
def end(
    *, row: Dated, on: date, by: By, at: datetime, version: int | None = None
) -> Dated | None:
    """Let a record hold no longer from a day on; None if it never held and is gone.

    Raises
    ------
    Refused
        CHANGED, CLOSED (it ends no later already); IN_USE if it never held a day but
        something rests on it.
    """
    line = take(row.line)
    row = find(type(row), row.pk)
    if version is not None and row.version != version:
        raise Refused(Why.CHANGED)
    if row.valid_until is not None and row.valid_until <= on:
        raise Refused(Why.CLOSED)
    action = f"end_{row._meta.model_name}"
    if on > row.valid_from:
        put(row, line=line, action=action, by=by, at=at, values={"valid_until": on})
        count(row, at=at)
        return row
    gone = {"valid_until": on, "taken_away": True}
    note(row, line=line, action=action, by=by, at=at, after=gone)
    gone_row = copy(row)
    try:
        row.delete()
    except ProtectedError:
        raise Refused(Why.IN_USE) from None
    # Deleting takes the key away; what was counted is taken back by it.
    count(gone_row, at=at)
    return None


def _loud(model: type[Dated], values: Mapping[str, Any]) -> list[str]:
    """Return the names of columns that may stand in the audit."""
    quiet = QUIET.get(model, frozenset())
    large = {"ways", "shapes", "departures", "findings"}
    return [name for name in values if name not in quiet and name not in large]
