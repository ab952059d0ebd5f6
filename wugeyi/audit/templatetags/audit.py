"""What the fragment of events needs."""

from django.template import Library

from wugeyi.audit import queries
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries import Change

register = Library()


@register.filter
def changed(event: AuditEvent) -> list[Change]:
    """Return the fields an event tells of, each with its text before and after."""
    return queries.changed(event)
