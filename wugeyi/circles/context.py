"""What circles add to pages of others: a place to go, and scenarios beside what they answer."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.branchwork import panels as decision_panels
from wugeyi.branchwork.models import Decision
from wugeyi.casework import panels as case_panels
from wugeyi.casework.models import Case
from wugeyi.circles.queries.attachments import attached_to
from wugeyi.circles.queries.scenarios import best
from wugeyi.circles.rules import access
from wugeyi.organisations.navigation import Place
from wugeyi.projects import panels as project_panels
from wugeyi.projects.models import Project

TEMPLATE = "circles/panel.html"


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    also = (
        "circle",
        "assessment",
        "new",
        "edit",
        "homes",
        "try",
        "scenarios",
        "scenario",
        "compare",
        "attach",
        "sites",
        "siting",
    )
    return [
        Place(
            "circles:list",
            _("生活圈"),
            "map",
            access.READS,
            also=tuple(f"circles:{name}" for name in also),
            order=85,
        )
    ]


def public_places() -> list[Place]:
    """Return the list of circles somebody published."""
    return [Place("circles:neighbourhoods", _("我家 15 分钟"), "map", order=85)]


def case_panel(request: HttpRequest, case: Case) -> case_panels.Panel | None:
    """Show on a case's page which scenarios answer it."""
    context = _attached(request, case)
    return case_panels.Panel(TEMPLATE, context) if context else None


def decision_panel(
    request: HttpRequest, decision: Decision
) -> decision_panels.Panel | None:
    """Show on a decision's page which scenarios it rests on."""
    context = _attached(request, decision)
    return decision_panels.Panel(TEMPLATE, context) if context else None


def project_panel(
    request: HttpRequest, project: Project
) -> project_panels.Panel | None:
    """Show on a project's page which scenario it builds."""
    context = _attached(request, project)
    return project_panels.Panel(TEMPLATE, context) if context else None


def _attached(
    request: HttpRequest, row: Case | Decision | Project
) -> dict[str, Any] | None:
    found = list(attached_to(row, request.reach))  # type: ignore[attr-defined]
    if not found:
        return None
    return {"attached": [(each, best(each.scenario)) for each in found]}
