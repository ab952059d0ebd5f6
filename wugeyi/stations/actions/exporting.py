"""Files people take along: who took how many stations, and whether with names."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from wugeyi.organisations.rules import Reach
from wugeyi.stations.actions.writing import By, note
from wugeyi.stations.models import Station
from wugeyi.stations.rules import access


@transaction.atomic
def note_export(
    *, stations: Sequence[Station], kind: str, reach: Reach, by: By, at: datetime
) -> None:
    """Write down that a file was taken."""
    named = sum(
        access.writes(reach, row.organisation.path) and bool(row.keeper_name)
        for row in stations
    )
    note(
        None,
        station=None,
        action="export",
        by=by,
        at=at,
        after={"kind": kind, "stations": len(stations), "with_keepers": named},
    )
