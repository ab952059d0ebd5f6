"""Which circles a person may read, and single rows with what their pages need."""

from django.db.models import QuerySet

from wugeyi.circles.models import Circle, Scenario, Siting
from wugeyi.circles.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def visible(reach: Reach) -> QuerySet[Circle]:
    """Return every circle within one's reach, closed ones too."""
    return Circle.objects.filter(
        within("organisation__path", reach.roots(access.READS))
    )


def load(key: int) -> Circle | None:
    """Return a circle with its organisation, network and template; one query."""
    return (
        Circle.objects.select_related("organisation", "network", "template")
        .filter(pk=key)
        .first()
    )


def load_public(code: str) -> Circle | None:
    """Return an open circle that somebody published, by the code of residents' page."""
    return (
        Circle.objects.select_related("organisation", "network", "template")
        .filter(code=code.strip().upper(), closed_at=None, published_at__isnull=False)
        .first()
    )


def load_scenario(key: int) -> Scenario | None:
    """Return a scenario with its circle; changes and outcomes come with two more."""
    return (
        Scenario.objects.select_related(
            "circle__organisation", "circle__network", "circle__template", "network"
        )
        .prefetch_related(
            "changes__kind", "changes__facility", "outcomes__kind", "outcomes"
        )
        .filter(pk=key)
        .first()
    )


def load_siting(key: int) -> Siting | None:
    """Return a search for sites with its circle, kind, work and what it found."""
    return (
        Siting.objects.select_related("circle__organisation", "kind", "work", "network")
        .prefetch_related("found")
        .filter(pk=key)
        .first()
    )
