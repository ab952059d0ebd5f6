"""What came of a decision, which cases caused it, and how it was taken."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes
from wugeyi.branchwork.actions.links import link
from wugeyi.branchwork.actions.records import take, tell
from wugeyi.branchwork.models import Decision, DecisionCase, Meeting
from wugeyi.branchwork.rules.meetings import Stage
from wugeyi.casework.models import Case
from wugeyi.figures.actions import refresh

OUTCOME = ("adopted", "outcome", "outcome_on")


@transaction.atomic
def record_outcome(
    *,
    decision: Decision,
    adopted: str,
    outcome: str,
    on: date | None,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """Tell whether the opinion was adopted and what came of it, when that is known.

    Raises
    ------
    Refused
        The decision was withdrawn, or written since ``version``.
    """
    decision = take(decision, version=version)
    before = changes(decision, OUTCOME)
    decision.adopted, decision.outcome = adopted, outcome
    decision.outcome_on = on if outcome else None
    decision.outcome_by = by
    decision.version += 1
    decision.save(update_fields=[*OUTCOME, "outcome_by", "version"])
    tell(
        "record_outcome",
        decision,
        by=by,
        at=at,
        before=before,
        after=changes(decision, OUTCOME),
    )
    refresh(source=Decision.SOURCE, records=[decision.pk], at=at)
    return decision


@transaction.atomic
def link_cases(
    *, decision: Decision, cases: Iterable[Case], by: User | None, at: datetime
) -> list[int]:
    """Name cases that caused a decision; those named already change nothing.

    Returns the keys of the cases added; without any there is no event.
    """
    decision = take(decision, version=None)
    added = link(decision=decision, cases=cases, at=at)
    if added:
        tell("link_cases", decision, by=by, at=at, after={"cases": added})
        refresh(source=Decision.SOURCE, records=[decision.pk], at=at)
    return added


@transaction.atomic
def unlink_case(
    *, decision: Decision, case_id: int, by: User | None, at: datetime
) -> bool:
    """Take a case off a decision it did not cause; False if it was not there."""
    decision = take(decision, version=None)
    gone, _each = DecisionCase.objects.filter(decision=decision, case=case_id).delete()
    if gone:
        tell("unlink_case", decision, by=by, at=at, before={"cases": [case_id]})
        refresh(source=Decision.SOURCE, records=[decision.pk], at=at)
    return bool(gone)


@transaction.atomic
def record_meetings(
    *,
    decision: Decision,
    meetings: Mapping[Stage, Mapping[str, object]],
    by: User | None,
    at: datetime,
) -> list[Meeting]:
    """Write how a decision was taken, stage by stage; a stage left out is removed.

    Each stage gives ``body``, ``held_on``, ``due``, ``attended``, ``in_favour``; what
    is not known is None.
    """
    decision = take(decision, version=None)
    before = {each.stage: _line(each) for each in decision.meetings.order_by("pk")}
    decision.meetings.all().delete()
    made = Meeting.objects.bulk_create(
        Meeting(decision=decision, stage=stage.value, **values)
        for stage, values in meetings.items()
    )
    tell(
        "record_meetings",
        decision,
        by=by,
        at=at,
        before=before,
        after={each.stage: _line(each) for each in made},
    )
    return made


def _line(each: Meeting) -> str:
    numbers = (each.due, each.attended, each.in_favour)
    said = "/".join("?" if number is None else str(number) for number in numbers)
    return f"{each.held_on or '?'} {each.body} {said}".strip()
