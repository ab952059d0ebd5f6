"""Records with a code of their own: added, changed from a day on, ended.

Stops, markets, depots; growers' demand; buses and their regular duties; drivers, their
days off and other duties.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Q

from wugeyi.buslines.actions import dated
from wugeyi.buslines.actions.checking import checked
from wugeyi.buslines.actions.counting import count
from wugeyi.buslines.actions.dated import find, overlapping
from wugeyi.buslines.actions.writing import By, note, put, take
from wugeyi.buslines.models import (
    Absence,
    Boarding,
    Demand,
    Driver,
    Line,
    OtherDuty,
    RegularDuty,
    Spot,
    Vehicle,
)
from wugeyi.buslines.rules.refusals import Refused, Why

Coded = TypeVar("Coded", Spot, Demand, Vehicle, RegularDuty, Driver, OtherDuty)


@dataclass(frozen=True, slots=True)
class Added(Generic[Coded]):
    """The record, and whether this call made it or an equal one was there."""

    row: Coded
    created: bool


@transaction.atomic
def add(
    model: type[Coded],
    *,
    line: Line,
    values: Mapping[str, Any],
    valid_from: date,
    by: By,
    at: datetime,
    valid_until: date | None = None,
    renumber: bool = False,
) -> Added[Coded]:
    """Write down a record; one that is there already with all its values is given back.

    Parameters
    ----------
    renumber
        Whether a code that was taken meanwhile gives way to the next free one.

    Raises
    ------
    Refused
        CLOSED, CODE_TAKEN (its code stands on some of the days), BAD_DAYS, NEEDS_TEXT,
        BAD_VALUE.
    """
    line = take(line)
    values = {**values, "code": str(values.get("code", "")).strip()}
    checked(model, line, values, on=valid_from)
    rows = model._default_manager.filter(line=line, code=values["code"])
    if model is not Spot:
        rows = rows.filter(overlapping(valid_from, valid_until))
    for row in rows:
        if row.valid_from == valid_from and _same(row, values):
            return Added(row, created=False)
    if rows:
        if not renumber:
            raise Refused(Why.CODE_TAKEN, code=values["code"])
        values["code"] = free_code(model, line, values["code"])
    made = dated.begin(
        model,
        line=line,
        values=values,
        valid_from=valid_from,
        valid_until=valid_until,
        action=f"add_{model._meta.model_name}",
        by=by,
        at=at,
    )
    return Added(made, created=True)


def _same(row: Coded, values: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def free_code(model: type[Coded], line: Line, wanted: str) -> str:
    """Return a code nobody of a line has yet: letters of ``wanted``, the next number."""
    letters = wanted.rstrip("0123456789")[:12]
    taken = set(
        model._default_manager.filter(line=line, code__startswith=letters).values_list(
            "code", flat=True
        )
    )
    number = len(taken) + 1
    while f"{letters}{number}" in taken:
        number += 1
    return f"{letters}{number}"


@transaction.atomic
def change(
    *,
    row: Coded,
    values: Mapping[str, Any],
    on: date,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Coded:
    """Let other values hold from a day on; a place is corrected where it stands.

    Codes stay. Equal values change nothing and leave no trace.

    Raises
    ------
    Refused
        CHANGED, CLOSED, BAD_DAYS, NEEDS_TEXT; BAD_VALUE also for another code or kind.
    """
    line = take(row.line)
    fresh = find(type(row), row.pk)
    if version is not None and fresh.version != version:
        raise Refused(Why.CHANGED)
    fixed = {"code", "kind"} & set(values)
    if any(getattr(fresh, name) != values[name] for name in fixed):
        raise Refused(Why.BAD_VALUE, field="code")
    checked(type(row), line, values, on=on)
    if _same(fresh, values):
        return fresh
    action = f"change_{row._meta.model_name}"
    if isinstance(fresh, Spot):
        village = fresh.organisation_id
        put(fresh, line=line, action=action, by=by, at=at, values=values)
        if fresh.organisation_id != village:
            # People are counted in the village where they get on.
            count(*Demand.objects.filter(stop=fresh), at=at)
            count(*Boarding.objects.filter(call__stop=fresh), at=at)
        return fresh
    made = dated.supersede(
        fresh, line=line, values=values, on=on, action=action, by=by, at=at
    )
    if isinstance(made, Driver) and made.pk != fresh.pk:
        _carry_absences(fresh, made, on)
    return made


def _carry_absences(old: Driver, new: Driver, on: date) -> None:
    Absence.objects.bulk_create(
        Absence(driver=new, first_day=each.first_day, last_day=each.last_day)
        for each in old.absences.filter(last_day__gte=on)
    )


@transaction.atomic
def end_spot(
    *, spot: Spot, on: date, by: By, at: datetime, version: int | None = None
) -> Spot | None:
    """Let a place be none of the line's from a day on.

    Raises
    ------
    Refused
        As ``dated.end``; IN_USE while demand, buses or their regular duties rest on it
        after that day.
    """
    take(spot.line)
    later = overlapping(on, None)
    demands = Demand.objects.filter(Q(stop=spot) | Q(market=spot)).filter(later)
    buses = Vehicle.objects.filter(later, depot=spot)
    regular = RegularDuty.objects.filter(Q(starts_at=spot) | Q(ends_at=spot), later)
    if demands.exists() or buses.exists() or regular.exists():
        raise Refused(Why.IN_USE)
    ended = dated.end(row=spot, on=on, by=by, at=at, version=version)
    return ended if isinstance(ended, Spot) else None


@transaction.atomic
def away(
    *, driver: Driver, first_day: date, last_day: date, by: By, at: datetime
) -> Absence:
    """Write down days, both included, on which somebody does not drive.

    Raises
    ------
    Refused
        BAD_DAYS turned round or longer than a year, CLOSED, CHANGED.
    """
    line = take(driver.line)
    driver = find(Driver, driver.pk)
    if last_day < first_day or (last_day - first_day).days > 366:
        raise Refused(Why.BAD_DAYS)
    row, created = Absence.objects.get_or_create(
        driver=driver, first_day=first_day, last_day=last_day
    )
    if created:
        told = {"driver": driver.pk, "first_day": first_day, "last_day": last_day}
        note(row, line=line, action="away", by=by, at=at, after=told)
    return row


@transaction.atomic
def not_away(*, absence: Absence, by: By, at: datetime) -> None:
    """Take days off back; taken back twice is once."""
    line = take(absence.driver.line)
    row = Absence.objects.filter(pk=absence.pk).first()
    if row is None:
        return
    told = {
        "driver": row.driver_id,
        "first_day": row.first_day,
        "last_day": row.last_day,
    }
    note(row, line=line, action="not_away", by=by, at=at, before=told, after={})
    row.delete()
