"""The lists of the desk: a tab's condition, filters, and pages by key.

Every list walks an index in its own order and stops after a page; nothing is counted
beyond ``MANY``. Lists in order of ``due_at`` hold only rows that have one; the others
stand in a tab of their own.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils import timezone

from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import (
    Assignment,
    Case,
    Category,
    Escalation,
    Pause,
    Request,
)
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.queries.access import asked_of, in_area, on_desk
from wugeyi.casework.queries.lines import SNIPPET, Row
from wugeyi.casework.queries.lines import rows as lines_of
from wugeyi.casework.queries.rates import Figure, conditions
from wugeyi.casework.queries.waiting import DECIDES, MANY, told_of
from wugeyi.casework.rules import access
from wugeyi.casework.rules.states import State
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, after

SIZE = 25
WINDOW = 3000
"""Conditions that no index answers look at so many cases of a tab, in its order."""
SOON = timedelta(days=3)
STUCK_DAYS = 7
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Tab(StrEnum):
    """The lists of the desk."""

    WORK = "work"
    AREA = "area"
    ASKED = "asked"
    CALLBACK = "callback"
    OBJECTED = "objected"
    PAUSED = "paused"
    ALL = "all"


class Due(StrEnum):
    """How near the deadline is; also the headings of a list."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


class Order(StrEnum):
    """What a list is sorted and paged by."""

    DUE = "due"
    OLDEST = "oldest"
    NEWEST = "newest"


