"""Statements of banks: what each line is in the books, and what is open at a day."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import banking as actions
from wugeyi.books.forms.banking import DayForm
from wugeyi.books.forms.refusals import explain_all
from wugeyi.books.models import BankLine, Book
from wugeyi.books.queries import banking as queries
from wugeyi.books.queries.bankbalance import reconcile
from wugeyi.books.rules import access
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    key_of,
    need_keeping,
    readers,
    show,
)


@require_safe
@readers
def accounts(request: StaffRequest, pk: int) -> HttpResponse:
    """List the accounts of banks that statements were handed in for."""
    book = book_of(request, pk)
    path = book.organisation.path
    context = {
        **frame(request, book, "bank"),
        "accounts": queries.standing(book),
        "most": queries.MOST_COUNTED,
        "hands_in": book.closed_at is None and access.hands_in(request.reach, path),
    }
    return show(request, "bank.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def account(request: StaffRequest, pk: int, account: str) -> HttpResponse:
    """Show what lines may be; confirm, choose, take back, draft."""
    book = book_of(request, pk)
    name = _name(book, account)
    if request.method == "POST":
        need_keeping(request, book)
        try:
            return _act(request, book, account)
        except Refused as refused:
            for sentence in explain_all(refused):
                messages.error(request, sentence)
    made = queries.suggested(book, account)
    rows, following = queries.page_of(
        book, account, made, after=key_of(request.GET.get("after", ""))
    )
    done = queries.matched(book, account, before=key_of(request.GET.get("before", "")))
    context = {
        **frame(request, book, "bank"),
        "account": account,
        "name": name,
        "rows": rows,
        "next": following,
        "sure": len(made.certain),
        "done": done[: queries.PAGE],
        "done_next": done[queries.PAGE - 1].pk if len(done) > queries.PAGE else None,
        "today": timezone.localdate(),
    }
    return show(request, "bank_account.html", context)


def _name(book: Book, account: str) -> str:
    named = dict(queries.bank_accounts(book))
    if account not in named:
        raise Http404
    return named[account]


def _act(request: StaffRequest, book: Book, account: str) -> HttpResponse:
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    act = request.POST.get("act", "")
    if act == "sure":
        n = actions.confirm_sure(book=book, account=account, **who)
        said = ngettext("对上了 %(n)s 笔。", "对上了 %(n)s 笔。", n)
        messages.success(request, said % {"n": n})
        return redirect("books:bank-account", pk=book.pk, account=account)
    line = BankLine.objects.filter(
        pk=key_of(request.POST.get("line", "")),
        statement__book=book,
        statement__account=account,
    ).first()
    if line is None:
        raise Http404
    if act == "draft":
        return redirect(actions.draft(line=line, **who))
    if act == "part":
        actions.part(line=line, **who)
        messages.success(request, _("已取消对应，这一笔又是没对上的。"))
    else:
        posting = key_of(request.POST.get("posting", ""))
        actions.pair(line=line, posting_id=posting, **who)
        messages.success(request, _("已对上。"))
    back = redirect("books:bank-account", pk=book.pk, account=account)
    back["Location"] += f"#line-{line.pk}"
    return back


@require_safe
@readers
def reconciliation(request: StaffRequest, pk: int, account: str) -> HttpResponse:
    """Show what is open between books and bank at a day; printable."""
    book = book_of(request, pk)
    name = _name(book, account)
    form = DayForm(request.GET if "on" in request.GET else None)
    on = timezone.localdate()
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
    if not form.is_bound:
        form = DayForm(initial={"on": on})
    context = {
        **frame(request, book, "bank"),
        "account": account,
        "name": name,
        "form": form,
        "made": reconcile(book, account, on),
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "bank_reconciliation.html", context, status=status)
