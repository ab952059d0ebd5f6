"""Points of work: taken from facilities, from a table or OpenStreetMap; dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.places.models import Facility
from wugeyi.stations.actions.writing import By, note
from wugeyi.stations.models import WorkPoint


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A point of work before it is written."""

    client_id: UUID
    organisation_id: int
    kind: str
    name: str
    lon: float
    lat: float


def write(
    points: Sequence[NewPoint],
    *,
    origin: str,
    source: str,
    data_on: date,
    batch: Batch | None = None,
    invented: bool = False,
    at: datetime,
    facilities: dict[UUID, int] | None = None,
) -> int:
    """Write points that are not on record; part of an act that tells of it.

    One that was dropped comes back with the newer data.
    """
    known = {
        row.client_id: row
        for start in range(0, len(points), 500)
        for row in WorkPoint.objects.filter(
            client_id__in=[each.client_id for each in points[start : start + 500]]
        )
    }
    for row in known.values():
        if row.dropped_at is not None or row.data_on < data_on:
            row.dropped_at, row.data_on, row.source = None, data_on, source
            row.save(update_fields=["dropped_at", "data_on", "source"])
    fresh = {
        each.client_id: WorkPoint(
            client_id=each.client_id,
            organisation_id=each.organisation_id,
            kind=each.kind,
            name=each.name,
            lon=each.lon,
            lat=each.lat,
            origin=origin,
            source=source,
            data_on=data_on,
            facility_id=(facilities or {}).get(each.client_id),
            batch=batch,
            invented=invented,
            recorded_at=at,
        )
        for each in points
        if each.client_id not in known
    }
    WorkPoint.objects.bulk_create(fresh.values(), batch_size=500)
    return len(fresh)


@transaction.atomic
def take_facilities(
    *,
    organisation: Organisation,
    kinds: dict[str, str],
    by: By,
    at: datetime,
) -> int:
    """Take facilities a unit has on record as points of work; again adds what is new.

    ``kinds``: by the code of a facility's kind what it is to riders.
    """
    today = timezone.localdate(at)
    rows = Facility.objects.filter(
        within("organisation__path", [organisation.path]),
        Q(valid_to=None) | Q(valid_to__gt=today),
        kind__code__in=list(kinds),
    ).select_related("kind")
    points, facilities = [], {}
    for row in rows.order_by("pk")[:50_000]:
        key = uuid5(NAMESPACE_URL, f"wugeyi:stations:facility:{row.pk}")
        facilities[key] = row.pk
        points.append(
            NewPoint(
                key,
                row.organisation_id,
                kinds[row.kind.code],
                row.name,
                row.lon,
                row.lat,
            )
        )
    made = write(
        points,
        origin=WorkPoint.From.PLACES.value,
        source="设施登记",
        data_on=today,
        facilities=facilities,
        at=at,
    )
    note(
        organisation,
        station=None,
        action="take_facilities",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"kinds": sorted(kinds), "made": made, "found": len(points)},
    )
    return made


@transaction.atomic
def drop(
    *, organisation: Organisation, source: str, data_on: date, by: By, at: datetime
) -> int:
    """Put what came of one source aside, as when newer data is there."""
    dropped = WorkPoint.objects.filter(
        within("organisation__path", [organisation.path]),
        source=source,
        data_on=data_on,
        dropped_at=None,
    ).update(dropped_at=at)
    if dropped:
        note(
            organisation,
            station=None,
            action="drop_points",
            by=by,
            at=at,
            organisation_id=organisation.pk,
            after={"source": source, "data_on": data_on, "dropped": dropped},
        )
    return dropped
