"""Scenarios: made, changed while nothing was planned for them, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.buslines.actions.writing import By, note, put, take
from wugeyi.buslines.models import Line, Scenario, ScenarioFleet, Vehicle
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.buslines.rules.scenarios import LIMITS, MOST_BUSES, Said


def create(
    *, line: Line, client_id: UUID, said: Said, by: By, at: datetime
) -> Scenario:
    """Make a scenario; the same ``client_id`` again gives the one that is there.

    Raises
    ------
    Refused
        NEEDS_TEXT without a name; BAD_VALUE with its field; CLOSED.
    """
    known = Scenario.objects.filter(client_id=client_id).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _create(take(line), client_id, said, by, at)
    except IntegrityError:
        known = Scenario.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _create(line: Line, client_id: UUID, said: Said, by: By, at: datetime) -> Scenario:
    _check(line, said)
    made = Scenario.objects.create(
        client_id=client_id, line=line, by=by, at=at, **_columns(said)
    )
    _fleet(made, said)
    note(
        made,
        line=line,
        action="create_scenario",
        by=by,
        at=at,
        after={**_told(said), "fleet": _fleet_told(said.fleet)},
    )
    return made


def _columns(said: Said) -> dict[str, object]:
    return {
        "name": said.name.strip(),
        "note": said.note.strip(),
        "on": said.on,
        "fares": said.fares,
        **{name: getattr(said, name) for name in LIMITS},
    }


def _told(said: Said) -> dict[str, object]:
    """Return what the audit keeps: what is changed against the line's records."""
    columns = _columns(said) | {"fares": said.fares.pk if said.fares else None}
    return {name: value for name, value in columns.items() if value not in {None, ""}}


def _fleet_told(fleet: Mapping[int, int]) -> list[str]:
    return [f"{vehicle}: {count}" for vehicle, count in sorted(fleet.items())]


def _check(line: Line, said: Said) -> None:
    if not said.name.strip():
        raise Refused(Why.NEEDS_TEXT, field="name")
    for name, (least, most) in LIMITS.items():
        value = getattr(said, name)
        if value is not None and not least <= value <= most:
            raise Refused(Why.BAD_VALUE, field=name, least=least, most=most)
    if said.fares is not None and said.fares.line_id != line.pk:
        raise Refused(Why.BAD_VALUE, field="fares")
    own = set(
        Vehicle.objects.filter(line=line, pk__in=said.fleet).values_list(
            "pk", flat=True
        )
    )
    counts_fit = all(0 <= count <= MOST_BUSES for count in said.fleet.values())
    if own != set(said.fleet) or not counts_fit:
        raise Refused(Why.BAD_VALUE, field="fleet", most=MOST_BUSES)


def _fleet(scenario: Scenario, said: Said) -> None:
    ScenarioFleet.objects.bulk_create(
        ScenarioFleet(scenario=scenario, vehicle_id=vehicle, count=count)
        for vehicle, count in sorted(said.fleet.items())
    )


def take_scenario(scenario: Scenario, *, version: int | None = None) -> Scenario:
    """Read a scenario afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED), withdrawn, or its line has ended
        (CLOSED).
    """
    line = take(scenario.line)
    fresh = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    fresh.line = line
    if version is not None and fresh.version != version:
        raise Refused(Why.CHANGED)
    if fresh.withdrawn_at is not None:
        raise Refused(Why.CLOSED)
    return fresh


@transaction.atomic
def change(
    *,
    scenario: Scenario,
    said: Said,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Scenario:
    """Change a scenario nothing was planned for; of one that was, name and note only.

    Raises
    ------
    Refused
        As ``create``; IN_USE if a plan was made of what would change; CHANGED, CLOSED.
    """
    fresh = take_scenario(scenario, version=version)
    _check(fresh.line, said)
    before = dict(fresh.fleet.values_list("vehicle_id", "count"))
    values = _columns(said)
    same = before == dict(said.fleet) and all(
        getattr(fresh, name) == value
        for name, value in values.items()
        if name not in {"name", "note"}
    )
    if not same and fresh.plans.exists():
        raise Refused(Why.IN_USE)
    if before != dict(said.fleet):
        fresh.fleet.all().delete()
        _fleet(fresh, said)
    put(
        fresh,
        line=fresh.line,
        action="change_scenario",
        by=by,
        at=at,
        values=values,
    )
    return fresh


@transaction.atomic
def withdraw(
    *, scenario: Scenario, by: By, at: datetime, version: int | None = None
) -> Scenario:
    """Take a scenario out of the lists; its plans can still be looked at."""
    fresh = take_scenario(scenario, version=version)
    put(
        fresh,
        line=fresh.line,
        action="withdraw_scenario",
        by=by,
        at=at,
        values={"withdrawn_at": at},
    )
    return fresh