ORDERS = {
    Tab.WORK: Order.DUE,
    Tab.AREA: Order.DUE,
    Tab.CALLBACK: Order.DUE,
    Tab.ASKED: Order.OLDEST,
    Tab.OBJECTED: Order.OLDEST,
    Tab.PAUSED: Order.OLDEST,
    Tab.ALL: Order.NEWEST,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing."""

    tab: Tab = Tab.WORK
    due: str = ""
    state: str = ""
    category: int | None = None
    urgency: str = ""
    channel: str = ""
    # The path of an organisation: only what it and those below it handle (or, where
    # the tab is about places, what lies there).
    below: str = ""
    # Only what this person took up.
    worker: int | None = None
    stuck: bool = False
    reopened: bool = False
    text: str = ""
    # Registered in these local days, and what of that a figure counts.
    first: date | None = None
    last: date | None = None
    figure: Figure | None = None

    def without_due(self) -> "Filters":
        """Return the same without the part that depends on the time."""
        return replace(self, due="")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list with the keys of its neighbours ("" where there is none)."""

    rows: list[Row]
    before: str
    after: str


def cases(filters: Filters, reach: Reach, *, now: datetime) -> QuerySet[Case]:
    """Return the cases of a list, without order."""
    found = Case.objects.filter(_tab(filters.tab, reach))
    if filters.due:
        found = found.filter(_due(filters.due, now))
    found = _plain(found, filters)
    if filters.figure is not None:
        # The very condition that counted it: a figure opens onto its own cases.
        found = found.filter(conditions(now=now)[filters.figure])
    if filters.stuck or filters.text:
        found = _windowed(found, filters, now=now)
    return found


def _tab(tab: Tab, reach: Reach) -> Q:
    # The same list of states as in the partial indexes, or no database would use them.
    is_open = Q(state__in=OPEN_STATES)
    waiting = is_open & ~Q(state=State.ANSWERED.value) & Q(due_at__isnull=False)
    if tab == Tab.WORK:
        return waiting & on_desk(reach)
    if tab == Tab.AREA:
        return is_open & Q(due_at__isnull=False) & in_area(reach)
    if tab == Tab.CALLBACK:
        answered = is_open & Q(state=State.ANSWERED.value, due_at__isnull=False)
        return answered & within("place__path", reach.roots(access.CALLS_BACK))
    if tab == Tab.OBJECTED:
        return Q(state=State.OBJECTED.value, pk__in=_first(_objections(reach)))
    if tab == Tab.ASKED:
        return is_open & Q(pk__in=_first(_asks(reach)))
    if tab == Tab.PAUSED:
        return is_open & Q(due_at=None) & (on_desk(reach) | in_area(reach))
    area = reach.roots(access.SEES_BY_PLACE)
    return in_area(reach) if area else on_desk(reach)


def _first(rows: QuerySet[Assignment] | QuerySet[Request]) -> list[int]:
    """Return the cases of the few rows that wait, by a query of their own.

    As a part of the other query they would tempt the database to walk through every
    open case.
    """
    return list(rows.order_by("case").values_list("case", flat=True)[:WINDOW])


def _objections(reach: Reach) -> QuerySet[Assignment]:
    """Return hand-backs that wait for a decision by this person: made below, not here."""
    below = Q(pk__in=[])
    for root in reach.roots(DECIDES):
        below |= Q(organisation__path__gt=root, organisation__path__lt=after(root))
    return Assignment.objects.filter(
        below, objected_at__isnull=False, decided_at=None, ended_at=None
    )


def _asks(reach: Reach) -> QuerySet[Request]:
    """Return requests for help that wait for a reply from within this reach."""
    roots = reach.roots(access.SEES_BY_HANDLER)
    return Request.objects.filter(within("organisation__path", roots), replied_at=None)


def unseen(reach: Reach) -> QuerySet[Escalation]:
    """Return what was escalated to this person's organisations and not yet read.

    What has ended since needs nobody's eye any more.
    """
    return Escalation.objects.filter(
        organisation__in=told_of(reach), seen_at=None, case__state__in=OPEN_STATES
    )


def _due(due: str, now: datetime) -> Q:
    end = end_of_day(now)
    if due == Due.LATE:
        return Q(due_at__lt=now)
    if due == Due.TODAY:
        return Q(due_at__gte=now, due_at__lt=end)
    if due == Due.SOON:
        return Q(due_at__gte=end, due_at__lt=end + SOON)
    return Q(due_at__gte=end + SOON)


def end_of_day(now: datetime) -> datetime:
    """Return the first moment of tomorrow at the place."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)


def group(case: Case | Row, now: datetime) -> Due | None:
    """Return the heading a case stands under; None without a deadline."""
    if case.due_at is None:
        return None
    if case.due_at < now:
        return Due.LATE
    end = end_of_day(now)
    if case.due_at < end:
        return Due.TODAY
    return Due.SOON if case.due_at < end + SOON else Due.LATER


def _plain(found: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    for name in ("state", "urgency", "channel"):
        value = getattr(filters, name)
        if value:
            found = found.filter(**{name: value})
    if filters.category is not None:
        found = found.filter(
            category__in=Category.objects.filter(
                Q(pk=filters.category) | Q(parent=filters.category)
            ).values("pk")
        )
    if filters.below:
        field = "handler__path" if handled(filters.tab) else "place__path"
        found = found.filter(within(field, [filters.below]))
    if filters.worker is not None:
        found = found.filter(worker=filters.worker)
    if filters.reopened:
        found = found.filter(reopened__gt=0)
    if filters.first is not None:
        found = found.filter(registered_on__gte=filters.first)
    if filters.last is not None:
        found = found.filter(registered_on__lte=filters.last)
    return found


def handled(tab: Tab) -> bool:
    """Tell whether a tab is about who handles a case, not about where it is."""
    return tab in {Tab.WORK, Tab.ASKED, Tab.OBJECTED, Tab.PAUSED}


def _windowed(
    found: QuerySet[Case], filters: Filters, *, now: datetime
) -> QuerySet[Case]:
    """Look only at the first cases of the list for what no index can find."""
    first = found.order_by(*order_of(filters.tab))[:WINDOW].values("pk")
    seen = Case.objects.filter(pk__in=first)
    if filters.text:
        seen = seen.filter(
            Q(text__icontains=filters.text) | Q(spot__icontains=filters.text)
        )
    if filters.stuck:
        since = now - timedelta(days=STUCK_DAYS)
        acts = AuditEvent.objects.filter(
            subject_type=Case._meta.label_lower,
            subject_id=OuterRef("pk"),
            at__gte=since,
        ).exclude(action="casework.escalate")
        seen = seen.filter(~Exists(acts), registered_at__lt=since)
    return seen


def order_of(tab: Tab) -> tuple[str, ...]:
    """Return what a tab is sorted by."""
    order = ORDERS[tab]
    if order == Order.DUE:
        return ("due_at", "id")
    return ("id",) if order == Order.OLDEST else ("-id",)


def key(case: Case | Row, tab: Tab) -> str:
    """Return what a page of this tab is continued by."""
    if ORDERS[tab] != Order.DUE or case.due_at is None:
        return str(case.pk)
    micros = (case.due_at - EPOCH) // timedelta(microseconds=1)
    return f"{micros}-{case.pk}"


def _beyond(tab: Tab, mark: str, *, back: bool) -> Q:
    """Return the condition for rows behind (or before) a key; a bad key is no key."""
    parts = mark.split("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return Q()
    numbers = [int(part) for part in parts]
    order = ORDERS[tab]
    if order == Order.DUE and len(numbers) == 2:
        try:
            due = EPOCH + timedelta(microseconds=numbers[0])
        except OverflowError:
            return Q()
        if back:
            return Q(due_at__lte=due) & (Q(due_at__lt=due) | Q(pk__lt=numbers[1]))
        return Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(pk__gt=numbers[1]))
    if order == Order.DUE or len(numbers) != 1:
        return Q()
    upwards = (order == Order.OLDEST) != back
    return Q(pk__gt=numbers[0]) if upwards else Q(pk__lt=numbers[0])


def page(
    filters: Filters,
    reach: Reach,
    *,
    now: datetime,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page:
    """Return one page of a list; one query whatever its length."""
    tab = filters.tab
    back = bool(before) and not after
    found = paused(cases(filters, reach, now=now), tab)
    if after or before:
        found = found.filter(_beyond(tab, after or before, back=back))
    order = order_of(tab)
    if back:
        order = tuple(o[1:] if o.startswith("-") else f"-{o}" for o in order)
    rows = lines_of(found.order_by(*order)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if back:
        rows.reverse()
    if not rows:
        return Page([], "", "")
    first, last = key(rows[0], tab), key(rows[-1], tab)
    has_before = more if back else bool(after)
    has_after = True if back else more
    return Page(rows, first if has_before else "", last if has_after else "")


def shown(found: QuerySet[Case], tab: Tab) -> QuerySet[Case]:
    """Fetch what a map or a short list shows of each case, no more; one query."""
    return (
        paused(found, tab)
        .select_related("category", "place", "handler", "worker")
        .annotate(snippet=Substr("text", 1, SNIPPET))
        .only(
            "state",
            "outcome",
            "urgency",
            "danger",
            "channel",
            "due_at",
            "registered_on",
            "registered_at",
            "reopened",
            "excluded",
            "version",
            "category__name",
            "category__name_en",
            "place__name",
            "place__path",
            "handler__name",
            "handler__path",
            "worker__name",
        )
    )


def paused(found: QuerySet[Case], tab: Tab) -> QuerySet[Case]:
    """Tell why a case is paused, in the list of those that are."""
    if tab == Tab.PAUSED:
        pause = Pause.objects.filter(case=OuterRef("pk"), ended_at=None)
        found = found.annotate(paused_for=Subquery(pause.values("reason")[:1]))
    return found


def neighbours(
    case: Case | Row, filters: Filters, reach: Reach, *, now: datetime
) -> tuple[Row | None, Row | None]:
    """Return the case before and after this one in a list; two queries."""
    mark = key(case, filters.tab)
    earlier = page(filters, reach, now=now, before=mark, size=1).rows
    later = page(filters, reach, now=now, after=mark, size=1).rows
    return (earlier[0] if earlier else None), (later[0] if later else None)


def bounded(rows: QuerySet[Any]) -> int:
    """Count rows up to ``MANY``; cheaper than a count over a subquery."""
    return len(rows.order_by().values_list("pk", flat=True)[:MANY])


def by_number(typed: str) -> int | None:
    """Read a case number (``20261122-4711``, ``4711``); None for anything else."""
    tail = typed.strip().replace("—", "-").replace("－", "-").rsplit("-", 1)[-1]
    if tail != typed.strip() and not typed.strip()[:8].isdigit():
        return None
    if tail.isascii() and tail.isdigit() and len(tail) < 16:
        return int(tail)
    return None


__all__ = [
    "MANY",
    "SIZE",
    "SNIPPET",
    "STUCK_DAYS",
    "WINDOW",
    "Due",
    "Filters",
    "Order",
    "Page",
    "Tab",
    "asked_of",
    "bounded",
    "by_number",
    "cases",
    "group",
    "handled",
    "key",
    "neighbours",
    "order_of",
    "page",
    "shown",
    "unseen",
]
