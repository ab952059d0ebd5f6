"""Scenarios are drawn, computed, built and withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wugeyi.circles.actions.writing import By
from wugeyi.circles.models import Circle, Outcome, Scenario
from wugeyi.circles.rules.changes import Plan
from wugeyi.circles.rules.paces import Pace


@dataclass(frozen=True, slots=True)
class Saved:
    """The scenario, and whether this call made it or an earlier one did."""

    scenario: Scenario
    created: bool


def save(
    *,
    circle: Circle,
    client_id: UUID,
    plan: Plan,
    on: date,
    invented: bool = False,
    paces: tuple[Pace, ...] = (Pace.ADULT, Pace.ELDER),
    by: By,
    at: datetime,
) -> Saved:
    """Keep changes under a name, with what they would do at each pace.

    The same ``client_id`` again gives the scenario that is there.

    Raises
    ------
    Refused
        NEEDS_TEXT without a name; as ``queries.effects.effect``; CLOSED.
    """
    raise NotImplementedError


def compute(
    *,
    scenario: Scenario,
    on: date,
    paces: tuple[Pace, ...] = (Pace.ADULT, Pace.ELDER),
    by: By,
    at: datetime,
    version: int | None = None,
) -> list[Outcome]:
    """Compute a scenario anew on the circle's present network, homes and facilities.

    It is on that network from then on. The same digest writes nothing.

    Raises
    ------
    Refused
        As ``queries.effects.effect_of``; CHANGED, CLOSED.
    """
    raise NotImplementedError


def mark_built(
    *,
    scenario: Scenario,
    on: date | None,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Scenario:
    """Say on which day what it draws stood there; None takes that back.

    Raises
    ------
    Refused
        BAD_VALUE for a day that has not come; CHANGED, CLOSED.
    """
    raise NotImplementedError


def withdraw(
    *, scenario: Scenario, by: By, at: datetime, version: int | None = None
) -> Scenario:
    """Take a scenario out of lists and figures; the audit keeps what it was."""
    raise NotImplementedError
