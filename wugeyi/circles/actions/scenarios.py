"""Scenarios are drawn, computed, built and withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from wugeyi.circles.actions.counting import count_scenarios
from wugeyi.circles.actions.writing import By, note, put, take, take_scenario
from wugeyi.circles.models import Change, Circle, Outcome, Scenario
from wugeyi.circles.queries.effects import Effect, effect
from wugeyi.circles.rules import changes as rules
from wugeyi.circles.rules.changes import Plan
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused, Why

SHANGHAI = ZoneInfo("Asia/Shanghai")
BOTH = (Pace.ADULT, Pace.ELDER)


@dataclass(frozen=True, slots=True)
class Saved:
    """The scenario, and whether this call made it or an earlier one did."""

    scenario: Scenario
    created: bool


def save(
    *,
    circle: Circle,
    client_id: UUID,
    plan: Plan,
    on: date,
    invented: bool = False,
    paces: tuple[Pace, ...] = BOTH,
    by: By,
    at: datetime,
) -> Saved:
    """Keep changes under a name, with what they would do at each pace.

    The same ``client_id`` again gives the scenario that is there.

    Raises
    ------
    Refused
        NEEDS_TEXT without a name; as ``queries.effects.effect``; CHANGED if the circle
        was changed meanwhile, CLOSED.
    """
    if not plan.name.strip():
        raise Refused(Why.NEEDS_TEXT, field="name")
    rules.check(plan.changes)
    known = Scenario.objects.filter(client_id=client_id).first()
    if known is not None:
        return Saved(known, created=False)
    effects = _effects(circle, plan.changes, paces, on)
    try:
        with transaction.atomic():
            fresh = take(circle, version=circle.version)
            made = _lay(fresh, client_id, plan, on, invented, by, at)
            _outcomes(made, effects, at)
            count_scenarios([made.pk], at=at, new=True)
            return Saved(made, created=True)
    except IntegrityError:
        known = Scenario.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return Saved(known, created=False)


def _effects(
    circle: Circle, changes: tuple[rules.Change, ...], paces: tuple[Pace, ...], on: date
) -> list[Effect]:
    return [effect(circle, circle.setting(pace), changes, today=on) for pace in paces]


def _lay(
    circle: Circle,
    client_id: UUID,
    plan: Plan,
    on: date,
    invented: bool,  # noqa: FBT001 - handed on from a keyword
    by: By,
    at: datetime,
) -> Scenario:
    made = Scenario.objects.create(
        client_id=client_id,
        circle=circle,
        name=plan.name.strip(),
        note=plan.note.strip(),
        network=circle.network,
        invented=invented,
        made_on=on,
        by=by,
        at=at,
    )
    Change.objects.bulk_create(
        Change(
            scenario=made,
            position=position,
            what=said.what.value,
            link=said.link.value if said.link else "",
            lon=said.lon,
            lat=said.lat,
            to_lon=said.to_lon,
            to_lat=said.to_lat,
            length_mm=said.length_mm,
            seconds=said.seconds,
            kind_id=said.kind_id,
            facility_id=said.facility_id,
            capacity=said.capacity,
            name=said.name,
        )
        for position, said in enumerate(plan.changes, start=1)
    )
    note(
        made,
        action="save",
        by=by,
        at=at,
        after={
            "name": made.name,
            "on": on,
            "network": circle.network_id,
            "changes": [said.what.value for said in plan.changes],
        },
    )
    return made


def _outcomes(scenario: Scenario, effects: list[Effect], at: datetime) -> list[Outcome]:
    return Outcome.objects.bulk_create(
        Outcome(
            scenario=scenario,
            kind=each.kind,
            pace=found.seen.setting.pace.value,
            slope=found.seen.setting.slope,
            minutes=found.seen.setting.minutes,
            homes_gained=each.homes_gained,
            homes_lost=each.homes_lost,
            residents_gained=each.residents_gained,
            residents_lost=each.residents_lost,
            elderly_gained=each.elderly_gained,
            elderly_lost=each.elderly_lost,
            homes_nearer=each.homes_nearer,
            homes_farther=each.homes_farther,
            residents_inside=each.residents_inside,
            digest=found.seen.digest,
            at=at,
        )
        for found in effects
        for each in found.kinds
    )


def compute(
    *,
    scenario: Scenario,
    on: date,
    paces: tuple[Pace, ...] = BOTH,
    by: By,
    at: datetime,
    version: int | None = None,
) -> list[Outcome]:
    """Compute a scenario anew on the circle's present network, homes and facilities.

    It is on that network from then on. The same digests write nothing.

    Raises
    ------
    Refused
        As ``queries.effects.effect_of``; CHANGED, CLOSED.
    """
    circle = scenario.circle
    said = tuple(row.said() for row in scenario.changes.all())
    effects = _effects(circle, said, paces, on)
    with transaction.atomic():
        take(circle, version=circle.version)
        fresh = take_scenario(scenario, version=version)
        digests = {
            found.seen.setting.pace.value: found.seen.digest for found in effects
        }
        old = list(fresh.outcomes.filter(pace__in=digests))
        known = {row.pace: row.digest for row in old}
        if known == digests:
            return old
        fresh.outcomes.filter(pace__in=digests).delete()
        made = _outcomes(fresh, effects, at)
        put(
            fresh,
            action="compute",
            by=by,
            at=at,
            values={"network": circle.network},
        )
        return made


@transaction.atomic
def mark_built(
    *,
    scenario: Scenario,
    on: date | None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Scenario:
    """Say on which day what it draws stood there; None takes that back.

    Raises
    ------
    Refused
        BAD_VALUE for a day that has not come; CHANGED, CLOSED.
    """
    fresh = take_scenario(scenario, version=version)
    if on is not None and on > at.astimezone(SHANGHAI).date():
        raise Refused(Why.BAD_VALUE, field="built_on")
    if fresh.built_on != on:
        put(fresh, action="mark_built", by=by, at=at, values={"built_on": on})
        count_scenarios([fresh.pk], at=at)
    return fresh


@transaction.atomic
def withdraw(
    *, scenario: Scenario, by: By, at: datetime, version: int | None = None
) -> Scenario:
    """Take a scenario out of lists and figures; the audit keeps what it was."""
    fresh = take_scenario(scenario, version=version)
    put(fresh, action="withdraw", by=by, at=at, values={"withdrawn_at": at})
    count_scenarios([fresh.pk], at=at)
    return fresh
