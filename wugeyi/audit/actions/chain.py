"""Sealing events into the chain.

Sealing is itself no act of anybody: it leaves no event.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from wugeyi.audit import gateway, rules
from wugeyi.audit.models import AuditEvent, AuditSeal

BATCH = 2_000
"""Events sealed in one transaction: some ten milliseconds, a megabyte of memory."""


def seal(*, batch: int = BATCH, progress: Callable[[int], None] | None = None) -> int:
    """Seal every event that is certainly complete; return how many.

    Never makes a writer wait on PostgreSQL (on SQLite for one batch at most). Two
    sealers at once take turns. Stopping between batches loses nothing.

    Parameters
    ----------
    batch
        Events per transaction.
    progress
        Called with the number of events of each sealed batch.
    """
    total = rebase() if gateway.clock_is_behind() else 0
    while count := _seal_batch(batch):
        total += count
        if progress:
            progress(count)
        if count < batch:
            break
    return total


@transaction.atomic
def rebase() -> int:
    """Go on with the chain in a database restored on another server; return the seals.

    The restored events' writers count the other server's transactions. Everything
    that has no seal yet is complete by definition and is sealed, then the clock is
    set to go on above the greatest writer. Writers wait meanwhile. Calling it without
    need does no harm.
    """
    gateway.take_sealing_lock()
    gateway.hold_writers()
    base = gateway.advance_clock()
    unsealed = AuditEvent.objects.filter(
        ~Exists(AuditSeal.objects.filter(event_id=OuterRef("pk")))
    ).order_by("writer", "id")
    total = 0
    # The seals stand at the new base: events written from now on lie behind it.
    while count := _append(unsealed[:BATCH], at_least=base):
        total += count
    return total


@transaction.atomic
def _seal_batch(size: int) -> int:
    gateway.take_sealing_lock()
    last = AuditSeal.objects.order_by("-position").first()
    order = (last.writer, last.event_id) if last else (-1, 0)
    certain = gateway.certain_below()
    events = gateway.after(order)
    if certain is not None:
        events = events.filter(writer__lt=certain)
    return _append(events[:size], last=last)


def _append(
    events: QuerySet[AuditEvent], *, last: AuditSeal | None = None, at_least: int = 0
) -> int:
    last = last or AuditSeal.objects.order_by("-position").first()
    position, digest = (last.position, last.digest) if last else (0, rules.START)
    seals = []
    for event_id, writer, *row in events.values_list(
        "pk", "writer", *rules.EVENT_COLUMNS
    ):
        position += 1
        digest = rules.link(digest, rules.event_bytes(row))
        seals.append(
            AuditSeal(
                position=position,
                event_id=event_id,
                writer=max(writer, at_least),
                digest=digest,
            )
        )
    AuditSeal.objects.bulk_create(seals)
    return len(seals)
