"""What a community shares, as everybody sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.sharing.models import Booking, Thanks, Thing, Word
from wugeyi.sharing.queries.calendar import Day, next_free
from wugeyi.sharing.rules.times import local_day
from wugeyi.ui.paging import PAGE, Page, cut

# So many things are looked at for those that are free this week, a page at a time.
LOOKED = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What the catalogue is asked for."""

    text: str = ""
    kind: str = ""
    free: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.text or self.kind or self.free)


def shared() -> QuerySet[Thing]:
    """Return what is in the catalogues."""
    return Thing.objects.filter(until_on=None)


def communities(
    *, text: str = "", older: int | None = None, newer: int | None = None
) -> Page[Organisation]:
    """Return communities that share something, a page; one query."""
    rows = Organisation.objects.filter(
        Exists(shared().filter(community=OuterRef("pk"))), valid_to=None
    )
    if text:
        rows = rows.filter(name__icontains=text)
    return cut(rows, older=older, newer=newer)


def catalogue(
    community: Organisation,
    asked: Asked,
    now: datetime,
    *,
    older: int = 0,
    newer: int = 0,
) -> tuple[Page[Thing], dict[int, Day]]:
    """Return a page of what a community shares, and when each is free next."""
    rows = (
        shared()
        .filter(community=community, since_on__lte=local_day(now))
        .select_related("kind", "sharing", "partner")
    )
    if asked.kind:
        rows = rows.filter(kind__code=asked.kind)
    if asked.text:
        words = Q(title__icontains=asked.text) | Q(about__icontains=asked.text)
        rows = rows.filter(words | Q(partner__name__icontains=asked.text))
    if not asked.free:
        page = cut(rows, older=older, newer=newer)
        return page, next_free(page.rows, now)
    return _free_ones(rows, now, older)


def _free_ones(
    rows: QuerySet[Thing], now: datetime, older: int
) -> tuple[Page[Thing], dict[int, Day]]:
    looked = cut(rows, older=older, size=LOOKED)
    free = next_free(looked.rows, now)
    kept = [row for row in looked.rows if row.pk in free]
    page, rest = kept[:PAGE], kept[PAGE:]
    return Page(page, None, page[-1].pk if rest else looked.older), free


def kinds() -> list[Word]:
    """Return the kinds in use; one query."""
    return list(Word.objects.filter(list=Word.List.KIND, active=True))


def thing(pk: int) -> Thing | None:
    """Return a thing with what its pages name; one query."""
    rows = Thing.objects.select_related("kind", "sharing", "partner", "community")
    return rows.filter(pk=pk).first()


def by_code(code: str) -> Booking | None:
    """Return the booking of a receipt, with what its page names; one query."""
    rows = Booking.objects.select_related(
        "thing__partner", "thing__community", "thing__kind", "booker", "thanks"
    )
    return rows.filter(code=code).first()


def wall(community: Organisation, *, older: int = 0, newer: int = 0) -> Page[Thanks]:
    """Return a page of public thanks, newest first; one query."""
    rows = Thanks.objects.filter(
        community=community, state=Thanks.State.PUBLIC
    ).select_related("booking__thing__partner")
    return cut(rows, older=older, newer=newer)
