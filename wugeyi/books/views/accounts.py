"""Accounts with balances at a day, the ledger of one, sub-accounts."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import books as actions
from wugeyi.books.adapter.statements import (
    choices,
    trial_balance,
    unverified_accounts,
    usual_side,
)
from wugeyi.books.forms.books import SubAccountForm
from wugeyi.books.forms.refusals import explain
from wugeyi.books.queries import items, ledgers
from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    readers,
    show,
)
from wugeyi.books.views.periods import day_of, period_of


@require_safe
@readers
def accounts(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every account with its balance at a day's end."""
    book = book_of(request, pk)
    day = day_of(request, book)
    first = date(day.year, 1, 1)
    rows = {each.code: each for each in trial_balance(book, first, day).rows}
    every = request.GET.get("all") == "1"
    context = {
        **frame(request, book, "accounts"),
        "day": day,
        "all": every,
        "rows": [
            (each, rows.get(each.code), len(each.code))
            for each in choices(book)
            if every or each.code in rows
        ],
        "unverified": unverified_accounts(book.regime),
    }
    return show(request, "accounts.html", context)


@require_safe
@readers
def ledger(request: StaffRequest, pk: int, code: str) -> HttpResponse:
    """Show the lines of an account and its sub-accounts with running balances."""
    book = book_of(request, pk)
    named = {each.code: each for each in choices(book)}
    if code not in named:
        raise Http404
    first, last = period_of(request, book)
    kind, item = request.GET.get("kind", ""), request.GET.get("item", "")[:20]
    about = (kind, item) if kind in ITEM_KINDS and item.isprintable() and item else None
    page = ledgers.page(
        book,
        code,
        first,
        last,
        item=about,
        after=ledgers.read_key(request.GET.get("after", "")),
        before=ledgers.read_key(request.GET.get("before", "")),
    )
    lines = page.lines
    context = {
        **frame(request, book, "accounts"),
        "account": named[code],
        "side": usual_side(book.regime, code),
        "first": first,
        "last": last,
        "ledger": page,
        "about": about,
        "about_name": items.names(book, [about]).get(about, "") if about else "",
        "kind": kind,
        "item": item,
        "debit": sum(each.posting.debit_fen for each in lines),
        "credit": sum(each.posting.credit_fen for each in lines),
        "names": named,
    }
    return show(request, "ledger.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def sub_account(request: StaffRequest, pk: int) -> HttpResponse:
    """Add an account below one of the chart."""
    book = keepable(request, pk)
    form = SubAccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_sub_account(
                book=book,
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("code", explain(refused))
        else:
            messages.success(request, _("加了明细科目 %(name)s。") % {"name": made})
            return redirect("books:accounts", pk=pk)
    context = {
        **frame(request, book),
        "form": form,
        "title": _("加一个明细科目"),
        "back_url": reverse("books:accounts", args=[pk]),
        "button": _("加上"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)
