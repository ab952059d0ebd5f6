"""The chain need → case → decision → project → result, from any of its links.

From where one stands, everything before that led here and everything after that came
of it, at a fixed number of queries. What one may not read is counted, never shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse

from wugeyi.branchwork.models import Decision, DecisionCase
from wugeyi.casework.models import Case
from wugeyi.casework.queries.access import visible as visible_cases
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Project, ProjectCase, Result
from wugeyi.projects.rules import access

MOST = 50
NEED, CASE, DECISION, PROJECT, RESULT = (
    "need",
    "case",
    "decision",
    "project",
    "result",
)
ORDER = (NEED, CASE, DECISION, PROJECT, RESULT)
CUT = 80


@dataclass(frozen=True, slots=True)
class Link:
    """One record of the chain. ``row`` is what the template tells its state from."""

    title: str
    url: str
    on: date | None
    place: str
    row: object
    here: bool = False


@dataclass(slots=True)
class Step:
    """All records of one sort; ``hidden`` counts those that may not be read."""

    name: str
    links: list[Link] = field(default_factory=list)
    hidden: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is on record."""
        return not self.links and not self.hidden


@dataclass(slots=True)
class Keys:
    """Which records the chain holds."""

    cases: set[int] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    projects: set[int] = field(default_factory=set)


def chain_of_case(case: Case, reach: Reach) -> list[Step]:
    """Return the chain a case is in; seven queries."""
    decisions = set(
        DecisionCase.objects.filter(case=case, decision__withdrawn_at=None).values_list(
            "decision_id", flat=True
        )[:MOST]
    )
    linked = ProjectCase.objects.filter(case=case).values("project")
    projects = set(
        Project.objects.filter(
            Q(decision__in=decisions) | Q(pk__in=linked), withdrawn_at=None
        ).values_list("pk", flat=True)[:MOST]
    )
    return _steps(Keys({case.pk}, decisions, projects), reach, here=(CASE, case.pk))


def chain_of_decision(decision: Decision, reach: Reach) -> list[Step]:
    """Return the chain a decision is in; seven queries."""
    cases = _cases_of(decision.pk)
    projects = set(
        Project.objects.filter(decision=decision, withdrawn_at=None).values_list(
            "pk", flat=True
        )[:MOST]
    )
    return _steps(
        Keys(cases, {decision.pk}, projects), reach, here=(DECISION, decision.pk)
    )


def chain_of_project(project: Project, reach: Reach) -> list[Step]:
    """Return the chain a project is in; seven queries."""
    decision = project.decision_id
    cases = _cases_of(decision) if decision else set()
    cases |= set(
        ProjectCase.objects.filter(project=project).values_list("case_id", flat=True)[
            :MOST
        ]
    )
    decisions = {decision} if decision else set()
    return _steps(
        Keys(cases, decisions, {project.pk}), reach, here=(PROJECT, project.pk)
    )


def _cases_of(decision: int) -> set[int]:
    return set(
        DecisionCase.objects.filter(decision=decision).values_list(
            "case_id", flat=True
        )[:MOST]
    )


def _steps(keys: Keys, reach: Reach, *, here: tuple[str, int]) -> list[Step]:
    steps = {name: Step(name) for name in ORDER}
    _add_cases(steps, keys.cases, reach, here)
    _add_decisions(steps[DECISION], keys.decisions, reach, here)
    readable = _add_projects(steps[PROJECT], keys.projects, reach, here)
    _add_results(steps[RESULT], keys.projects, readable)
    return [steps[name] for name in ORDER]


def _add_cases(
    steps: dict[str, Step], keys: set[int], reach: Reach, here: tuple[str, int]
) -> None:
    rows = (
        visible_cases(reach)
        .filter(pk__in=keys)
        .select_related("place")
        .only("registered_on", "text", "state", "outcome", "channel", "place__name")
        .order_by("registered_on", "pk")
    )
    found = list(rows) if keys else []
    for case in found:
        url = reverse("desk:case", args=[case.pk])
        text = case.text if len(case.text) <= CUT else f"{case.text[: CUT - 1]}…"
        steps[NEED].links.append(
            Link(text, url, case.registered_on, case.place.name, case)
        )
        steps[CASE].links.append(
            Link(
                case.number,
                f"{url}#timeline-title",
                case.registered_on,
                case.place.name,
                case,
                here=here == (CASE, case.pk),
            )
        )
    steps[NEED].hidden = steps[CASE].hidden = len(keys) - len(found)


def _add_decisions(
    step: Step, keys: Iterable[int], reach: Reach, here: tuple[str, int]
) -> None:
    wanted = list(keys)
    rows = (
        Decision.objects.filter(pk__in=wanted)
        .select_related("organisation")
        .order_by("held_on", "pk")
    )
    for row in rows if wanted else ():
        if not access.reads(reach, row.organisation.path):
            step.hidden += 1
            continue
        step.links.append(
            Link(
                row.matter[:CUT],
                row.get_absolute_url(),
                row.held_on,
                row.organisation.name,
                row,
                here=here == (DECISION, row.pk),
            )
        )


def _add_projects(
    step: Step, keys: Iterable[int], reach: Reach, here: tuple[str, int]
) -> set[int]:
    wanted = list(keys)
    readable: set[int] = set()
    rows = (
        Project.objects.filter(pk__in=wanted)
        .select_related("organisation", "other_kind")
        .order_by("started_on", "pk")
    )
    for row in rows if wanted else ():
        if not access.reads(reach, row.organisation.path):
            step.hidden += 1
            continue
        readable.add(row.pk)
        step.links.append(
            Link(
                row.title,
                reverse("projects:project", args=[row.pk]),
                row.started_on,
                row.organisation.name,
                row,
                here=here == (PROJECT, row.pk),
            )
        )
    return readable


def _add_results(step: Step, projects: set[int], readable: set[int]) -> None:
    rows = Result.objects.filter(project__in=projects, withdrawn_at=None).order_by(
        "after_last", "pk"
    )
    for row in rows if projects else ():
        if row.project_id not in readable:
            step.hidden += 1
            continue
        url = reverse("projects:project", args=[row.project_id])
        step.links.append(
            Link(row.name, f"{url}#result-{row.pk}", row.after_last, "", row)
        )
