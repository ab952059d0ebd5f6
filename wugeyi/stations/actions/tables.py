"""Tables of stations and of points of work: kept for a look, then written down once."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.stations.actions import points
from wugeyi.stations.actions.stations import Entry, More, add, check, edit
from wugeyi.stations.actions.week import set_hours
from wugeyi.stations.actions.writing import By, note, person
from wugeyi.stations.models import RunBy, StationFile, WorkPoint
from wugeyi.stations.queries.tables import Plan, Ready
from wugeyi.stations.rules.tables import POINTS

KIND = "station-"


@dataclass(frozen=True, slots=True)
class Sent:
    """A table as it was sent; ``source`` and ``data_on`` are of points of work."""

    sort: str
    filename: str
    content: bytes
    rows: int
    system: str = "wgs84"
    source: str = ""
    data_on: date | None = None


@transaction.atomic
def keep(*, sent: Sent, organisation: Organisation, by: By, at: datetime) -> Batch:
    """Keep a table for a look; nothing else is written yet."""
    batch = Batch.objects.create(
        kind=f"{KIND}{sent.sort}",
        filename=sent.filename[:200],
        sha256=hashlib.sha256(sent.content).hexdigest(),
        content=sent.content,
        rows=sent.rows,
        created_at=at,
        created_by=person(by),
    )
    StationFile.objects.create(
        batch=batch,
        organisation=organisation,
        system=sent.system,
        source=sent.source,
        data_on=sent.data_on,
    )
    note(
        batch,
        station=None,
        action="keep_table",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"file": batch.filename, "sha256": batch.sha256, "rows": sent.rows},
    )
    return batch


@dataclass(frozen=True, slots=True)
class Imported:
    """How many records were written, how many were changed."""

    made: int = 0
    changed: int = 0


def accept(
    *, batch: Batch, plan: Plan, invented: bool = False, by: By, at: datetime
) -> Imported | None:
    """Write a table's rows down, all or nothing; None: it was decided already."""
    try:
        return _accept(batch, plan, invented=invented, by=by, at=at)
    except IntegrityError:
        # The same rows came in at this very moment by another file: look again.
        return _accept(batch, plan, invented=invented, by=by, at=at)


@transaction.atomic
def _accept(
    batch: Batch, plan: Plan, *, invented: bool, by: By, at: datetime
) -> Imported | None:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        return None
    file = StationFile.objects.select_related("organisation").get(batch=batch)
    if batch.kind == f"{KIND}{POINTS}":
        done = Imported(_points(file, batch, plan, invented=invented, at=at))
    else:
        done = _stations(batch, plan, by, at)
    batch.status, batch.accepted_at, batch.content = Batch.Status.ACCEPTED, at, b""
    batch.summary = f"{done.made}/{done.changed}"
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    note(
        batch,
        station=None,
        action="import_table",
        by=by,
        at=at,
        organisation_id=file.organisation_id,
        after={"made": done.made, "changed": done.changed, "sha256": batch.sha256},
    )
    return done


def _points(
    file: StationFile, batch: Batch, plan: Plan, *, invented: bool, at: datetime
) -> int:
    osm = batch.filename.lower().endswith((".pbf", ".osm", ".osm.gz", ".osm.bz2"))
    return points.write(
        [
            points.NewPoint(
                each.client_id,
                each.organisation.pk,
                each.line.kind,
                each.line.name,
                each.lon,
                each.lat,
            )
            for each in plan.fresh
        ],
        origin=(WorkPoint.From.OSM if osm else WorkPoint.From.TABLE).value,
        source=file.source or batch.filename,
        data_on=file.data_on or timezone.localdate(at),
        batch=batch,
        invented=invented,
        at=at,
    )


def _stations(batch: Batch, plan: Plan, by: By, at: datetime) -> Imported:
    for each in plan.fresh:
        assert each.kind is not None  # noqa: S101 (the plan gives new ones a kind)
        add(
            client_id=each.client_id,
            organisation=each.organisation,
            entry=_entry(each),
            more=More(
                opens_on=each.line.opens_on or timezone.localdate(at),
                week=each.line.week or {},
                items=each.items,
                batch=batch,
                code=each.line.code,
            ),
            by=by,
            at=at,
        )
    for each in plan.changed:
        _change(each, by, at)
    return Imported(len(plan.fresh), len(plan.changed))


def _entry(ready: Ready) -> Entry:
    """Return what a row says; what it does not say stays as it stands."""
    line, row = ready.line, ready.station
    words = {
        name: getattr(row, name) if row else ""
        for name in ("name_en", "address", "note", "keeper_name", "keeper_phone")
    } | dict(line.words)
    kind = ready.kind or (row.kind if row else None)
    assert kind is not None  # noqa: S101 (a station has a kind)
    return Entry(
        kind=kind,
        run_by=line.run_by or (row.run_by if row else RunBy.OTHER.value),
        name_zh=line.name,
        lon=ready.lon,
        lat=ready.lat,
        keeper=row.keeper if row else None,
        **words,
    )


def _change(ready: Ready, by: By, at: datetime) -> None:
    row = ready.station
    if row is None:
        return
    row = edit(
        station=row,
        entry=_entry(ready),
        organisation=row.organisation,
        by=by,
        at=at,
    )
    if ready.line.week is not None:
        set_hours(station=row, week=ready.line.week, by=by, at=at)
    if ready.items:
        today = timezone.localdate(at)
        check(station=row, states=ready.items, on=today, by=by, at=at)
