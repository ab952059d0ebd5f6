"""The tables that are open to everybody, each from what lower apps publish."""

from wugeyi.interfaces.queries.data import (
    books,
    buslines,
    cases,
    circles,
    places,
    projects,
    services,
    sharing,
    stations,
    units,
    volunteering,
)
from wugeyi.interfaces.registry import register


def register_all() -> None:
    """Open them; called once at start-up."""
    for source in (
        cases.SOURCE,
        cases.CASE_FIGURES,
        units.SOURCE,
        places.SOURCE,
        circles.SOURCE,
        circles.REACH,
        services.SERVICES,
        services.MATERIALS,
        projects.SOURCE,
        buslines.LINES,
        buslines.STOPS,
        books.SHEETS,
        books.LINES,
        stations.SOURCE,
        sharing.THINGS,
        sharing.THANKS,
        volunteering.ACTIVITIES,
        volunteering.TEAMS,
        volunteering.MONTHS,
    ):
        register(source)
