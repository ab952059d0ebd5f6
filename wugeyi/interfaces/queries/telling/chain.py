"""How far the audit's chain was told, and what of its events everybody may hear."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from wugeyi.audit.models import AuditEvent, AuditSeal
from wugeyi.interfaces import events
from wugeyi.interfaces.events import Told
from wugeyi.interfaces.registry import Asked, Source, Value

READ_AT_ONCE = 500


def latest() -> int:
    """Return the end of the audit's chain; 0 where nothing is sealed."""
    last = AuditSeal.objects.order_by("-position").values_list("position", flat=True)
    return last.first() or 0


def sealed_after(position: int) -> tuple[list[AuditEvent], int]:
    """Return some hundred events behind a position, in the chain's order, and the end.

    Sealed events are complete and stand in one order, whoever wrote them when; two
    queries. Only those of tables that somebody understands.
    """
    seals = AuditSeal.objects.filter(position__gt=position).order_by("position")
    found = list(seals.values_list("position", "event_id")[:READ_AT_ONCE])
    if not found:
        return [], position
    keys = [event for _position, event in found]
    rows = AuditEvent.objects.filter(
        pk__in=keys, subject_type__in=list(events.tellers())
    ).in_bulk()
    return [rows[key] for key in keys if key in rows], found[-1][0]


def told(
    happened: Sequence[AuditEvent], wanted: Collection[str]
) -> list[tuple[AuditEvent, Told]]:
    """Return what everybody may hear of events, of the wanted kinds, in their order."""
    found: dict[int, Told] = {}
    for subject, teller in events.tellers().items():
        if not teller.labels.keys() & wanted:
            continue
        rows = [event for event in happened if event.subject_type == subject]
        for event, each in zip(rows, teller.tell(rows) if rows else (), strict=True):
            if each is not None and each.event in wanted:
                found[event.pk] = each
    return [(event, found[event.pk]) for event in happened if event.pk in found]


def subjects(happened: Sequence[AuditEvent]) -> set[int]:
    """Return the keys of the rows that events are about."""
    return {event.subject_id for event in happened if event.subject_id is not None}


def told_of(event: AuditEvent) -> dict[str, Any]:
    """Return what an event wrote."""
    return json.loads(event.after) if event.after else {}


def row_of(source: Source, values: Sequence[Value]) -> dict[str, object]:
    """Return a row of an open table by its columns, as webhooks carry it."""
    return {
        column.name: value for column, value in zip(source.columns, values, strict=True)
    }


def asked_for(day: date) -> Asked:
    """Return what asks a table for single rows; addresses begin at this site."""
    return Asked("", 1, day, "")
