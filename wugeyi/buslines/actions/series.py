"""Scenarios that differ in one thing, made and queued with one click."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from wugeyi.buslines.actions.planning import ask_for_plan
from wugeyi.buslines.actions.scenarios import create
from wugeyi.buslines.actions.writing import By
from wugeyi.buslines.models import Line, Scenario
from wugeyi.buslines.rules.scenarios import USUAL, Said

MOST = 12


@dataclass(frozen=True, slots=True)
class Member:
    """One scenario of a series: what it is called, and what it changes."""

    name: str
    changes: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def make_series(
    *,
    line: Line,
    client_id: UUID,
    members: Sequence[Member],
    on: date,
    steps: int = USUAL,
    by: By,
    at: datetime,
) -> list[Scenario]:
    """Make the scenarios of a series and ask for a plan of each; all or none.

    Each is an act of its own with its event. The same ``client_id`` again gives what
    is there.

    Raises
    ------
    Refused
        As ``create`` and ``ask_for_plan``.
    """
    made = []
    for number, member in enumerate(members[:MOST]):
        said = Said(name=member.name, on=on, **member.changes)  # type: ignore[arg-type]
        key = uuid5(client_id, f"scenario {number}")
        scenario = create(line=line, client_id=key, said=said, by=by, at=at)
        ask_for_plan(
            scenario=scenario,
            client_id=uuid5(client_id, f"plan {number}"),
            steps=steps,
            by=by,
            at=at,
        )
        made.append(scenario)
    return made
