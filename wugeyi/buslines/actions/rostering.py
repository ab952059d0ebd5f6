"""Rosters are asked for and made by the worker of ``jobs``."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.buslines.actions.scenarios import take_scenario
from wugeyi.buslines.actions.writing import By, note
from wugeyi.buslines.adapter import planning, rostering
from wugeyi.buslines.models import Plan, Roster
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.jobs.actions import ask

WORK = "buslines.roster"
MOST_DAYS = 56


def ask_for_roster(
    *,
    plan: Plan,
    client_id: UUID,
    first_day: date,
    days: int = 28,
    by: By,
    at: datetime,
) -> Roster:
    """Freeze who drives what and queue the search.

    Drivers, their absences, other duties and rules are those of the first day. The
    same ``client_id`` again gives the roster that is there.

    Raises
    ------
    Refused
        NEEDS_PLANNING; NOT_READY before the plan was worked out; BAD_VALUE (days);
        CLOSED.
    """
    missing = planning.lacking()
    if missing:
        raise Refused(Why.NEEDS_PLANNING, packages=", ".join(missing))
    if not 1 <= days <= MOST_DAYS:
        raise Refused(Why.BAD_VALUE, field="days", least=1, most=MOST_DAYS)
    if plan.result is None:
        raise Refused(Why.NOT_READY)
    known = _known(client_id)
    if known is not None:
        return known
    gathered = case_of(plan.scenario.line, first_day)
    inputs = rostering.freeze(
        plan.inputs,
        plan.result,
        gathered.drivers,
        gathered.duties,
        gathered.roster_rules,
    )
    made = Roster(
        client_id=client_id,
        plan=plan,
        first_day=first_day,
        days=days,
        inputs=inputs,
        by=by,
        at=at,
    )
    try:
        with transaction.atomic():
            return _queue(made, by, at)
    except IntegrityError:
        known = _known(client_id)
        if known is None:
            raise
        return known


def _known(client_id: UUID) -> Roster | None:
    return Roster.objects.filter(client_id=client_id).select_related("work").first()


def _queue(made: Roster, by: By, at: datetime) -> Roster:
    scenario = take_scenario(made.plan.scenario)
    made.save()
    made.work = ask(
        kind=WORK,
        subject=made.pk,
        organisation_id=scenario.line.organisation_id,
        by=by,
        at=at,
    )
    made.save(update_fields=["work"])
    note(
        made,
        line=scenario.line,
        action="ask_for_roster",
        by=by,
        at=at,
        after={"plan": made.plan_id, "first_day": made.first_day, "days": made.days},
    )
    return made


@transaction.atomic
def answer(*, roster: Roster, made: rostering.Rostered, at: datetime) -> Roster:
    """Write the roster, or why there can be none; a second run replaces the first's."""
    fresh = (
        Roster.objects.select_for_update(of=("self",))
        .select_related("plan__scenario__line", "by")
        .get(pk=roster.pk)
    )
    fresh.result = made.result
    fresh.findings = made.findings
    fresh.proven = made.proven
    fresh.finished_at = at
    fresh.save()
    note(
        fresh,
        line=fresh.plan.scenario.line,
        action="answer_roster",
        by=fresh.by,
        at=at,
        after={
            "found": made.result is not None,
            "findings": len(made.findings),
            "proven": made.proven,
        },
    )
    return fresh
