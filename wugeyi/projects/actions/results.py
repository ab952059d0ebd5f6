"""What came of a project: values before and after, and photographs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wugeyi.figures.actions import refresh
from wugeyi.projects.actions.writing import By, note, own, take, touch
from wugeyi.projects.models import Evidence, Project, Result
from wugeyi.projects.queries.measured import Reading, reading
from wugeyi.projects.rules.goals import reached
from wugeyi.projects.rules.refusals import Refused, Why
from wugeyi.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class Measured:
    """A value somebody found, and how. ``name`` "": the project's own goal."""

    after: Decimal
    on: date
    method: str
    measured_by: str
    note: str = ""
    name: str = ""
    unit: str = ""
    before: Decimal | None = None
    before_on: date | None = None


@transaction.atomic
def add_result(
    *,
    project: Project,
    found: Measured,
    replaces: Result | None = None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Result:
    """Record a typed result. For the goal itself "before" is its baseline if not given."""
    project = take(project, version=version)
    of_goal = not found.name.strip()
    if of_goal and not project.is_measured:
        raise Refused(Why.NOTHING_MEASURED)
    if not found.measured_by.strip():
        raise Refused(Why.NEEDS_TEXT)
    before, before_on = found.before, found.before_on
    if of_goal and before is None:
        before, before_on = project.baseline, project.baseline_on
    result = Result(
        project=project,
        of_goal=of_goal,
        name=project.indicator if of_goal else found.name,
        unit=project.unit if of_goal else found.unit,
        method=found.method,
        measured_by=found.measured_by,
        note=found.note,
        before=before,
        before_first=before_on,
        before_last=before_on,
        after=found.after,
        after_first=found.on,
        after_last=found.on,
    )
    return _keep(project, result, replaces, by, at)


@transaction.atomic
def compute_result(
    *,
    project: Project,
    before: tuple[date, date],
    after: tuple[date, date],
    note_text: str = "",
    replaces: Result | None = None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Result:
    """Compute the goal's figure over a period before and one after, both as of ``at``.

    Raises
    ------
    Refused
        The goal names no figure, or nothing is on record for the later period.
    """
    project = take(project, version=version)
    if not project.measure:
        raise Refused(Why.NOTHING_MEASURED)
    old = reading(project, before, as_of=at)
    new = reading(project, after, as_of=at)
    if new.value is None:
        raise Refused(Why.NOTHING_MEASURED)
    result = Result(
        project=project,
        of_goal=True,
        name=new.name[:80],
        unit=new.unit,
        method=Result.Method.FIGURE,
        note=note_text,
        measure=project.measure,
        measure_version=new.version,
        as_of=at,
        before=old.value,
        before_first=before[0],
        before_last=before[1],
        before_numerator=old.numerator,
        before_denominator=old.denominator,
        **_after(new, after),
    )
    return _keep(project, result, replaces, by, at)


def _after(new: Reading, period: tuple[date, date]) -> dict[str, object]:
    return {
        "after": new.value,
        "after_first": period[0],
        "after_last": period[1],
        "after_numerator": new.numerator,
        "after_denominator": new.denominator,
    }


def _keep(
    project: Project, result: Result, replaces: Result | None, by: By, at: datetime
) -> Result:
    old = own(project, replaces) if replaces is not None else None
    if old is not None:
        old.withdrawn_at = at
        old.save(update_fields=["withdrawn_at"])
    if result.of_goal:
        baseline = result.before if project.baseline is None else project.baseline
        result.reached = reached(baseline, project.target, result.after)
    result.replaces = old
    result.recorded_at = at
    result.save()
    touch(project)
    note(
        project,
        action="correct_result" if old else "add_result",
        by=by,
        at=at,
        before=_told(old) if old else None,
        after=_told(result),
    )
    if old is not None:
        refresh(source="project_results", records=[old.pk], at=at)
    refresh(source="project_results", records=[result.pk], at=at, new=True)
    return result


def _told(result: Result) -> dict[str, object]:
    return {
        "result": result.name,
        "before": None if result.before is None else str(result.before),
        "after": str(result.after),
        "on": result.after_last,
        "method": result.method,
        "reached": result.reached,
    }


@transaction.atomic
def add_evidence(
    *,
    project: Project,
    uploads: Sequence[Upload],
    phase: str,
    caption: str = "",
    taken_on: date | None = None,
    pair: Evidence | None = None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> list[Evidence]:
    """Add photographs; ``pair`` is the "before" the first of them stands beside."""
    project = take(project, version=version)
    if not uploads:
        raise Refused(Why.NEEDS_TEXT)
    earlier = own(project, pair) if pair is not None else None
    made = [
        Evidence.objects.create(
            project=project,
            upload=upload,
            phase=phase,
            caption=caption,
            taken_on=taken_on,
            pair=earlier if place == 0 else None,
            recorded_at=at,
        )
        for place, upload in enumerate(uploads)
    ]
    touch(project)
    after = {"photos": len(made), "phase": phase, "caption": caption}
    note(project, action="add_evidence", by=by, at=at, after=after)
    return made
