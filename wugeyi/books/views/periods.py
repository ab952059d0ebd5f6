"""Days and periods asked for in an address; rubbish gives the usual ones."""

from datetime import date

from django.utils import timezone

from wugeyi.books.forms.fields import EARLIEST, LATEST
from wugeyi.books.models import Book
from wugeyi.books.rules.months import last_day, month_of
from wugeyi.books.views.common import StaffRequest


def read_day(text: str) -> date | None:
    """Read a day, None for anything else or a day nobody means."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def day_of(request: StaffRequest, book: Book) -> date:
    """Return the day asked for; else today, but not before the books begin."""
    asked = read_day(request.GET.get("day", ""))
    return asked or max(timezone.localdate(), book.begins_on)


def period_of(request: StaffRequest, book: Book) -> tuple[date, date]:
    """Return the period asked for; else the year up to today."""
    last = read_day(request.GET.get("last", "")) or max(
        timezone.localdate(), book.begins_on
    )
    first = read_day(request.GET.get("first", "")) or date(last.year, 1, 1)
    return (first, last) if first <= last else (date(last.year, 1, 1), last)


def read_month(text: str) -> int | None:
    """Read a month (2024-03) as ``rules.months`` counts; None for anything else."""
    day = read_day(f"{text}-01")
    return None if day is None else month_of(day)


def end_of(text: str) -> date | None:
    """Return the last day of a month (2024-03); None for anything else."""
    month = read_month(text)
    return None if month is None else last_day(month)
