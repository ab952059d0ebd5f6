"""Statements for any period: balance sheet, income, notes, trial balance, equity."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wugeyi.books.adapter import statements
from wugeyi.books.adapter.amounts import closed_until
from wugeyi.books.adapter.statements import NotOffered
from wugeyi.books.models import Book
from wugeyi.books.queries import items
from wugeyi.books.rules.months import month_of
from wugeyi.books.views.common import StaffRequest, book_of, frame, readers, show
from wugeyi.books.views.periods import end_of, period_of, read_month

KINDS: dict[str, Promise] = {
    "balance-sheet": _("资产负债表"),
    "income": _("收益及收益分配表"),
    "notes": _("附注"),
    "trial-balance": _("科目余额表"),
    "equity": _("所有者权益变动表"),
}
# What the 2023 system asks for; the others are for management.
REQUIRED = ("balance-sheet", "income", "notes")


@require_safe
@readers
def statement(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Show a statement of a period."""
    book = book_of(request, pk)
    if kind not in KINDS:
        raise Http404
    first, last = _period(request, book)
    closed = closed_until(book)
    context: dict[str, Any] = {
        **frame(request, book, "statements"),
        "kind": kind,
        "kinds": KINDS.items(),
        "required": REQUIRED,
        "name": KINDS[kind],
        "first": first,
        "last": last,
        "query": f"?first={first.isoformat()}&last={last.isoformat()}",
        "at_day": kind in ("balance-sheet", "notes"),
        "is_closed": closed is not None and month_of(last) <= closed,
        "refused": None,
    }
    try:
        context |= MAKERS[kind](book, first, last)
    except NotOffered as refused:
        context["refused"] = refused.sentences
    return show(request, "statement.html", context)


def _period(request: StaffRequest, book: Book) -> tuple[date, date]:
    """Return the period: of a month (?month=2024-03), else from a day to a day."""
    text = request.GET.get("month", "")
    last = end_of(text)
    if last is None or read_month(text) is None:
        return period_of(request, book)
    return date(last.year, last.month, 1), last


def _balance_sheet(book: Book, first: date, last: date) -> dict[str, Any]:
    return {
        "rows": statements.balance_sheet(book, last),
        "columns": [_("期末余额"), _("年初余额")],
    }


def _income(book: Book, first: date, last: date) -> dict[str, Any]:
    return {
        "rows": statements.income_statement(book, first, last),
        "columns": [_("本期金额"), _("本年累计")],
    }


def _notes(book: Book, first: date, last: date) -> dict[str, Any]:
    found = statements.notes(book, last)
    named = items.names(
        book,
        ((note.kind, row.value) for note in found for row in note.rows if row.value),
    )
    return {
        "notes": [
            (
                note,
                [(row, named.get((note.kind, row.value), "")) for row in note.rows],
            )
            for note in found
        ]
    }


def _trial_balance(book: Book, first: date, last: date) -> dict[str, Any]:
    return {"trial": statements.trial_balance(book, first, last)}


def _equity(book: Book, first: date, last: date) -> dict[str, Any]:
    return {"equity": statements.changes_in_equity(book, first, last)}


MAKERS: dict[str, Callable[[Book, date, date], dict[str, Any]]] = {
    "balance-sheet": _balance_sheet,
    "income": _income,
    "notes": _notes,
    "trial-balance": _trial_balance,
    "equity": _equity,
}
