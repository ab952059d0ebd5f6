"""Where branch work stands in the navigation, and on the pages of lower apps."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.queries.records import readable
from wugeyi.branchwork.rules import access
from wugeyi.casework.models import Case
from wugeyi.casework.panels import Panel
from wugeyi.organisations.navigation import Place
from wugeyi.organisations.rules import NOBODY, Reach, Role

MOST = 20
RECORD_VIEWS = (
    "records",
    "record",
    "new-record",
    "correct",
    "withdraw",
    "end",
    "duties",
    "decision",
    "new-decision",
    "outcome",
    "procedure",
    "meetings",
    "minutes",
    "suggestion",
    "new-suggestion",
    "follow",
    "imports",
    "import",
)
WORD_VIEWS = ("book", "new-entry", "entry")


def own_places() -> list[Place]:
    """Return one place for those who read, one for those who keep the dictionaries."""
    return [
        Place(
            "branchwork:home",
            _("支部工作"),
            "star",
            access.READS,
            _("支部"),
            also=tuple(f"branchwork:{name}" for name in RECORD_VIEWS),
            order=70,
        ),
        Place(
            "branchwork:words",
            _("议题和经常性工作"),
            "note",
            frozenset({Role.ADMINISTRATOR}),
            also=tuple(f"branchwork:{name}" for name in WORD_VIEWS),
            order=125,
        ),
    ]


def case_panel(request: HttpRequest, case: Case) -> Panel | None:
    """Show on a case's page the decisions it caused; two queries."""
    reach: Reach = getattr(request, "reach", NOBODY)
    keys = list(
        Decision.objects.filter(causes__case=case, withdrawn_at=None).values_list(
            "pk", flat=True
        )[:MOST]
    )
    seen = (
        list(
            readable(Decision, reach)
            .filter(pk__in=keys)
            .select_related("organisation", "topic")
            .order_by("held_on", "pk")
        )
        if keys
        else []
    )
    may_write = reach.holds(*access.WRITES)
    if not keys and not may_write:
        return None
    return Panel(
        "branchwork/_case_panel.html",
        {
            "decisions": seen,
            "unseen": len(keys) - len(seen),
            "may_decide": may_write,
        },
    )
