"""Showing the books to villagers: draw up, look over, publish, take down; who is late."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import disclosures as actions
from wugeyi.books.forms.disclosures import DrawUpForm, ReviewForm, WithdrawSheetForm
from wugeyi.books.forms.refusals import explain
from wugeyi.books.models import Disclosure
from wugeyi.books.queries import disclosures as queries
from wugeyi.books.queries import disclosuresheet, disclosureslate
from wugeyi.books.rules import access
from wugeyi.books.rules.disclosure import GRACE_DAYS, head_groups
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    key_of,
    need_keeping,
    readers,
    show,
)

STATES: dict[str, str] = {
    Disclosure.State.DRAWN_UP: "waiting",
    Disclosure.State.PUBLISHED: "resolved",
    Disclosure.State.WITHDRAWN: "closed",
}


@require_safe
@readers
def listing(request: StaffRequest, pk: int) -> HttpResponse:
    """List the sheets of a book and the closed periods nobody has drawn up yet."""
    book = book_of(request, pk)
    context = {
        **frame(request, book, "disclosures"),
        "sheets": [(each, STATES[each.state]) for each in queries.of_book(book)],
        "to_show": queries.to_show(book),
    }
    return show(request, "disclosures/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def draw_up(request: StaffRequest, pk: int, first: int) -> HttpResponse:
    """Write what no account tells, and draw the sheet up."""
    book = keepable(request, pk)
    period = next((p for p in queries.to_show(book) if p.first == first), None)
    if period is None:
        raise Http404
    form = DrawUpForm(request.POST or None, initial=_last_words(queries.of_book(book)))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.draw_up(
                book=book,
                period=period,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("拟好了。请民主理财小组逐笔看过，再公开。"))
            return redirect(row)
    context = {**frame(request, book, "disclosures"), "form": form, "period": period}
    return _answered(request, "disclosures/draw_up.html", context)


def _last_words(rows: list[Disclosure]) -> dict[str, str]:
    """Return what was written the last time: most of it stays."""
    if not rows:
        return {}
    return {"plans": rows[0].plans, "resources": rows[0].resources}


@require_safe
@readers
def disclosure(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a sheet as villagers will read it, and what may be done next."""
    row = _sheet_of(request, pk)
    path = row.book.organisation.path
    context = {
        **frame(request, row.book, "disclosures"),
        "row": row,
        "tone": STATES[row.state],
        "sheet": disclosuresheet.sheet(row),
        "answers": queries.questions(row),
        "groups": head_groups(row.head.root),
        "may_keep": access.keeps(request.reach, path),
        "staff": True,
    }
    return show(request, "disclosures/one.html", context)


def _sheet_of(request: StaffRequest, pk: int) -> Disclosure:
    row = queries.load(pk)
    if row is None or not access.reads(request.reach, row.book.organisation.path):
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that the villagers' finance group looked it over."""
    row = _mine(request, pk)
    first = {
        "version": row.version,
        "reviewed_by": row.reviewed_by,
        "reviewed_on": row.reviewed_on or timezone.localdate(),
        "opinion": row.opinion,
    }
    form = ReviewForm(request.POST or None, initial=first)
    texts = (
        _("民主理财小组审核"),
        _("请他们对着凭证逐笔看过，再填。"),
        _("记下"),
    )
    return _step(request, row, form, texts, actions.review, _("审核已记下。"))


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a sheet down, with the reason."""
    row = _mine(request, pk)
    form = WithdrawSheetForm(request.POST or None, initial={"version": row.version})
    texts = (
        _("撤下这张公开表"),
        _("原来的页面还在，会写明撤下的理由。"),
        _("撤下"),
    )
    return _step(request, row, form, texts, actions.withdraw, _("已撤下。"))


@require_http_methods(["POST"])
@keepers
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Show it to everybody."""
    row = _mine(request, pk)
    typed = request.POST.get("version", "")
    try:
        actions.publish(
            disclosure=row,
            version=int(typed) if typed.isascii() and typed.isdigit() else -1,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.warning(request, explain(refused))
    else:
        messages.success(request, _("已公开。请把墙上的那张也贴出来。"))
    return redirect(row)


def _mine(request: StaffRequest, pk: int) -> Disclosure:
    row = _sheet_of(request, pk)
    need_keeping(request, row.book)
    return row


def _step(
    request: StaffRequest,
    row: Disclosure,
    form: Any,
    texts: tuple[str, str, str],
    act: Callable[..., Disclosure],
    said: str,
) -> HttpResponse:
    """Show a small form; do what it says."""
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data}
        values["version"] = values["version"] or 0
        try:
            act(disclosure=row, by=request.user, at=timezone.now(), **values)
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, said)
            return redirect(row)
    title, lead, button = texts
    context = {
        **frame(request, row.book, "disclosures"),
        "row": row,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
    }
    return _answered(request, "disclosures/step.html", context)


@require_safe
@readers
def overdue(request: StaffRequest) -> HttpResponse:
    """List the books whose last period is not shown in time."""
    page, rows = disclosureslate.late(
        request.reach,
        timezone.localdate(),
        older=key_of(request.GET.get("older", "")) or 0,
        newer=key_of(request.GET.get("newer", "")) or 0,
    )
    context = {"page": page, "rows": rows, "days": GRACE_DAYS}
    return show(request, "disclosures/late.html", context)


def _answered(
    request: StaffRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    form = context["form"]
    wrong = form.is_bound and bool(form.errors)
    return show(request, template, context, status=422 if wrong else 200)
