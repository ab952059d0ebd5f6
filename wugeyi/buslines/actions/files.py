"""Files that are read later: maps by the worker, timetables once somebody looked."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from wugeyi.buslines import gateway
from wugeyi.buslines.actions import single
from wugeyi.buslines.actions.keeping import keep
from wugeyi.buslines.actions.writing import By, note, take
from wugeyi.buslines.models import Line, MapFile, Timetable, WaysTable
from wugeyi.buslines.rules.files import FEED, READ_MAP
from wugeyi.buslines.rules.given import Regular
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.imports.models import Batch
from wugeyi.jobs.actions import ask


@transaction.atomic
def send_map(
    *, line: Line, name: str, file: str, octets: int, by: By, at: datetime
) -> MapFile:
    """Keep a map and ask the worker to read it; it takes the place of the last one."""
    line = take(line)
    old = list(MapFile.objects.filter(line=line))
    row = MapFile.objects.create(
        line=line, name=name[:120], file=file, octets=octets, sent_by=by, sent_at=at
    )
    told = {"file": row.name, "octets": octets}
    note(row, line=line, action="send_map", by=by, at=at, after=told)
    _ask(row, by, at)
    for each in old:
        each.delete()
    for each in old:
        transaction.on_commit(partial(gateway.remove, each.file))
    return row


@transaction.atomic
def read_again(*, map_file: MapFile, by: By, at: datetime) -> None:
    """Ask the worker to read a map again, for the spots there are now.

    Raises
    ------
    Refused
        CLOSED.
    """
    take(map_file.line)
    _ask(map_file, by, at)


def _ask(row: MapFile, by: By, at: datetime) -> None:
    ask(
        kind=READ_MAP,
        subject=row.pk,
        organisation_id=row.line.organisation_id,
        by=by,
        at=at,
    )


def keep_ways(
    *,
    map_file: MapFile,
    ways: Mapping[str, Any],
    shapes: Mapping[str, Any],
    findings: list[Any],
    on: date,
    at: datetime,
) -> WaysTable:
    """Write down what the worker read of a map, by whoever sent it.

    Raises
    ------
    Refused
        As ``single.set_ways``.
    """
    return single.set_ways(
        line=map_file.line,
        ways=ways,
        shapes=shapes,
        findings=findings,
        source=WaysTable.Source.MAP.value,
        note=map_file.name,
        on=on,
        by=map_file.sent_by,
        at=at,
    )


def kind_of(line: Line) -> str:
    """Return what feeds of a line are called in ``Batch.kind``."""
    return f"{FEED}{line.pk}"


def keep_feed(
    *, line: Line, filename: str, content: bytes, trips: int, by: By, at: datetime
) -> Batch:
    """Keep a feed to be looked at; it counts for nothing yet."""
    return keep(
        line=line,
        kind=kind_of(line),
        action="keep_feed",
        filename=filename,
        content=content,
        rows=trips,
        by=by,
        at=at,
    )


@transaction.atomic
def accept_feed(
    *, batch: Batch, line: Line, regular: Regular, on: date, by: By, at: datetime
) -> Timetable:
    """Let a feed's departures count from a day on.

    Raises
    ------
    Refused
        CLOSED if it was taken or thrown away already; as ``single.set_timetable``.
    """
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        raise Refused(Why.CLOSED)
    row = single.set_timetable(line=line, regular=regular, on=on, by=by, at=at)
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.content = b""
    batch.summary = str(len(regular.departures))
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    return row
