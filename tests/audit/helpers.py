"""What other apps' tests use to hold the rule: one act, one event."""

from collections.abc import Iterator
from contextlib import contextmanager

from wugeyi.audit.models import AuditEvent


@contextmanager
def assert_one_event(action: str) -> Iterator[list[AuditEvent]]:
    """Fail unless the block leaves exactly one event, and it is of this action.

    The yielded list holds the event afterwards::

        with assert_one_event("casework.answer") as events:
            answer(case=case, by=worker, at=AT, text="…")
        assert "…" not in events[0].after
    """
    last = AuditEvent.objects.order_by("-pk").first()
    events: list[AuditEvent] = []
    yield events
    events.extend(
        AuditEvent.objects.filter(pk__gt=last.pk if last else 0).order_by("pk")
    )
    assert [event.action for event in events] == [action]


@contextmanager
def assert_no_event() -> Iterator[None]:
    """Fail if the block leaves an event (a refused or repeated act leaves none)."""
    last = AuditEvent.objects.order_by("-pk").first()
    yield
    left = AuditEvent.objects.filter(pk__gt=last.pk if last else 0)
    assert not [event.action for event in left]
