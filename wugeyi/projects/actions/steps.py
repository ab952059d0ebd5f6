"""Milestones and risks: planned, moved with a reason, done, and what came of them."""

from datetime import date, datetime

from django.db import transaction

from wugeyi.projects.actions.writing import By, note, own, take, touch
from wugeyi.projects.models import Milestone, MilestoneMove, Project, Risk
from wugeyi.projects.rules.refusals import Refused, Why


@transaction.atomic
def plan_milestone(
    *,
    project: Project,
    name: str,
    due_on: date,
    done_on: date | None = None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Milestone:
    """Say what is to be done by a day (or was done: both days at once)."""
    project = take(project, version=version)
    made = Milestone.objects.create(
        project=project, name=name, due_on=due_on, done_on=done_on, recorded_at=at
    )
    touch(project)
    after = {"milestone": name, "due_on": due_on, "done_on": done_on}
    note(project, action="plan_milestone", by=by, at=at, after=after)
    return made


@transaction.atomic
def move_milestone(
    *,
    project: Project,
    milestone: Milestone,
    to: date,
    reason: str,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Milestone:
    """Plan another day for it. The day before and the reason stay readable."""
    project = take(project, version=version)
    milestone = own(project, milestone)
    if milestone.done_on is not None:
        raise Refused(Why.ALREADY_DONE)
    if milestone.due_on == to:
        raise Refused(Why.SAME_DAY)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    before = milestone.due_on
    MilestoneMove.objects.create(
        milestone=milestone, from_on=before, to_on=to, reason=reason, at=at
    )
    milestone.due_on = to
    milestone.save(update_fields=["due_on"])
    touch(project)
    note(
        project,
        action="move_milestone",
        by=by,
        at=at,
        before={"due_on": before},
        after={"milestone": milestone.name, "due_on": to, "reason": reason},
    )
    return milestone


@transaction.atomic
def finish_milestone(
    *,
    project: Project,
    milestone: Milestone,
    on: date | None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Milestone:
    """Say on which day it was done; None takes a wrong day back."""
    project = take(project, version=version)
    milestone = own(project, milestone)
    before = milestone.done_on
    milestone.done_on = on
    milestone.save(update_fields=["done_on"])
    touch(project)
    note(
        project,
        action="finish_milestone",
        by=by,
        at=at,
        before={"done_on": before},
        after={"milestone": milestone.name, "done_on": on},
    )
    return milestone


@transaction.atomic
def see_risk(
    *,
    project: Project,
    kind: str,
    text: str,
    seen_on: date,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Risk:
    """Write down what may go wrong."""
    project = take(project, version=version)
    made = Risk.objects.create(
        project=project, kind=kind, text=text, seen_on=seen_on, recorded_at=at
    )
    touch(project)
    after = {"risk": text, "kind": kind, "seen_on": seen_on}
    note(project, action="see_risk", by=by, at=at, after=after)
    return made


@transaction.atomic
def end_risk(
    *,
    project: Project,
    risk: Risk,
    happened: bool,
    outcome: str,
    on: date,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Risk:
    """Say whether it happened and what came of it."""
    project = take(project, version=version)
    risk = own(project, risk)
    if not outcome.strip():
        raise Refused(Why.NEEDS_TEXT)
    before = {"outcome": risk.outcome}
    risk.state = Risk.State.HAPPENED if happened else Risk.State.AVERTED
    risk.outcome, risk.outcome_on = outcome, on
    risk.save(update_fields=["state", "outcome", "outcome_on"])
    touch(project)
    note(
        project,
        action="end_risk",
        by=by,
        at=at,
        before=before,
        after={
            "risk": risk.text,
            "happened": happened,
            "outcome": outcome,
            "outcome_on": on,
        },
    )
    return risk
