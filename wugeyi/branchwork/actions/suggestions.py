"""A suggestion goes its way: taken up, declined, done."""

from datetime import date, datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes
from wugeyi.branchwork.actions.records import take, tell
from wugeyi.branchwork.models import Suggestion
from wugeyi.branchwork.rules.refusals import Refused, Why
from wugeyi.branchwork.rules.suggestions import State, may_become
from wugeyi.figures.actions import refresh

FIELDS = ("state", "decided_on", "result", "ended_on")


@transaction.atomic
def follow(
    *,
    suggestion: Suggestion,
    state: State,
    result: str,
    on: date,
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Suggestion:
    """Tell on which day a suggestion was adopted, declined or done, and with what result.

    Raises
    ------
    Refused
        NOT_NOW: it cannot go there from where it stands; BEFORE_BEGIN: the day is
        before it was made; else as :func:`~wugeyi.branchwork.actions.records.take`.
    """
    suggestion = take(suggestion, version=version)
    if not may_become(State(suggestion.state), state):
        raise Refused(Why.NOT_NOW)
    if on < suggestion.made_on:
        raise Refused(Why.BEFORE_BEGIN)
    before = changes(suggestion, FIELDS)
    if state is not State.DONE or suggestion.decided_on is None:
        suggestion.decided_on = on
    suggestion.state = state.value
    suggestion.result = result or suggestion.result
    suggestion.ended_on = None if state is State.ADOPTED else on
    suggestion.version += 1
    suggestion.save(update_fields=[*FIELDS, "version"])
    tell(
        "follow",
        suggestion,
        by=by,
        at=at,
        before=before,
        after=changes(suggestion, FIELDS),
    )
    refresh(source=Suggestion.SOURCE, records=[suggestion.pk], at=at)
    return suggestion
