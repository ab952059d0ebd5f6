"""Asking where the next facilities help most; the worker of ``jobs`` answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wugeyi.circles.actions.scenarios import Saved
from wugeyi.circles.actions.writing import By
from wugeyi.circles.models import Circle, Site, Siting
from wugeyi.circles.rules.paces import Pace
from wugeyi.places.models import FacilityKind

MOST_SITES = 20
WORK = "circles.siting"


@dataclass(frozen=True, slots=True)
class Question:
    """What a form asks. ``capacity``: people one new facility serves; None: all."""

    client_id: UUID
    kind: FacilityKind
    sites: int = 3
    whom: str = Siting.For.RESIDENTS
    pace: Pace = Pace.ADULT
    capacity: int | None = None
    prove: bool = False


def ask_for_sites(
    *, circle: Circle, question: Question, by: By, at: datetime
) -> Siting:
    """Queue the search; its ``work`` tells how far it is and can be cancelled.

    The same ``client_id`` again gives the question that is there.

    Raises
    ------
    Refused
        BAD_VALUE (sites not 1 to 20, capacity 0, kind of another template),
        NEEDS_PLANNING, CLOSED.
    """
    raise NotImplementedError


def adopt_site(
    *,
    site: Site,
    client_id: UUID,
    name: str,
    on: date,
    by: By,
    at: datetime,
) -> Saved:
    """Make a scenario of proposed sites up to this one, to compare it with others."""
    raise NotImplementedError
