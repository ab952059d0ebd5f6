"""Scenarios beside the cases, decisions and projects they were attached to."""

from django.db.models import QuerySet

from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.circles.models import Attachment, Scenario
from wugeyi.circles.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Project


def attached_to(row: Case | Decision | Project, reach: Reach) -> QuerySet[Attachment]:
    """Return what is attached to a row and lies within one's reach, oldest first.

    Each comes with its scenario, circle, changes and outcomes: four queries.
    """
    column = {Case: "case", Decision: "decision", Project: "project"}[type(row)]
    return (
        Attachment.objects.filter(
            within("scenario__circle__organisation__path", reach.roots(access.READS)),
            removed_at=None,
            scenario__withdrawn_at=None,
            **{column: row},
        )
        .select_related("scenario__circle__organisation")
        .prefetch_related("scenario__changes__kind", "scenario__outcomes__kind")
        .order_by("pk")
    )


def attachments_of(scenario: Scenario) -> QuerySet[Attachment]:
    """Return what a scenario is attached to; whether one may open it is asked there."""
    return (
        scenario.attachments.filter(removed_at=None)
        .select_related(
            "case__place", "decision__organisation", "project__organisation"
        )
        .order_by("pk")
    )
