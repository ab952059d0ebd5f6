"""What is broken, and whose case has said that it works again."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.stations.models import Breakage, Item, Station
from wugeyi.stations.rules import access
from wugeyi.ui.paging import Page, cut

_OWN = Q(lead__state=State.CLOSED.value, lead__outcome=Outcome.RESOLVED.value)
_MERGED = Q(
    lead__state=State.MERGED.value,
    lead__merged_into__state=State.CLOSED.value,
    lead__merged_into__outcome=Outcome.RESOLVED.value,
)
SOLVED = _OWN | _MERGED
"""The case was solved: said by who asked, or by a verified check."""


def item_name(code: str) -> str:
    """Return a facility's name in the reader's language; — for one in no list."""
    item = Item.objects.filter(code=code).first() if code else None
    return str(item) if item is not None else "—"


def resolved() -> QuerySet[Breakage]:
    """Return what is on record as broken though its case was solved."""
    return Breakage.objects.filter(SOLVED, mended_on=None)


def reopened() -> QuerySet[Breakage]:
    """Return what is on record as mended though its case was opened again."""
    return Breakage.objects.filter(
        mended_on__isnull=False, by_hand=False, lead__state__in=OPEN_STATES
    )


def standing(stations: Sequence[Station]) -> QuerySet[Breakage]:
    """Return what is broken at some stations now, the first reports only."""
    return (
        Breakage.objects.filter(station__in=stations, mended_on=None, joined=False)
        .exclude(SOLVED)
        .select_related("item", "lead")
        .order_by("pk")
    )


def lead_of(station: Station, item: Item | None) -> Case | None:
    """Return the open case in which an item is dealt with already."""
    if item is None:
        return None
    found = (
        Breakage.objects.filter(
            station=station, item=item, mended_on=None, joined=False
        )
        .exclude(SOLVED)
        .select_related("lead__merged_into")
        .order_by("-pk")
        .first()
    )
    if found is None:
        return None
    lead = found.lead.merged_into or found.lead
    return lead if lead.state in OPEN_STATES else None


def of_station(station: Station, *, older: int = 0, newer: int = 0) -> Page[Breakage]:
    """Return one page of a station's reports, newest first; one query."""
    rows = Breakage.objects.filter(station=station).select_related("item", "lead")
    return cut(rows, older=older, newer=newer)


def for_case(case: Case, reach: Reach) -> list[Breakage]:
    """Return which station a case is about, for somebody who may read it as staff."""
    return list(
        Breakage.objects.filter(Q(case=case) | Q(lead=case, joined=False))
        .filter(within("station__organisation__path", reach.roots(access.READS)))
        .select_related("station__organisation", "item")
        .order_by("pk")[:5]
    )
