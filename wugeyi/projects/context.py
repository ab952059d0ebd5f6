"""What projects add to pages of others: a place to go, and the chain."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wugeyi.branchwork import panels as decision_panels
from wugeyi.branchwork.models import Decision
from wugeyi.casework import panels as case_panels
from wugeyi.casework.models import Case
from wugeyi.organisations.navigation import Place
from wugeyi.projects.queries.chain import Step, chain_of_case, chain_of_decision
from wugeyi.projects.rules import access


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    also = ("project", "new", "edit", "state", "add", "change", "import", "batch")
    return [
        Place(
            "projects:list",
            pgettext("list", "项目"),
            "chart",
            access.READS,
            also=tuple(f"projects:{name}" for name in also),
            order=80,
        ),
        Place(
            "projects:kinds",
            _("项目类别"),
            "settings",
            access.KEEPS_KINDS,
            order=125,
        ),
    ]


def case_panel(request: HttpRequest, case: Case) -> case_panels.Panel:
    """Show on a case's page what it led to."""
    reach = request.reach  # type: ignore[attr-defined]
    steps = chain_of_case(case, reach)
    writes = access.writes(reach, case.place.path)
    return case_panels.Panel("projects/panel.html", _panel(steps, "case", case, writes))


def decision_panel(request: HttpRequest, decision: Decision) -> decision_panels.Panel:
    """Show on a decision's page what caused it and what it started."""
    reach = request.reach  # type: ignore[attr-defined]
    steps = chain_of_decision(decision, reach)
    writes = access.writes(reach, decision.organisation.path)
    withdrawn = decision.withdrawn_at is not None
    context = _panel(steps, "decision", decision, writes and not withdrawn)
    return decision_panels.Panel("projects/panel.html", context)


def _panel(
    steps: list[Step],
    origin: str,
    row: Case | Decision,
    writes: bool,  # noqa: FBT001
) -> dict[str, Any]:
    return {"chain": steps, "origin": origin, "origin_key": row.pk, "writes": writes}


def public_places() -> list[Place]:
    """Return the list of projects somebody published."""
    return [Place("projects:public-list", _("办成的项目"), "list", order=80)]
