"""A project begins, changes, ends, and is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.figures.actions import refresh
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.projects.actions.writing import By, note, put, take
from wugeyi.projects.models import FundAccount, Money, OtherKind, Project, ProjectCase
from wugeyi.projects.rules.importing import identity_of
from wugeyi.projects.rules.money import MoneyKind
from wugeyi.projects.rules.refusals import Refused, Why
from wugeyi.projects.rules.states import ENDED, State, may_follow, needs_reason

WHOLE = "总预算"
"""The account of a budget that was told as one sum."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What shall change, from what to what, by when."""

    text: str = ""
    measure: str = ""
    indicator: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None

    def columns(self) -> dict[str, object]:
        """Return the values by the project's columns."""
        return {
            "goal": self.text,
            "measure": self.measure,
            "indicator": self.indicator,
            "unit": self.unit,
            "baseline": self.baseline,
            "baseline_on": self.baseline_on,
            "target": self.target,
            "target_on": self.target_on,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form or a row of an import says of a new project."""

    client_id: UUID
    organisation: Organisation
    kind: str
    title: str
    started_on: date
    goal: Goal = field(default_factory=Goal)
    other_kind: OtherKind | None = None
    number: str = ""
    level: str = ""
    decision: Decision | None = None
    state: State = State.RUNNING
    state_on: date | None = None
    state_reason: str = ""
    budget_fen: int = 0


@dataclass(frozen=True, slots=True)
class Begun:
    """The project, and whether this call made it or an earlier one did."""

    project: Project
    created: bool


def begin(
    *,
    plan: Plan,
    cases: Iterable[Case] = (),
    batch: Batch | None = None,
    by: By,
    at: datetime,
) -> Begun:
    """Record a project; the same ``client_id`` again gives the one that is there.

    Raises
    ------
    Refused
        It begins in a state that needs a reason and gives none.
    """
    try:
        with transaction.atomic():
            laid = lay(plan=plan, cases=list(cases), batch=batch, by=by, at=at)
            count_new([laid], at=at)
            return Begun(laid.project, created=True)
    except IntegrityError:
        known = Project.objects.filter(client_id=plan.client_id).first()
        if known is None:
            raise
        return Begun(known, created=False)


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows written and not yet counted."""

    project: Project
    money: Money | None


def lay(
    *, plan: Plan, cases: list[Case], batch: Batch | None, by: By, at: datetime
) -> Laid:
    """Write a project and its event; part of an act, which then calls ``count_new``."""
    if needs_reason(State.RUNNING, plan.state) and not plan.state_reason.strip():
        raise Refused(Why.NEEDS_REASON)
    project = Project.objects.create(
        **_columns(plan),
        **plan.goal.columns(),
        batch=batch,
        recorded_by=by,
        recorded_at=at,
    )
    ProjectCase.objects.bulk_create(
        ProjectCase(project=project, case=case, at=at) for case in cases
    )
    money = _budget(project, plan.budget_fen, at)
    note(
        project,
        action="begin",
        by=by,
        at=at,
        after={
            "title": plan.title,
            "kind": plan.kind,
            "state": project.state,
            "started_on": plan.started_on,
            "goal": plan.goal.text,
            "decision": project.decision_id,
            "cases": [case.pk for case in cases],
            "budget_fen": plan.budget_fen,
        },
    )
    return Laid(project, money)


def _columns(plan: Plan) -> dict[str, object]:
    day = plan.state_on or plan.started_on
    return {
        "client_id": plan.client_id,
        "organisation": plan.organisation,
        "kind": plan.kind,
        "other_kind": plan.other_kind,
        "title": plan.title,
        "number": plan.number,
        "level": plan.level,
        "decision": plan.decision,
        "started_on": plan.started_on,
        "state": plan.state.value,
        "state_on": day,
        "state_reason": plan.state_reason,
        "ended_on": day if plan.state in ENDED else None,
        "identity": identity_of(
            kind=plan.kind,
            number=plan.number,
            title=plan.title,
            started_on=plan.started_on,
            organisation=plan.organisation.code,
        ),
    }


def _budget(project: Project, amount_fen: int, at: datetime) -> Money | None:
    if not amount_fen:
        return None
    account = FundAccount.objects.create(
        project=project,
        name=WHOLE,
        special=project.kind == "fund",
        recorded_at=at,
    )
    return Money.objects.create(
        account=account,
        kind=MoneyKind.BUDGET.value,
        amount_fen=amount_fen,
        on=project.started_on,
        recorded_at=at,
    )


def count_new(laid: Iterable[Laid], *, at: datetime) -> None:
    """Count what was just written; once for many."""
    rows = list(laid)
    refresh(
        source="projects", records=[row.project.pk for row in rows], at=at, new=True
    )
    money = [row.money.pk for row in rows if row.money is not None]
    if money:
        refresh(source="project_money", records=money, at=at, new=True)


@transaction.atomic
def change(
    *,
    project: Project,
    values: Mapping[str, object],
    by: By,
    at: datetime,
    version: int | None = None,
) -> Project:
    """Correct what was said of a project; the audit keeps what stood there before."""
    project = take(project, version=version)
    project = put(project, action="change", by=by, at=at, values=values)
    identity = identity_of(
        kind=project.kind,
        number=project.number,
        title=project.title,
        started_on=project.started_on,
        organisation=project.organisation.code,
    )
    if identity != project.identity:
        project.identity = identity
        project.save(update_fields=["identity"])
    return project


@transaction.atomic
def move_on(
    *,
    project: Project,
    to: State,
    on: date,
    reason: str = "",
    by: By,
    at: datetime,
    version: int | None = None,
) -> Project:
    """Let a project begin, end, fail, or be taken up again.

    Raises
    ------
    Refused
        The state does not follow, or the step must say why and does not.
    """
    project = take(project, version=version)
    old = State(project.state)
    if not may_follow(old, to):
        raise Refused(Why.NOT_NOW)
    if needs_reason(old, to) and not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    values: dict[str, object] = {
        "state": to.value,
        "state_on": on,
        "state_reason": reason,
        "ended_on": on if to in ENDED else None,
    }
    return put(project, action="move_on", by=by, at=at, values=values)


@transaction.atomic
def withdraw(
    *,
    project: Project,
    reason: str,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Project:
    """Take a project out of every count that should never have been recorded.

    It is not for projects that failed: those end as failed, and stay.
    """
    project = take(project, version=version)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    values: dict[str, object] = {
        "withdrawn_at": at,
        "state_reason": reason,
        "identity": "",
        "published_at": None,
    }
    project = put(project, action="withdraw", by=by, at=at, values=values)
    # A list may bring it again, rightly this time.
    project.client_id = uuid4()
    project.save(update_fields=["client_id"])
    _refresh_rows(project, at)
    return project


def _refresh_rows(project: Project, at: datetime) -> None:
    rows = {
        "project_money": Money.objects.filter(account__project=project),
        "project_partners": project.partners.all(),
        "project_results": project.results.all(),
    }
    for source, query in rows.items():
        keys = list(query.values_list("pk", flat=True))
        if keys:
            refresh(source=source, records=keys, at=at)


@transaction.atomic
def link_case(
    *,
    project: Project,
    case: Case,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Project:
    """Say that a case led to this project; saying it twice changes nothing."""
    project = take(project, version=version)
    _link, created = ProjectCase.objects.get_or_create(
        project=project, case=case, defaults={"at": at}
    )
    if created:
        note(project, action="link_case", by=by, at=at, after={"case": case.pk})
    return project


@transaction.atomic
def publish(
    *,
    project: Project,
    goal: str,
    result: str = "",
    by: By,
    at: datetime,
    version: int | None = None,
) -> Project:
    """Show title, goal, state and result to everybody, in words a person chose."""
    project = take(project, version=version)
    if not goal.strip():
        raise Refused(Why.NEEDS_TEXT)
    values = {
        "public_goal": goal,
        "public_result": result,
        "published_at": project.published_at or at,
    }
    return put(project, action="publish", by=by, at=at, values=values)


@transaction.atomic
def unpublish(
    *, project: Project, by: By, at: datetime, version: int | None = None
) -> Project:
    """Take a project off the public page; its public words stay for the next time."""
    project = take(project, version=version)
    values: dict[str, object] = {"published_at": None}
    return put(project, action="unpublish", by=by, at=at, values=values)
