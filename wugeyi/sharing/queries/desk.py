"""What staff see: their communities, partners, things, bookings of a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.sharing.models import Booking, Partner, Thanks, Thing
from wugeyi.sharing.rules import access
from wugeyi.sharing.rules.states import State
from wugeyi.ui.paging import Page, cut

MOST = 200
COMING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Overview:
    """A community's day: what waits, happens, is out too long, comes within a week."""

    waiting: list[Booking]
    today: list[Booking]
    late: list[Booking]
    coming: list[Booking]
    thanks: int


def communities(
    reach: Reach, *, text: str = "", older: int = 0, newer: int = 0
) -> Page[Organisation]:
    """Return communities within reach that have partners, a page; one query."""
    rows = Organisation.objects.filter(
        within("path", reach.roots(access.READS)),
        Exists(Partner.objects.filter(community=OuterRef("pk"))),
    )
    if text:
        rows = rows.filter(name__icontains=text)
    return cut(rows, older=older, newer=newer)


def own(reach: Reach) -> list[Organisation]:
    """Return communities and villages where one may begin: one's own; one query."""
    held = {
        each.organisation_id for each in reach.holdings if each.role in access.WRITES
    }
    return list(
        Organisation.objects.filter(
            pk__in=held, valid_to=None, kind__in=("community", "village")
        ).order_by("path")[:MOST]
    )


def bookings(community: Organisation) -> QuerySet[Booking]:
    """Return bookings of a community with what lists name of them."""
    return Booking.objects.filter(thing__community=community).select_related(
        "thing__partner", "booker"
    )


def overview(community: Organisation, on: date, today: date) -> Overview:
    """Return what a community's page begins with; five queries."""
    rows = bookings(community)
    alive = [State.ACCEPTED, State.USED, State.RETURNED, State.THANKED, State.MISSED]
    waiting = rows.filter(state=State.ASKED, first_on__gte=today)
    day = rows.filter(first_on__lte=on, last_on__gte=on, state__in=alive)
    late = rows.filter(state=State.USED, last_on__lt=today)
    coming = rows.filter(
        state=State.ACCEPTED, first_on__gt=on, first_on__lte=on + COMING
    )
    return Overview(
        waiting=list(waiting.order_by("first_on", "begin", "pk")[:MOST]),
        today=list(day.order_by("begin", "thing", "pk")[:MOST]),
        late=list(late.order_by("last_on", "pk")[:MOST]),
        coming=list(coming.order_by("first_on", "begin", "pk")[:MOST]),
        thanks=Thanks.objects.filter(
            community=community, state=Thanks.State.WAITING
        ).count(),
    )


def partners(
    community: Organisation, *, text: str = "", older: int = 0, newer: int = 0
) -> Page[Partner]:
    """Return a page of partners; one query."""
    rows = Partner.objects.filter(community=community).select_related("building")
    if text:
        rows = rows.filter(name__icontains=text)
    return cut(rows, older=older, newer=newer)


def things(
    community: Organisation, *, text: str = "", older: int = 0, newer: int = 0
) -> Page[Thing]:
    """Return a page of things, withdrawn ones too; one query."""
    rows = Thing.objects.filter(community=community).select_related("partner", "kind")
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(partner__name__icontains=text))
    return cut(rows.annotate(many=Count("pieces")), older=older, newer=newer)


def of_thing(thing: Thing, *, older: int = 0, newer: int = 0) -> Page[Booking]:
    """Return a page of the bookings of a thing, newest first; one query."""
    rows = Booking.objects.filter(thing=thing).select_related("thing", "booker")
    return cut(rows, older=older, newer=newer)


def thanks(community: Organisation, *, older: int = 0, newer: int = 0) -> Page[Thanks]:
    """Return a page of thanks, public or not; one query."""
    rows = Thanks.objects.filter(community=community)
    return cut(rows.select_related("booking__thing__partner"), older=older, newer=newer)
