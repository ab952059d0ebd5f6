"""Opening the records behind figures: one query each."""

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.books.models import Book, MonthFigure
from wugeyi.books.rules import access
from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def open_books(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open sets of books."""
    rows = (
        Book.objects.filter(pk__in=ids)
        .filter(within("organisation__path", reach.roots(access.READS)))
        .select_related("organisation")
    )
    return {
        row.pk: Opened(
            str(row), row.get_absolute_url(), row.begins_on, row.organisation.name
        )
        for row in rows
    }


def open_months(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open closed months, on the statements of their books."""
    rows = (
        MonthFigure.objects.filter(pk__in=ids)
        .filter(within("closing__book__organisation__path", reach.roots(access.READS)))
        .select_related("closing__book", "organisation")
    )
    return {
        row.pk: Opened(
            _("%(book)s %(year)s 年 %(month)s 月")
            % {
                "book": row.closing.book,
                "year": row.on_day.year,
                "month": row.on_day.month,
            },
            _statements(row),
            row.on_day,
            row.organisation.name,
        )
        for row in rows
    }


def _statements(row: MonthFigure) -> str:
    page = reverse("books:statement", args=[row.closing.book_id, "income"])
    return f"{page}?month={row.on_day.isoformat()[:7]}"


OPENERS: dict[str, Callable[..., dict[int, Opened]]] = {
    "book": open_books,
    "book_month": open_months,
    "book_year": open_months,
}
