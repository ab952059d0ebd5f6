"""What the desk shows on a case's page: the service, its materials, the trips."""

from django.http import HttpRequest

from wugeyi.casework.models import Case
from wugeyi.casework.panels import Panel
from wugeyi.services.queries import matters
from wugeyi.services.queries.catalogue import steps


def trips_of_case(request: HttpRequest, case: Case) -> Panel | None:
    """Return the panel of a case that came in at a window; None for any other."""
    matter = matters.of_case(case)
    if matter is None:
        return None
    return Panel(
        "services/_panel.html",
        {
            "matter": matter,
            "trips": matters.trips(matter),
            "steps": steps(matter.service, matter.organisation),
        },
    )
