"""How every act takes a case and puts it back: locked, checked, counted, audited."""

from collections.abc import Mapping
from datetime import datetime

from wugeyi.accounts.models import User
from wugeyi.audit.actions import alter, record
from wugeyi.audit.rules import Actor, Private
from wugeyi.casework.actions import telling
from wugeyi.casework.models import Case
from wugeyi.casework.queries.deadlines import deadlines_from, pauses_of
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.casework.rules.states import NotNow, State, Step, after_step
from wugeyi.figures.actions import refresh

By = User | Actor | None
# What the figures' source reads: other changes leave every figure as it is.
COUNTED = frozenset(
    {
        "category",
        "place",
        "state",
        "outcome",
        "excluded",
        "danger",
        "contact_due_at",
        "contacted_at",
        "due_at",
        "closed_on",
        "satisfaction",
        "reopened",
    }
)
# Made from the reporter's words: never in clear in the audit.
PERSONAL = frozenset({"public_text"})
RESIDENT = Actor("诉求人")


def person(by: By) -> User | None:
    """Return the member of staff among those who may act, for a foreign key."""
    return by if isinstance(by, User) else None


def take(case: Case, *, step: Step | None, version: int | None = None) -> Case:
    """Read the case afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        ``version`` is given and the case was written since (CHANGED), or the step
        does not start from its state (NOT_NOW).
    """
    fresh = (
        Case.objects.select_for_update(of=("self",))
        .select_related("place", "handler", "category", "reported_party")
        .get(pk=case.pk)
    )
    if version is not None and fresh.version != version:
        raise Refused(Why.CHANGED)
    if step is not None:
        try:
            after_step(step, State(fresh.state))
        except NotNow as refusal:
            raise Refused(Why.NOT_NOW) from refusal
    return fresh


def put(
    case: Case,
    *,
    action: str,
    by: By,
    at: datetime,
    values: Mapping[str, object],
    told: Mapping[str, object] | None = None,
) -> Case:
    """Write ``values`` to the case, count the version up, and leave one audit event.

    ``told`` adds to the event what is not a field of the case.
    """
    before, after = alter(case, values)
    record(
        action=f"casework.{action}",
        subject=case,
        by=by,
        at=at,
        organisation_id=case.place_id,
        before={name: _told(case, name, value) for name, value in before.items()},
        after={name: _told(case, name, value) for name, value in after.items()}
        | dict(told or {}),
    )
    if not COUNTED.isdisjoint(after):
        refresh(source="cases", records=[case.pk], at=at)
    telling.acted(case, action, (told or {}).get("result"), by=by, at=at)
    return case


def _told(case: Case, name: str, value: object) -> object:
    return Private(value, case.salt) if name in PERSONAL else value


def due_values(case: Case, *, kind: str) -> dict[str, object]:
    """Return the deadlines the case has now, to be written with an act."""
    if case.danger:
        return {}
    found = deadlines_from(
        start=case.counting_from,
        place=case.place,
        category=case.category,
        urgency=case.urgency,
        kind=kind,
        pauses=pauses_of(case),
    )
    return {"contact_due_at": found.contact_due_at, "due_at": found.due_at}
