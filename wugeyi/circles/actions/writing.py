"""How every act takes a row and puts it back: locked, checked, audited."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from wugeyi.accounts.models import User
from wugeyi.audit.actions import alter, record
from wugeyi.audit.rows import held
from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.rules.refusals import Refused, Why

By = User | None
# What every act looks at.
RELATED = ("organisation", "network", "template")


def take(circle: Circle, *, version: int | None = None) -> Circle:
    """Read the circle afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED), or closed (CLOSED).
    """
    fresh = held(circle, *RELATED, version=version, changed=Refused(Why.CHANGED))
    if fresh.closed_at is not None:
        raise Refused(Why.CLOSED)
    return fresh


def take_scenario(scenario: Scenario, *, version: int | None = None) -> Scenario:
    """Read the scenario afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED), or withdrawn (CLOSED).
    """
    related = (f"circle__{name}" for name in RELATED)
    fresh = held(scenario, *related, version=version, changed=Refused(Why.CHANGED))
    if fresh.withdrawn_at is not None:
        raise Refused(Why.CLOSED)
    return fresh


def put(
    row: Circle | Scenario,
    *,
    action: str,
    by: By,
    at: datetime,
    values: Mapping[str, object],
) -> None:
    """Write ``values`` to the row, count the version up, audit what changed."""
    before, after = alter(row, values)
    note(row, action=action, by=by, at=at, before=before, after=after)


def note(
    row: models.Model,
    *,
    action: str,
    by: By,
    at: datetime,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """Leave the one event of an act, at the organisation of the circle."""
    circle = row if isinstance(row, Circle) else getattr(row, "circle")  # noqa: B009
    record(
        action=f"circles.{action}",
        subject=row,
        by=by,
        at=at,
        organisation_id=circle.organisation_id,
        before=before,
        after=after,
    )
