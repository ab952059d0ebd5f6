"""What lines add to pages of others: a place to go."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.buslines.queries.surveys import found_for
from wugeyi.buslines.rules import access
from wugeyi.casework import panels as case_panels
from wugeyi.casework.models import Case
from wugeyi.organisations.navigation import Place

# Every page of staff that belongs to lines, so that the navigation marks the place.
STAFF_VIEWS = (
    "line",
    "new",
    "edit",
    "close",
    "records",
    "record-new",
    "record-edit",
    "record-end",
    "import",
    "import-batch",
    "village-demand",
    "surveys",
    "survey",
    "survey-new",
    "finding-case",
    "suggestions",
    "editions",
    "publish",
    "edition",
    "edition-change",
    "edition-notice",
    "edition-file",
    "edition-publish",
    "edition-withdraw",
    "scenarios",
    "scenario",
    "scenario-new",
    "scenario-edit",
    "compare",
    "plan",
    "try",
    "roster",
)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "buslines:list",
            _("惠农专线"),
            "map",
            access.READS,
            also=tuple(f"buslines:{name}" for name in STAFF_VIEWS),
            order=87,
        )
    ]


def public_places() -> list[Place]:
    """Return the list of lines that run."""
    return [Place("buslines:lines", _("惠农专线"), "map", order=87)]


def case_panel(request: HttpRequest, case: Case) -> case_panels.Panel | None:
    """Show on a case's page which survey found what it is about."""
    found = found_for(case, request.reach)  # type: ignore[attr-defined]
    if not found:
        return None
    return case_panels.Panel("buslines/case_panel.html", {"found": found})
