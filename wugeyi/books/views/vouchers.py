"""Posted vouchers: those of a month, one of them, on paper, taken back."""

from dataclasses import replace
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import drafts as actions
from wugeyi.books.adapter.amounts import closed_until
from wugeyi.books.forms.months import ReverseForm
from wugeyi.books.forms.refusals import explain, explain_all
from wugeyi.books.models import Draft, Voucher, VoucherKind
from wugeyi.books.queries import books as book_queries
from wugeyi.books.queries import drafts as draft_queries
from wugeyi.books.queries import vouchers as queries
from wugeyi.books.rules import access
from wugeyi.books.rules.months import first_day, month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    page_keys,
    readers,
    show,
)
from wugeyi.books.views.periods import read_month


def voucher_of(request: StaffRequest, pk: int) -> Voucher:
    """Return a voucher of books this person may read; else 404."""
    voucher = queries.load(pk) if pk < 2**63 else None
    if voucher is None or not access.reads(
        request.reach, voucher.book.organisation.path
    ):
        raise Http404
    return voucher


@require_safe
@readers
def vouchers(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one page of a month's vouchers; the newest month with any by itself."""
    book = book_of(request, pk)
    newest = book_queries.newest_day(book)
    month = read_month(request.GET.get("month", ""))
    if month is None:
        month = month_of(newest or max(timezone.localdate(), book.begins_on))
    page, rows = queries.of_month(
        book,
        month,
        **page_keys(request),
    )
    begins = month_of(book.begins_on)
    closed = closed_until(book)
    context = {
        **frame(request, book, "vouchers"),
        "month": month,
        "day": first_day(month),
        "before": first_day(month - 1) if month > begins else None,
        "after": first_day(month + 1)
        if month < month_of(newest or timezone.localdate())
        else None,
        "rows": rows,
        "pages": page,
        "is_closed": closed is not None and month <= closed,
    }
    return show(request, "vouchers.html", context)


@require_safe
@readers
def voucher(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a posted voucher with all that belongs to it."""
    return _page(request, pk, "voucher.html")


@require_safe
@readers
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a voucher as it is printed: half a sheet, landscape."""
    return _page(request, pk, "voucher_print.html")


def _page(request: StaffRequest, pk: int, template: str) -> HttpResponse:
    found = voucher_of(request, pk)
    lines = queries.of_voucher(found)
    draft = Draft.objects.filter(voucher=found).first()
    reversed_by = Voucher.objects.filter(reverses=found).first()
    context = {
        **frame(request, found.book, "vouchers"),
        "voucher": found,
        "lines": lines,
        "debit": sum(each.debit_fen for each in lines),
        "credit": sum(each.credit_fen for each in lines),
        "papers": draft_queries.papers(draft) if draft else [],
        "reversed_by": reversed_by,
        "waiting_reversal": None
        if reversed_by
        else Draft.objects.filter(reverses=found, state__in=draft_queries.OPEN).first(),
        "may_reverse": found.kind != VoucherKind.REVERSAL and reversed_by is None,
    }
    return show(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def reverse(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a voucher back: a draft that is reviewed like any other."""
    found = voucher_of(request, pk)
    book = keepable(request, found.book_id)
    if Voucher.objects.filter(reverses=found).exists():
        messages.warning(
            request, explain(Refused(Why.ALREADY_REVERSED, number=str(found)))
        )
        return redirect(found)
    closed = closed_until(book)
    earliest = found.day if closed is None else max(found.day, first_day(closed + 1))
    form = ReverseForm(
        request.POST if request.method == "POST" else None,
        initial={
            "client_id": uuid4(),
            "day": max(earliest, timezone.localdate()),
        },
    )
    if form.is_bound and form.is_valid():
        draft = _draft(request, found, form)
        if draft is not None:
            messages.success(request, _("冲销填好了，交给复核人了。"))
            return redirect(draft)
    lines = [
        replace(each, debit_fen=each.credit_fen, credit_fen=each.debit_fen)
        for each in queries.of_voucher(found)
    ]
    context = {
        **frame(request, book, "vouchers"),
        "voucher": found,
        "lines": lines,
        "debit": sum(each.debit_fen for each in lines),
        "credit": sum(each.credit_fen for each in lines),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return show(request, "reverse.html", context, status=status)


def _draft(request: StaffRequest, found: Voucher, form: ReverseForm) -> Draft | None:
    values = form.cleaned_data
    at = timezone.now()
    try:
        draft = actions.reverse_by_draft(
            voucher=found,
            day=values["day"],
            reason=values["reason"],
            client_id=values["client_id"],
            by=request.user,
            at=at,
        )
    except Refused as refused:
        for sentence in explain_all(refused):
            form.add_error(None, sentence)
        return None
    return draft
