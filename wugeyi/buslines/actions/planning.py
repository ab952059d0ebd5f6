"""Plans are asked for, worked out by the worker of ``jobs``, explained, changed by hand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from wugeyi.buslines.actions.scenarios import take_scenario
from wugeyi.buslines.actions.writing import By, note
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.models import LeftOut, Plan, Scenario
from wugeyi.buslines.queries.inputs import case_of
from wugeyi.buslines.queries.scenarios import overrides_of
from wugeyi.buslines.rules.by_hand import MOST_ACTS, Act, write
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.buslines.rules.scenarios import STEPS, USUAL
from wugeyi.jobs.actions import ask

WORK = "buslines.plan"
REASONS = "buslines.reasons"


def ask_for_plan(
    *,
    scenario: Scenario,
    client_id: UUID,
    steps: int = USUAL,
    by: By,
    at: datetime,
) -> Plan:
    """Freeze a scenario's inputs and queue the search.

    The same ``client_id`` again gives the plan that is there; so does asking again for
    what is being worked out or was worked out to the end. Where another scenario of
    the line has such a plan, its result is taken over: it would come out the same.

    Raises
    ------
    Refused
        NEEDS_PLANNING, NO_INPUTS (the line's records cannot be planned from),
        BAD_VALUE (steps), CLOSED.
    """
    missing = engine.lacking()
    if missing:
        raise Refused(Why.NEEDS_PLANNING, packages=", ".join(missing))
    if steps not in STEPS:
        raise Refused(Why.BAD_VALUE, field="steps")
    known = _known(client_id)
    if known is not None:
        return known
    frozen = _frozen(scenario)
    try:
        with transaction.atomic():
            fresh = take_scenario(scenario)
            return _again(fresh, frozen, steps) or _queue(
                fresh, client_id, frozen, steps, by, at
            )
    except IntegrityError:
        known = _known(client_id)
        if known is None:
            raise
        return known


def _known(client_id: UUID) -> Plan | None:
    return Plan.objects.filter(client_id=client_id).select_related("work").first()


def _frozen(scenario: Scenario) -> engine.Frozen:
    gathered = case_of(scenario.line, scenario.on, overrides=overrides_of(scenario))
    if not gathered.sound or "ways" in gathered.missing:
        raise Refused(Why.NO_INPUTS)
    return engine.freeze(gathered.case, gathered.fares)


def _again(scenario: Scenario, frozen: engine.Frozen, steps: int) -> Plan | None:
    """Return the scenario's plan of the same inputs, under way or worked out."""
    same = Plan.objects.select_related("work").filter(
        scenario=scenario, base=None, digest=frozen.digest, steps=steps, stopped=False
    )
    for plan in same.order_by("-pk"):
        unfinished = plan.work is not None and plan.work.unfinished
        if plan.fares == frozen.fares and (plan.finished_at or unfinished):
            return plan
    return None


def _queue(
    scenario: Scenario,
    client_id: UUID,
    frozen: engine.Frozen,
    steps: int,
    by: By,
    at: datetime,
) -> Plan:
    made = Plan.objects.create(
        client_id=client_id,
        scenario=scenario,
        inputs=frozen.inputs,
        fares=frozen.fares,
        digest=frozen.digest,
        requests=frozen.requests,
        steps=steps,
        by=by,
        at=at,
    )
    twin = _twin(made)
    if twin is not None:
        _take_over(made, twin, at)
    else:
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
        action="ask_for_plan",
        by=by,
        at=at,
        after={
            "scenario": scenario.pk,
            "steps": steps,
            "digest": frozen.digest,
            "same_as": twin.pk if twin else None,
        },
    )
    return made


def _twin(made: Plan) -> Plan | None:
    """Return a plan of the line with the same inputs and work, worked out to the end."""
    return (
        Plan.objects.filter(
            scenario__line=made.scenario.line,
            base=None,
            digest=made.digest,
            steps=made.steps,
            stopped=False,
            finished_at__isnull=False,
        )
        .exclude(
            Exists(LeftOut.objects.filter(plan=OuterRef("pk"), reason__isnull=True))
        )
        .order_by("pk")
        .first()
    )


def _take_over(made: Plan, twin: Plan, at: datetime) -> None:
    """Write what a twin's search found; only fares may differ, which are reckoned."""
    seen = engine.see(made.inputs, made.fares, twin.result)
    _write(made, engine.judge(seen), at)
    kept = dict(twin.left_out.values_list("request", "reason"))
    for row in made.left_out.all():
        row.reason = kept.get(row.request)
        row.save(update_fields=["reason"])


