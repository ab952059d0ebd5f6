"""Pages of a list by the key of its rows: newest first."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

PAGE = 30
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, and the keys of the pages before and after."""

    rows: list[Row]
    newer: int | None
    older: int | None


def cut(
    rows: QuerySet[Row],
    *,
    older: int | None = None,
    newer: int | None = None,
    size: int = PAGE,
) -> Page[Row]:
    """Return the page before or after a key, the newest without one; one query.

    A key of 0 is none.
    """
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
