"""The tables that are open to everybody, each from what lower apps publish."""

from wugeyi.interfaces.queries.data import (
    books,
    buslines,
    cases,
    circles,
    places,
    sharing,
    stations,
    units,
)
from wugeyi.interfaces.registry import register


def register_all() -> None:
    """Open them; called once at start-up."""
    for source in (
        cases.SOURCE,
        units.SOURCE,
        places.SOURCE,
        circles.SOURCE,
        buslines.LINES,
        buslines.STOPS,
        books.SOURCE,
        stations.SOURCE,
        sharing.SOURCE,
    ):
        register(source)
