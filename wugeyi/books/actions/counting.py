"""What closed months add to figures, told in the transaction of the closing."""

from datetime import datetime

from wugeyi.books.adapter.monthfigures import earned
from wugeyi.books.models import Book, Closing
from wugeyi.books.models.monthfigures import MonthFigure
from wugeyi.books.rules.months import last_day
from wugeyi.figures.actions import refresh

BOOKS = "books"
MONTHS = "book_months"
YEARS = "book_years"


def book_changed(book: Book, *, at: datetime, new: bool = False) -> None:
    """Count a set of books that was opened or closed."""
    refresh(source=BOOKS, records=[book.pk], at=at, new=new)


def month_closed(book: Book, closing: Closing, *, at: datetime) -> None:
    """Count a month that was closed."""
    found = earned(book, closing.month)
    row = MonthFigure.objects.create(
        closing=closing,
        organisation_id=book.organisation_id,
        keeper=book.keeper,
        regime=book.regime,
        on_day=last_day(closing.month),
        operating_fen=found.operating_fen,
        income_fen=found.income_fen,
        expense_fen=found.expense_fen,
        year_operating_fen=found.year_operating_fen,
        vouchers=closing.vouchers,
        recorded_at=at,
    )
    for source in (MONTHS, YEARS):
        refresh(source=source, records=[row.pk], at=at, new=True)


def month_reopened(book: Book, month: int, *, at: datetime) -> None:
    """Take back what a month that is open again had added."""
    rows = MonthFigure.objects.filter(
        closing__book=book, closing__month=month, withdrawn_at=None
    )
    keys = list(rows.values_list("pk", flat=True))
    MonthFigure.objects.filter(pk__in=keys).update(withdrawn_at=at)
    for source in (MONTHS, YEARS):
        refresh(source=source, records=keys, at=at)
