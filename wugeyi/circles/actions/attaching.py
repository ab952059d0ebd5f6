"""A scenario is laid beside the case, decision or project it belongs to."""

from datetime import datetime

from django.db import transaction

from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.circles.actions.writing import By, note, take_scenario
from wugeyi.circles.models import Attachment, Scenario
from wugeyi.projects.models import Project


@transaction.atomic
def attach(
    *,
    scenario: Scenario,
    to: Case | Decision | Project,
    by: By,
    at: datetime,
) -> Attachment:
    """Attach a scenario; twice changes nothing.

    Views check that the person may read what it is attached to.

    Raises
    ------
    Refused
        The scenario was withdrawn (CLOSED).
    """
    scenario = take_scenario(scenario)
    column = {Case: "case", Decision: "decision", Project: "project"}[type(to)]
    found, created = Attachment.objects.get_or_create(
        scenario=scenario,
        removed_at=None,
        **{column: to},
        defaults={"by": by, "at": at},
    )
    if created:
        note(scenario, action="attach", by=by, at=at, after={column: to.pk})
    return found


@transaction.atomic
def detach(*, attachment: Attachment, by: By, at: datetime) -> Attachment:
    """Take a scenario away from what it was attached to; twice changes nothing."""
    fresh = (
        Attachment.objects.select_for_update(of=("self",))
        .select_related("scenario__circle")
        .get(pk=attachment.pk)
    )
    if fresh.removed_at is None:
        fresh.removed_at = at
        fresh.save(update_fields=["removed_at"])
        told = {
            name: getattr(fresh, f"{name}_id")
            for name in ("case", "decision", "project")
            if getattr(fresh, f"{name}_id") is not None
        }
        note(fresh.scenario, action="detach", by=by, at=at, before=told, after={})
    return fresh
