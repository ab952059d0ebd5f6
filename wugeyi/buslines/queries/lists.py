"""Lists of lines and of their records: newest first, by key."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from wugeyi.buslines.models import Line
from wugeyi.buslines.queries.access import visible
from wugeyi.organisations.rules import Reach

PAGE = 30
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, and the keys of the pages before and after."""

    rows: list[Row]
    newer: int | None
    older: int | None


def lines(
    reach: Reach, *, older: int = 0, newer: int = 0, ended: bool = False
) -> Page[Line]:
    """Return one page of lines within one's reach; one query."""
    rows = visible(reach).select_related("organisation")
    if not ended:
        rows = rows.filter(closed_on=None)
    return cut(rows, older=older, newer=newer)


def cut(
    rows: QuerySet[Row], *, older: int = 0, newer: int = 0, size: int = PAGE
) -> Page[Row]:
    """Return the page before or after a key, the newest without one."""
    if newer:
        found = list(rows.filter(pk__gt=newer).order_by("pk")[: size + 1])
        more = len(found) > size
        found = found[:size][::-1]
        return Page(
            found,
            found[0].pk if more and found else None,
            found[-1].pk if found else None,
        )
    narrowed = rows.filter(pk__lt=older) if older else rows
    found = list(narrowed.order_by("-pk")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        found,
        found[0].pk if older and found else None,
        found[-1].pk if more else None,
    )
