"""The audit trail as an auditor reads it; the cost does not grow with the table.

Each reading takes the cheapest road that is bounded:

- one person's acts: a range of the index (actor, id);
- a small subtree: the newest of each of its units, by the index (organisation, id);
- anything else below a unit: the newest ``WINDOW`` events, of which those below are
  shown; the page then says how far back it looked and goes on from there;
- the whole register: a range of the primary key or of (action, id).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import BigIntegerField, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from wugeyi.audit.models import AuditEvent
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries.trees import within
from wugeyi.organisations.rules import Reach, Role, ancestors

PAGE = 50
WINDOW = 20_000
"""Ids looked through for one page where no index gives the answer."""
WIDE = 200_000
"""The same for one kind of act: an index leaves out all others."""
SMALL = 200
"""Units of a subtree up to which each is asked for its newest events."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an auditor may read: subtrees; ``loose``: events of no organisation too."""

    roots: Sequence[str]
    loose: bool
    everything: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty values narrow nothing."""

    action: str = ""
    actors: Sequence[int] | None = None
    unit: Organisation | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Events, newest first; ``older`` is the key of the next page.

    ``stopped``: the page is not full because only so far back was looked.
    """

    events: Sequence[AuditEvent]
    older: int | None
    stopped: bool


def scope_of(reach: Reach) -> Scope:
    """Return what the auditor posts of a reach open; one query."""
    roots = reach.roots([Role.AUDITOR])
    tops = [root for root in roots if not ancestors(root)]
    others = Organisation.objects.filter(parent=None).exclude(path__in=tops)
    return Scope(roots, bool(tops), bool(tops) and not others.exists())


def trail_page(
    scope: Scope, filters: Filters, *, before: int | None = None, size: int = PAGE
) -> TrailPage:
    """Return a page of events; five queries at most."""
    span = _span(filters.day, before)
    if span is None:
        return TrailPage([], None, stopped=False)
    low, top = span
    events = _asked(filters)
    restricted = filters.unit is not None or not scope.everything
    floor = low
    if restricted:
        roots = [filters.unit.path] if filters.unit is not None else scope.roots
        loose = scope.loose and filters.unit is None
        units = [] if loose or _narrowed(filters) else _few(roots)
        if units:
            events = events.filter(pk__in=_newest_of(units, top, size + 1))
        else:
            events = events.filter(_below(roots, loose=loose))
            if filters.actors is None:
                floor = max(low, top - (WIDE if filters.action else WINDOW))
    elif filters.day is not None and filters.actors is None:
        floor = max(low, top - WIDE)
    rows = list(events.filter(pk__lt=top, pk__gte=floor).order_by("-pk")[: size + 1])
    if len(rows) > size:
        return TrailPage(rows[:size], rows[size - 1].pk, stopped=False)
    stopped = floor > low
    return TrailPage(rows, floor if stopped else None, stopped)


def _span(day: date | None, before: int | None) -> tuple[int, int] | None:
    """Return the ids to look among, the first included and the last not."""
    if day is None:
        if before is None:
            newest = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)
            before = (newest.first() or 0) + 1
        # Numbers need not begin at one: nobody should turn empty pages to the end.
        oldest = AuditEvent.objects.order_by("pk").values_list("pk", flat=True)
        return oldest.first() or 1, before
    # "+ 0": PostgreSQL would else look for the ends along the primary key, from the
    # first event ever, and not along the index of times.
    key = F("pk") + 0
    ends = AuditEvent.objects.filter(_on(day)).aggregate(low=Min(key), top=Max(key))
    if ends["low"] is None:
        return None
    top = ends["top"] + 1
    return ends["low"], top if before is None else min(top, before)


def _on(day: date) -> Q:
    start = timezone.make_aware(datetime.combine(day, time()))
    return Q(at__gte=start, at__lt=start + timedelta(days=1))


def _asked(filters: Filters) -> QuerySet[AuditEvent]:
    events = AuditEvent.objects.all()
    if filters.action:
        events = events.filter(action=filters.action)
    if filters.actors is not None:
        events = events.filter(actor_id__in=filters.actors)
    return events if filters.day is None else events.filter(_on(filters.day))


def _narrowed(filters: Filters) -> bool:
    asked = filters.action or filters.day is not None or filters.actors is not None
    return bool(asked)


def _below(roots: Iterable[str], *, loose: bool) -> Q:
    # Asked of each event by the organisation's key: a list of the whole subtree,
    # which may be the country, is never made.
    below = Organisation.objects.filter(
        within("path", roots), pk=OuterRef("organisation_id")
    )
    condition = Q(Exists(below))
    return condition | Q(organisation_id=None) if loose else condition


def _few(roots: Iterable[str]) -> list[int]:
    """Return the keys of the units below, nothing when there are more than SMALL."""
    below = Organisation.objects.filter(within("path", list(roots)))
    found = list(below.values_list("pk", flat=True)[: SMALL + 1])
    return found if len(found) <= SMALL else []


def _newest_of(units: Sequence[int], top: int, most: int) -> RawSQL:
    """Return the keys of each unit's newest events before ``top``.

    Parts of a UNION with an order of their own: SQLite takes them only as
    subqueries, which Django does not write.
    """
    part = (
        "SELECT id FROM (SELECT id FROM audit_auditevent"
        " WHERE organisation_id = %s AND id < %s ORDER BY id DESC LIMIT %s) AS newest"
    )
    values = [value for unit in units for value in (unit, top, most)]
    sql = " UNION ALL ".join([part] * len(units))
    return RawSQL(sql, values, output_field=BigIntegerField())  # noqa: S611
