"""The list of books, and what one's page tells at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wugeyi.books.models import Book, Closing, ClosingRequest, Draft, Voucher
from wugeyi.books.queries.access import visible
from wugeyi.books.rules import access
from wugeyi.books.rules.months import month_of
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, Role
from wugeyi.ui.paging import Page, cut

# More are not counted: a list is looked through, not added up.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A set of books in the list.

    ``closed`` is the last closed month; None if none is.
    """

    book: Book
    closed: int | None
    waiting: int
    returned: int
    asked: bool


def listed(
    reach: Reach, *, text: str = "", older: int = 0, newer: int = 0
) -> tuple[Page[Book], list[Standing]]:
    """Return one page of the books in reach with where each stands; four queries."""
    rows: Any = visible(reach).select_related("organisation")
    rows = rows.annotate(closed_until=_closed_until())
    for word in text.split()[:5]:
        rows = rows.filter(
            Q(name_zh__icontains=word)
            | Q(name_en__icontains=word)
            | Q(code__iexact=word)
            | Q(organisation__search__icontains=f" {word.lower()}")
            | Q(organisation__search__istartswith=word.lower())
            | Q(organisation__name__icontains=word)
            | Q(organisation__code=word)
        )
    page: Page[Book] = cut(rows, older=older, newer=newer)
    return page, _standing(page.rows)


def standing(book: Book) -> Standing:
    """Return where one set of books stands."""
    row = Book.objects.annotate(closed_until=_closed_until()).get(pk=book.pk)
    return _standing([row])[0]


def _closed_until() -> Subquery:
    newest = Closing.objects.filter(book=OuterRef("pk")).order_by("-position")
    return Subquery(newest.values("closed_until")[:1])


def _standing(rows: Iterable[Book]) -> list[Standing]:
    found = list(rows)
    counted = {
        (book, state): many
        for book, state, many in Draft.objects.filter(
            book__in=found, state__in=(Draft.State.WAITING, Draft.State.RETURNED)
        )
        .values_list("book", "state")
        .annotate(many=Count("pk"))
        .order_by()
    }
    asked = set(
        ClosingRequest.objects.filter(
            book__in=found, state=ClosingRequest.State.WAITING
        ).values_list("book", flat=True)
    )
    return [
        Standing(
            book=each,
            closed=_closed(each),
            waiting=counted.get((each.pk, Draft.State.WAITING), 0),
            returned=counted.get((each.pk, Draft.State.RETURNED), 0),
            asked=each.pk in asked,
        )
        for each in found
    ]


def _closed(book: Book) -> int | None:
    until: int | None = book.closed_until  # type: ignore[attr-defined]
    return None if until is None or until < month_of(book.begins_on) else until


def to_review(reach: Reach, by: int) -> QuerySet[Draft]:
    """Return what waits for this person's review in all their books, oldest first.

    Drafts of their own are left out, and books whose cash they hold.
    """
    held = reach.roots({Role.CASHIER})
    rows = Draft.objects.filter(
        within("book__organisation__path", reach.roots(access.REVIEWS)),
        state=Draft.State.WAITING,
    ).exclude(prepared_by=by)
    return rows.exclude(within("book__organisation__path", held)) if held else rows


def asked_of(reach: Reach, by: int) -> QuerySet[ClosingRequest]:
    """Return requests to close or reopen that wait for this person."""
    held = reach.roots({Role.CASHIER})
    rows = ClosingRequest.objects.filter(
        within("book__organisation__path", reach.roots(access.REVIEWS)),
        state=ClosingRequest.State.WAITING,
    ).exclude(asked_by=by)
    return rows.exclude(within("book__organisation__path", held)) if held else rows


def count_some(rows: QuerySet[Draft]) -> int:
    """Count, but never more than ``MOST_COUNTED``."""
    return len(rows.values_list("pk")[:MOST_COUNTED])


def newest_day(book: Book) -> date | None:
    """Return the day of the newest voucher, None if there is none."""
    row = Voucher.objects.filter(book=book).order_by("-day", "-pk").first()
    return None if row is None else row.day
