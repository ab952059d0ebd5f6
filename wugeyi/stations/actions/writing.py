"""How every act takes a station and tells of it: locked, checked, audited."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from wugeyi.audit.actions import record
from wugeyi.audit.rows import held
from wugeyi.audit.rules import Private
from wugeyi.casework.actions.writing import By, person
from wugeyi.stations.models import Station
from wugeyi.stations.rules.refusals import Refused, Why

__all__ = ["By", "bump", "note", "person", "take", "told"]

# What every act looks at.
RELATED = ("organisation", "kind", "keeper")
# Of the keeper: only their hashes enter the audit.
PERSONAL = ("keeper_name", "keeper_phone")


def take(station: Station, *, version: int | None = None) -> Station:
    """Read a station afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED), or is no more (ENDED).
    """
    fresh = held(station, *RELATED, version=version, changed=Refused(Why.CHANGED))
    if fresh.ended_on is not None:
        raise Refused(Why.ENDED)
    return fresh


def note(
    row: models.Model | None,
    *,
    station: Station | None,
    action: str,
    by: By,
    at: datetime,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
    organisation_id: int | None = None,
) -> None:
    """Leave the one event of an act, at the organisation the station belongs to."""
    record(
        action=f"stations.{action}",
        subject=row,
        by=by,
        at=at,
        organisation_id=station.organisation_id if station else organisation_id,
        before=before,
        after=after,
    )


def told(station: Station, values: Mapping[str, object]) -> dict[str, object]:
    """Return values for the audit, a keeper's name and number as hashes."""
    return {
        name: Private(value, station.salt) if name in PERSONAL and value else value
        for name, value in values.items()
    }


def bump(station: Station) -> None:
    """Count a write up, so that a stale page cannot overwrite it."""
    station.version += 1
    station.save(update_fields=["version"])
