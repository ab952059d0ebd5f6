"""What came of a decision, and which cases caused it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes
from wugeyi.branchwork.actions.links import link
from wugeyi.branchwork.actions.records import take, tell
from wugeyi.branchwork.models import Decision, DecisionCase
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
