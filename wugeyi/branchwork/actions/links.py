"""Which cases caused a decision."""

from collections.abc import Iterable
from datetime import datetime

from wugeyi.branchwork.models import Decision, DecisionCase
from wugeyi.casework.models import Case


def link(*, decision: Decision, cases: Iterable[Case], at: datetime) -> list[int]:
    """Link cases that are not linked yet; part of an act. Returns the keys added."""
    known = set(decision.causes.values_list("case_id", flat=True))
    fresh = [case for case in dict.fromkeys(cases) if case.pk not in known]
    DecisionCase.objects.bulk_create(
        DecisionCase(decision=decision, case=case, linked_at=at) for case in fresh
    )
    return [case.pk for case in fresh]
