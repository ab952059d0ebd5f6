"""Months: what is closed, what keeps the next one open, closing it by two people."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.books.actions import requests as actions
from wugeyi.books.adapter.amounts import closed_until
from wugeyi.books.adapter.statements import distributed
from wugeyi.books.forms.months import RemarkForm, ReopenForm
from wugeyi.books.forms.refusals import explain, explain_all
from wugeyi.books.models import Book, ClosingRequest
from wugeyi.books.queries import drafts
from wugeyi.books.queries import months as queries
from wugeyi.books.rules.months import first_day, last_day, month_of
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    key_of,
    need_reviewing,
    readers,
    reviewers,
    show,
)
from wugeyi.books.views.periods import read_month


@require_safe
@readers
def months(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is closed and what the next month waits for."""
    book = book_of(request, pk)
    return _page(request, book)


def _page(
    request: StaffRequest, book: Book, form: ReopenForm | None = None
) -> HttpResponse:
    closed = closed_until(book)
    following = month_of(book.begins_on) if closed is None else closed + 1
    asked = queries.waiting(book)
    december = following % 12 == 11
    context = {
        **frame(request, book, "months"),
        "closed": closed,
        "following": following,
        "following_day": first_day(following),
        "over": last_day(following) < timezone.localdate(),
        "blocking": drafts.told(queries.blocking(book, following)),
        "no_distribution": december and not distributed(book, following // 12),
        "december": december,
        "asked": asked,
        "may_answer": asked is not None and asked.asked_by_id != request.user.pk,
        "history": queries.history(book, older=key_of(request.GET.get("older", ""))),
        "requests": queries.answered(book),
        "form": form or ReopenForm(decisions=_decisions(book)),
        "remark_form": RemarkForm(initial={"version": asked.version if asked else 0}),
    }
    bound = form is not None and form.is_bound
    return show(request, "months.html", context, status=422 if bound else 200)


@require_POST
@keepers
def ask_to_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the reviewer to close the next month."""
    book = keepable(request, pk)
    month = read_month(request.POST.get("month", ""))
    return _done(
        request,
        book.pk,
        lambda: actions.ask_to_close(
            book=book, month=month or 0, by=request.user, at=timezone.now()
        ),
        _("请复核人结账了。"),
    )


@require_http_methods(["POST"])
@keepers
def ask_to_reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the reviewer to open the last closed month again."""
    book = keepable(request, pk)
    form = ReopenForm(request.POST, decisions=_decisions(book))
    if form.is_valid():
        try:
            actions.ask_to_reopen(
                book=book,
                reason=form.cleaned_data["reason"],
                decision=form.cleaned_data["decision"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("请复核人反结账了。"))
            return redirect("books:months", pk=pk)
    return _page(request, book, form)


@require_POST
@reviewers
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Close or reopen as asked, or say why not."""
    asked = _request_of(request, pk)
    need_reviewing(request, asked.book)
    version = key_of(request.POST.get("version", ""))
    at = timezone.now()
    if "decline" in request.POST:
        remark = request.POST.get("remark", "")[:300]
        return _done(
            request,
            asked.book_id,
            lambda: actions.decline(
                request=asked, version=version, remark=remark, by=request.user, at=at
            ),
            _("告诉会计了。"),
        )
    return _done(
        request,
        asked.book_id,
        lambda: actions.confirm(request=asked, version=version, by=request.user, at=at),
        _("办好了。"),
    )


@require_POST
@keepers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    asked = _request_of(request, pk)
    keepable(request, asked.book_id)
    version = key_of(request.POST.get("version", ""))
    return _done(
        request,
        asked.book_id,
        lambda: actions.withdraw(
            request=asked, version=version, by=request.user, at=timezone.now()
        ),
        _("撤回了。"),
    )


def _done(
    request: StaffRequest, book: int, act: Callable[[], object], told: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        for sentence in explain_all(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, told)
    return redirect("books:months", pk=book)


def _request_of(request: StaffRequest, pk: int) -> ClosingRequest:
    rows = ClosingRequest.objects.select_related("book")
    asked = rows.filter(pk=pk).first() if pk < 2**63 else None
    if asked is None:
        raise Http404
    book_of(request, asked.book_id)
    return asked


def _decisions(book: Book) -> object:
    rows = drafts.decisions(book)
    newest = list(rows.values_list("pk", flat=True)[: drafts.MOST_DECISIONS])
    return rows.filter(pk__in=newest)
