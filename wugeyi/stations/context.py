"""What stations add to pages of others: places to go, what a case is about."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.casework import panels as case_panels
from wugeyi.casework.models import Case
from wugeyi.organisations.navigation import Place
from wugeyi.stations.queries.breakages import for_case
from wugeyi.stations.rules import access

STAFF_VIEWS = (
    "new",
    "desk-station",
    "history",
    "edit",
    "hours",
    "days-off",
    "check",
    "close",
    "end",
    "visits",
    "checklist",
    "dictionaries",
    "word-new",
    "word",
    "wanted",
    "imports",
    "import",
    "gaps",
    "gap",
)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "stations:desk",
            _("驿站"),
            "pin",
            access.READS,
            also=tuple(f"stations:{name}" for name in STAFF_VIEWS),
            order=90,
        )
    ]


def public_places() -> list[Place]:
    """Return the list of stations."""
    return [Place("stations:list", _("骑手驿站"), "pin", order=88)]


def case_panel(request: HttpRequest, case: Case) -> case_panels.Panel | None:
    """Show on a case's page which station it is about."""
    found = for_case(case, request.reach)  # type: ignore[attr-defined]
    if not found:
        return None
    return case_panels.Panel("stations/case_panel.html", {"found": found})
