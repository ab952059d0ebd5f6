"""What holdings add to pages of others: a place to go, what a project became."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.holdings.queries.projects import came_of
from wugeyi.holdings.rules import access
from wugeyi.organisations.navigation import Place
from wugeyi.projects import panels
from wugeyi.projects.models import Project

STAFF_VIEWS = (
    "act",
    "asset",
    "assets",
    "book",
    "certificate",
    "companies",
    "company",
    "contract",
    "contracts",
    "depreciation",
    "depreciations",
    "distribution",
    "distributions",
    "dividend",
    "household",
    "investment",
    "investments",
    "members",
    "notice",
    "promises",
)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "holdings:home",
            _("台账"),
            "file",
            access.READS,
            also=tuple(f"holdings:{name}" for name in STAFF_VIEWS),
            order=89,
        )
    ]


def project_panel(request: HttpRequest, project: Project) -> panels.Panel | None:
    """Show on a project's page the assets, contracts and companies that name it."""
    roots = request.reach.roots(access.READS)  # type: ignore[attr-defined]
    came = came_of(project, roots)
    return panels.Panel("holdings/project_panel.html", {"came": came}) if came else None
