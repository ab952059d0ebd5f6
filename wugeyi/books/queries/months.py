"""Closings, what keeps a month open, and what was asked of the reviewer."""

from django.db.models import QuerySet

from wugeyi.books.models import Book, Closing, ClosingRequest, Draft
from wugeyi.books.queries.drafts import OPEN
from wugeyi.books.rules.months import last_day
from wugeyi.ui.paging import Page, cut

PAGE = 24
MOST_BLOCKING = 20
MOST_ANSWERED = 10


def waiting(book: Book) -> ClosingRequest | None:
    """Return the request that waits, if one does."""
    rows = book.closing_requests.filter(state=ClosingRequest.State.WAITING)
    return rows.select_related("asked_by", "decision").first()


def answered(book: Book) -> list[ClosingRequest]:
    """Return the last requests that were declined or taken back."""
    rows = book.closing_requests.filter(
        state__in=(ClosingRequest.State.DECLINED, ClosingRequest.State.WITHDRAWN)
    )
    people = rows.select_related("asked_by", "answered_by")
    return list(people.order_by("-pk")[:MOST_ANSWERED])


def blocking(book: Book, month: int) -> QuerySet[Draft]:
    """Return drafts that keep a month from being closed."""
    rows = Draft.objects.filter(book=book, state__in=OPEN, day__lte=last_day(month))
    return rows.select_related("prepared_by").order_by("day", "pk")[:MOST_BLOCKING]


def history(book: Book, *, older: int = 0) -> Page[Closing]:
    """Return one page of closings, the newest first; one query."""
    rows = Closing.objects.filter(book=book).select_related(
        "by", "decision", "request__answered_by"
    )
    return cut(rows, older=older, size=PAGE)
