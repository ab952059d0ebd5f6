"""Facilities: written down, corrected, closed, opened again; never deleted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.places.actions import writing
from wugeyi.places.actions.writing import BY_HAND, Origin
from wugeyi.places.models import Facility, FacilityKind


@dataclass(frozen=True, slots=True)
class FacilityEntry:
    """What is known of a facility; degrees of WGS-84, None: not written down."""

    kind: FacilityKind
    name: str
    lon: float
    lat: float
    capacity: int | None = None
    opening_hours: str = ""
    valid_from: date | None = None

    def values(self) -> dict[str, object]:
        """Return the columns."""
        return {name: getattr(self, name) for name in self.__slots__}


def add_facility(
    *,
    client_id: UUID,
    organisation: Organisation,
    entry: FacilityEntry,
    origin: Origin = BY_HAND,
    by: User | None,
    at: datetime,
) -> Facility:
    """Write a facility down; the same ``client_id`` gives the same facility."""
    return writing.add(
        Facility,
        client_id=client_id,
        organisation=organisation,
        values=entry.values(),
        origin=origin,
        by=by,
        at=at,
    )


@transaction.atomic
def correct_facility(
    *,
    facility: Facility,
    entry: FacilityEntry,
    edition: int | None = None,
    by: User | None,
    at: datetime,
) -> Facility:
    """Put a facility right; before and after stand in the audit.

    Raises
    ------
    ValidationError
        It was changed since ``edition``.
    """
    row = writing.take(Facility, facility.pk, edition)
    return writing.change(row, entry.values(), "correct", by=by, at=at)


@transaction.atomic
def close_facility(
    *, facility: Facility, on: date, reason: str = "", by: User | None, at: datetime
) -> Facility:
    """Close a facility from a day on; it stays on record.

    Raises
    ------
    ValidationError
        It is closed, or was not there yet on that day.
    """
    row = writing.take(Facility, facility.pk, None)
    writing.check_closing(row, on)
    values = {"valid_to": on, "close_reason": reason}
    return writing.change(row, values, "close", by=by, at=at)


@transaction.atomic
def reopen_facility(*, facility: Facility, by: User | None, at: datetime) -> Facility:
    """Take a closing back, as if it had never been closed."""
    row = writing.take(Facility, facility.pk, None)
    values = {"valid_to": None, "close_reason": ""}
    return writing.change(row, values, "reopen", by=by, at=at)
