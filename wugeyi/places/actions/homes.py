"""Homes: buildings and compounds with figures, corrected and closed, never deleted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.places.actions import writing
from wugeyi.places.actions.writing import BY_HAND, Origin
from wugeyi.places.models import Home


@dataclass(frozen=True, slots=True)
class HomeEntry:
    """What is known of a home; degrees of WGS-84, None: not written down."""

    name: str
    lon: float
    lat: float
    households: int | None = None
    residents: int | None = None
    elderly: int | None = None
    valid_from: date | None = None

    def values(self) -> dict[str, object]:
        """Return the columns."""
        return {name: getattr(self, name) for name in self.__slots__}


def add_home(
    *,
    client_id: UUID,
    organisation: Organisation,
    entry: HomeEntry,
    origin: Origin = BY_HAND,
    by: User | None,
    at: datetime,
) -> Home:
    """Write a home down; the same ``client_id`` gives the same home."""
    return writing.add(
        Home,
        client_id=client_id,
        organisation=organisation,
        values=entry.values(),
        origin=origin,
        by=by,
        at=at,
    )


@transaction.atomic
def correct_home(
    *,
    home: Home,
    entry: HomeEntry,
    edition: int | None = None,
    by: User | None,
    at: datetime,
) -> Home:
    """Put a home right; before and after stand in the audit.

    Raises
    ------
    ValidationError
        It was changed since ``edition``.
    """
    row = writing.take(Home, home.pk, edition)
    return writing.change(row, entry.values(), "correct", by=by, at=at)


@transaction.atomic
def close_home(*, home: Home, on: date, by: User | None, at: datetime) -> Home:
    """Say that nobody lives there from a day on (pulled down, emptied).

    Raises
    ------
    ValidationError
        It is closed, or was not there yet on that day.
    """
    row = writing.take(Home, home.pk, None)
    writing.check_closing(row, on)
    return writing.change(row, {"valid_to": on}, "close", by=by, at=at)


@transaction.atomic
def reopen_home(*, home: Home, by: User | None, at: datetime) -> Home:
    """Take a closing back, as if it had never been closed."""
    row = writing.take(Home, home.pk, None)
    return writing.change(row, {"valid_to": None}, "reopen", by=by, at=at)
