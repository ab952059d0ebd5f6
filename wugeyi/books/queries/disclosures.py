"""Sheets for villagers: which there are, which are to be drawn up, what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from wugeyi.books.models import (
    Book,
    Closing,
    Disclosure,
    DisclosureQuestion,
    Voucher,
)
from wugeyi.books.rules.disclosure import (
    Period,
    periods,
)
from wugeyi.books.rules.months import first_day, last_day, month_of
from wugeyi.casework.models import Case
from wugeyi.casework.queries.published import published
from wugeyi.casework.rules.states import State

MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the questions about a sheet."""

    asked: int
    waiting: int
    answered: int
    ended: int
    published: Sequence[Case]


def load(pk: int) -> Disclosure | None:
    """Return a sheet with its book and head; one query."""
    return _related().filter(pk=pk).first()


def by_code(code: str) -> Disclosure | None:
    """Return a sheet that anybody may read: published, maybe taken down since."""
    shown = _related().filter(code=code, published_at__isnull=False)
    return shown.first() if len(code) <= 12 else None


def _related() -> QuerySet[Disclosure]:
    return Disclosure.objects.select_related("book__organisation", "head")


def of_book(book: Book, most: int = 40) -> list[Disclosure]:
    """Return the sheets of a book, the newest first; one query."""
    rows = Disclosure.objects.filter(book=book).select_related("head")
    return list(rows.order_by("-last_month", "-pk")[:most])


def shown_of(book: Book, most: int = 40) -> list[Disclosure]:
    """Return what villagers may read of a book, the newest first; one query."""
    rows = Disclosure.objects.filter(book=book, state=Disclosure.State.PUBLISHED)
    return list(rows.order_by("-last_month", "-pk")[:most])


def instead_of(row: Disclosure) -> Disclosure | None:
    """Return the published sheet that took the place of one taken down."""
    rows = Disclosure.objects.filter(
        book=row.book,
        state=Disclosure.State.PUBLISHED,
        first_month__lte=row.first_month,
        last_month__gte=row.last_month,
    )
    return rows.order_by("-pk").first()


def to_show(book: Book) -> list[Period]:
    """Return the closed periods nobody has drawn up or shown; two queries."""
    newest = Closing.objects.filter(book=book).order_by("-position").first()
    if newest is None:
        return []
    have = Disclosure.objects.filter(book=book).exclude(
        state=Disclosure.State.WITHDRAWN
    )
    done = set(have.values_list("first_month", "last_month"))
    first = month_of(book.begins_on)
    return [
        each
        for each in periods(first, newest.closed_until, book.rhythm)
        if not any(a <= each.first and each.last <= b for a, b in done)
    ]


def closed_until(book: Book) -> int:
    """Return the last closed month, that before the books begin if none is."""
    newest = Closing.objects.filter(book=book).order_by("-position").first()
    return newest.closed_until if newest else month_of(book.begins_on) - 1


def changed_since(row: Disclosure) -> bool:
    """Tell whether vouchers of the period were posted after the head was taken."""
    return Voucher.objects.filter(
        book=row.book,
        day__gte=first_day(row.first_month),
        day__lte=last_day(row.last_month),
        position__gt=row.head.size,
    ).exists()


def questions(row: Disclosure) -> Answers:
    """Tell what became of the questions about a sheet; three queries at most."""
    of = Q(disclosure=row)
    waiting = (State.NEW, State.ASSIGNED, State.OBJECTED, State.WORKING, State.MERGED)
    found = DisclosureQuestion.objects.filter(of).aggregate(
        asked=Count("pk"),
        waiting=Count("pk", filter=Q(case__state__in=waiting)),
        answered=Count("pk", filter=Q(case__state=State.ANSWERED)),
        ended=Count("pk", filter=Q(case__state=State.CLOSED)),
    )
    rows = published().filter(disclosure_question__disclosure=row)
    cases = rows.order_by("-published_at")[:MOST_QUESTIONS] if found["asked"] else ()
    return Answers(**found, published=list(cases))


def voucher_of(row: Disclosure, pk: int) -> Voucher | None:
    """Return a voucher that is on a sheet."""
    return vouchers_of(row).filter(pk=pk).first()


def vouchers_of(row: Disclosure) -> QuerySet[Voucher]:
    """Return the vouchers a sheet is drawn from: of its months, under its head."""
    return Voucher.objects.filter(
        book=row.book,
        day__gte=first_day(row.first_month),
        day__lte=last_day(row.last_month),
        position__lte=row.head.size,
    )


def question_of(case: Case) -> DisclosureQuestion | None:
    """Return which sheet and voucher a case asks about, None if none; one query."""
    rows = DisclosureQuestion.objects.select_related(
        "disclosure__book__organisation", "voucher"
    )
    return rows.filter(case=case).first()
