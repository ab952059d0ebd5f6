"""Books whose last period is not shown in time, and those that have shown something."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from wugeyi.books.models import Book, Disclosure, Rhythm
from wugeyi.books.queries.access import visible
from wugeyi.books.rules.disclosure import owed
from wugeyi.books.rules.months import first_day
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut


@dataclass(frozen=True, slots=True)
class Late:
    """A book, the last month that should be shown, and the last one that is."""

    book: Book
    owed: int
    shown: int | None


def late(
    reach: Reach, today: date, *, older: int = 0, newer: int = 0
) -> tuple[Page[Book], list[Late]]:
    """Return one page of the books in reach that are behind; two queries."""
    rows = visible(reach).filter(closed_at=None).select_related("organisation")
    behind = Q()
    for rhythm in Rhythm.values:
        month = owed(today, rhythm)
        shown = Disclosure.objects.filter(
            book=OuterRef("pk"),
            state=Disclosure.State.PUBLISHED,
            last_month__gte=month,
        )
        # Books that begin later owe nothing yet.
        begun = Q(rhythm=rhythm, begins_on__lt=first_day(month + 1))
        behind |= begun & Q(~Exists(shown))
    page = cut(rows.filter(behind), older=older, newer=newer)
    last: dict[int, int] = {}
    shown_rows = Disclosure.objects.filter(
        book__in=page.rows, state=Disclosure.State.PUBLISHED
    )
    for key, month in shown_rows.values_list("book", "last_month"):
        last[key] = max(month, last.get(key, 0))
    return page, [
        Late(each, owed(today, each.rhythm), last.get(each.pk)) for each in page.rows
    ]


def villages(text: str, most: int = 20) -> list[Book]:
    """Return books that have shown something, by a village's name or code."""
    shown = Disclosure.objects.filter(
        book=OuterRef("pk"), state=Disclosure.State.PUBLISHED
    )
    word = text.strip().lower()
    rows = Book.objects.filter(Exists(shown)).select_related("organisation")
    found = rows.filter(
        Q(organisation__search__icontains=f" {word}")
        | Q(organisation__search__istartswith=word)
        | Q(organisation__name__icontains=text.strip())
        | Q(name_zh__icontains=text.strip())
        | Q(organisation__code=text.strip())
    )
    return list(found.order_by("organisation__path", "pk")[:most])


def shown_book(code: str) -> Book | None:
    """Return books that have ever shown something, by their code; one query."""
    shown = Disclosure.objects.filter(book=OuterRef("pk"), published_at__isnull=False)
    rows = Book.objects.filter(Exists(shown), code=code)
    return rows.select_related("organisation").first()
