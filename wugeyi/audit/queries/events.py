"""Events as people read them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from wugeyi.audit import gateway, rules
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries.heads import last_seal

PAGE = 50


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first; ``older`` is the ``before_id`` of the next page or None."""

    events: list[AuditEvent]
    older: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an event; hidden values (hashes) are ``None`` with ``hidden``."""

    field: str
    before: str
    after: str
    hidden: bool


def about(subject: Model) -> QuerySet[AuditEvent]:
    """Return the events whose subject is this row."""
    return AuditEvent.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    )


def within(organisation_ids: Iterable[int]) -> QuerySet[AuditEvent]:
    """Return the events of these organisations (a query of ids works as well)."""
    return AuditEvent.objects.filter(organisation_id__in=organisation_ids)


def page(
    events: QuerySet[AuditEvent], *, before_id: int | None = None, size: int = PAGE
) -> EventPage:
    """Return one page by key, in one query, each event with its ``changes``."""
    if before_id is not None:
        events = events.filter(pk__lt=before_id)
    rows = list(events.order_by("-pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return EventPage(rows, rows[-1].pk if more else None)


def changed(event: AuditEvent) -> list[Change]:
    """Return an event's fields with their texts before and after."""
    before = json.loads(event.before or "{}")
    after = json.loads(event.after or "{}")
    return [
        Change(
            name,
            _shown(before.get(name)),
            _shown(after.get(name)),
            _is_hash(before.get(name)) or _is_hash(after.get(name)),
        )
        for name in sorted(before.keys() | after.keys())
    ]


def unsealed_count(*, most: int = 10_000) -> int:
    """Return how many events wait for their seal, counting at most ``most``."""
    last = last_seal()
    order = (last.writer, last.event_id) if last else (-1, 0)
    return gateway.after(order)[:most].count()


def verify_private(event: AuditEvent, field: str, value: object, salt: str) -> bool:
    """Tell whether this value, with its salt, is what the event's field was hashed from."""
    due = {"hash": rules.Private(value, salt).digest()}
    return any(
        json.loads(side or "{}").get(field) == due
        for side in (event.before, event.after)
    )


def _is_hash(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"hash"}


def _shown(value: object) -> str:
    if value is None or _is_hash(value):
        return ""
    return value if isinstance(value, str) else rules.canonical(value)
