"""Which projects a person may read, and one project with what its page needs."""

from django.db.models import QuerySet

from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.projects.models import Project
from wugeyi.projects.rules import access


def visible(reach: Reach) -> QuerySet[Project]:
    """Return every project within one's reach, withdrawn ones too."""
    return Project.objects.filter(
        within("organisation__path", reach.roots(access.READS))
    )


def load(key: int) -> Project | None:
    """Return a project with its organisation, kind and decision; one query."""
    return (
        Project.objects.select_related(
            "organisation", "other_kind", "decision__organisation", "recorded_by"
        )
        .filter(pk=key)
        .first()
    )