def _write(plan: Plan, worked: engine.Worked, at: datetime) -> None:
    for name, value in worked.columns().items():
        setattr(plan, name, value)
    plan.finished_at = at
    plan.save()
    plan.left_out.all().delete()
    LeftOut.objects.bulk_create(
        LeftOut(
            plan=plan,
            request=each.request,
            persons=each.persons,
            baskets=each.baskets,
        )
        for each in worked.left
    )


@transaction.atomic
def answer(*, plan: Plan, worked: engine.Worked, at: datetime) -> Plan:
    """Write what the search found and queue its reasons.

    A second run of the same work replaces the first's.
    """
    fresh = _take(plan)
    _write(fresh, worked, at)
    line = fresh.scenario.line
    if worked.left:
        ask(
            kind=REASONS,
            subject=fresh.pk,
            organisation_id=line.organisation_id,
            by=fresh.by,
            at=at,
        )
    note(
        fresh,
        line=line,
        action="answer_plan",
        by=fresh.by,
        at=at,
        after={
            "value_fen": fresh.value_fen,
            "bound_fen": fresh.bound_fen,
            "trips": fresh.trips,
            "breaches": len(fresh.breaches),
            "stopped": fresh.stopped,
        },
    )
    return fresh


def _take(plan: Plan) -> Plan:
    return (
        Plan.objects.select_for_update(of=("self",))
        .select_related("scenario__line", "by")
        .get(pk=plan.pk)
    )


@transaction.atomic
def explain(*, plan: Plan, reasons: Sequence[tuple[str, object]], at: datetime) -> Plan:
    """Write why requests are left out, by their codes, as the engine's findings."""
    fresh = _take(plan)
    rows = {row.request: row for row in fresh.left_out.all()}
    told = [(rows[code], reason) for code, reason in reasons if code in rows]
    for row, reason in told:
        row.reason = reason
    LeftOut.objects.bulk_update([row for row, _reason in told], ["reason"])
    note(
        fresh,
        line=fresh.scenario.line,
        action="explain_plan",
        by=fresh.by,
        at=at,
        after={"requests": len(told)},
    )
    return fresh


def save_by_hand(
    *,
    base: Plan,
    client_id: UUID,
    acts: Sequence[Act],
    words: str = "",
    by: By,
    at: datetime,
) -> Plan:
    """Keep a plan changed by hand beside the one it was made of, breaches and all.

    The same ``client_id`` again gives the plan that is there.

    Raises
    ------
    Refused
        NOT_READY if there is nothing to change yet; BAD_VALUE without changes or with
        one that finds nothing to change; TOO_MANY; CLOSED.
    """
    known = _known(client_id)
    if known is not None:
        return known
    if base.result is None:
        raise Refused(Why.NOT_READY)
    if len(acts) > MOST_ACTS:
        raise Refused(Why.TOO_MANY, most=MOST_ACTS)
    seen, lost = engine.changed(engine.see(base.inputs, base.fares, base.result), acts)
    if lost or not acts:
        raise Refused(Why.BAD_VALUE, field="change")
    worked = engine.judge(seen)
    try:
        with transaction.atomic():
            return _keep(base, client_id, worked, acts, words, by, at)
    except IntegrityError:
        known = _known(client_id)
        if known is None:
            raise
        return known


def _keep(
    base: Plan,
    client_id: UUID,
    worked: engine.Worked,
    acts: Sequence[Act],
    words: str,
    by: By,
    at: datetime,
) -> Plan:
    scenario = take_scenario(base.scenario)
    made = Plan(
        client_id=client_id,
        scenario=scenario,
        base=base,
        note=words.strip()[:200],
        inputs=base.inputs,
        fares=base.fares,
        digest=base.digest,
        steps=base.steps,
        by=by,
        at=at,
    )
    _write(made, worked, at)
    # Who was left out already stays so for the same reason.
    kept = dict(base.left_out.values_list("request", "reason"))
    rows = [row for row in made.left_out.all() if kept.get(row.request)]
    for row in rows:
        row.reason = kept[row.request]
    LeftOut.objects.bulk_update(rows, ["reason"])
    note(
        made,
        line=scenario.line,
        action="save_by_hand",
        by=by,
        at=at,
        after={
            "base": base.pk,
            "changes": [write(act) for act in acts],
            "value_fen": made.value_fen,
            "breaches": len(made.breaches),
        },
    )
    return made
