"""Writing a voucher: an empty one, one from a template, one that is changed."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import drafts as actions
from wugeyi.books.adapter.amounts import closed_until
from wugeyi.books.adapter.statements import choices, unverified_accounts
from wugeyi.books.forms.refusals import explain, explain_all
from wugeyi.books.forms.vouchers import (
    MORE_ROWS,
    HeadForm,
    Rows,
    initial_of,
    typed_rows,
)
from wugeyi.books.models import Book, Draft
from wugeyi.books.queries import drafts as queries
from wugeyi.books.queries import items, vouchers
from wugeyi.books.rules import templates as shipped_templates
from wugeyi.books.rules.accountnames import Choice, look, meant
from wugeyi.books.rules.entries import ITEM_KINDS, Line
from wugeyi.books.rules.months import first_day, month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    key_of,
    readers,
    show,
)
from wugeyi.books.views.draftpages import draft_of
from wugeyi.books.views.papers import keep_photos


class Finders:
    """What a typed account or item of a book may mean; asked once for a page."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.accounts = choices(book)

    def __call__(self, name: str, text: str) -> list[Choice]:
        """Return what ``text`` may mean in the column ``name``."""
        if name == "account":
            return meant(self.accounts, text)
        return items.found(self.book, name, text)

    @property
    def names(self) -> dict[str, str]:
        """The names of accounts by code."""
        return {each.code: each.name for each in self.accounts}


@require_safe
@readers
def search(request: StaffRequest, pk: int) -> JsonResponse:
    """Offer accounts, or items of a kind, while somebody types."""
    book = book_of(request, pk)
    kind = request.GET.get("kind", "account")
    text = request.GET.get("q", "")[:60]
    if kind in ITEM_KINDS:
        found = items.search(book, kind, text) if text.isprintable() else []
    else:
        found = look(choices(book), text)
    offered = [{"value": each.typed, "label": each.full} for each in found]
    return JsonResponse(
        {"units": offered}, headers={"Cache-Control": "private, no-store"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def enter(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a new voucher."""
    book = keepable(request, pk)
    find = Finders(book)
    decisions = _decisions(book)
    if request.method != "POST":
        head = HeadForm(
            initial={"client_id": uuid4(), "day": _day(request, book)},
            decisions=decisions,
        )
        rows = Rows(None, find=find, initial=_begun(request, book, find))
        return _page(request, book, head, rows, find)
    if "more" in request.POST:
        return _with_more(request, book, find)
    head = HeadForm(request.POST, request.FILES, decisions=decisions)
    rows = Rows(request.POST, find=find)
    wrong = _wrong(request, head, rows)
    if wrong is not None:
        return _page(request, book, head, rows, find, wrong=wrong)
    values = head.cleaned_data
    try:
        draft = actions.write(
            book=book,
            day=values["day"],
            lines=rows.lines,
            decision=values.get("decision"),
            client_id=values["client_id"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return _page(request, book, head, rows, find, wrong=explain_all(refused))
    if draft.version == 1:
        keep_photos(request, draft, values["photos"])
    return _kept(request, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a draft that is not posted."""
    draft = draft_of(request, pk)
    book = keepable(request, draft.book_id)
    if draft.state not in queries.OPEN or draft.reverses_id is not None:
        messages.warning(request, explain(Refused(Why.CHANGED)))
        return redirect("books:draft", pk=pk)
    find = Finders(book)
    decisions = _decisions(book)
    if request.method != "POST":
        head = HeadForm(
            initial={
                "day": draft.day,
                "decision": draft.decision_id,
                "version": draft.version,
            },
            decisions=decisions,
        )
        rows = Rows(None, find=find, initial=initial_of(_lines(draft), find.names))
        return _page(request, book, head, rows, find, draft=draft)
    if "more" in request.POST:
        return _with_more(request, book, find, draft=draft)
    head = HeadForm(request.POST, request.FILES, decisions=decisions)
    rows = Rows(request.POST, find=find)
    wrong = _wrong(request, head, rows)
    if wrong is not None:
        return _page(request, book, head, rows, find, draft=draft, wrong=wrong)
    values = head.cleaned_data
    try:
        changed = actions.change(
            draft=draft,
            version=values["version"] or 0,
            day=values["day"],
            lines=rows.lines,
            decision=values.get("decision"),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        # What somebody else wrote is shown beside; sending again replaces it.
        newer = draft_of(request, pk)
        fresh = request.POST.copy()
        fresh["version"] = str(newer.version)
        head = HeadForm(fresh, decisions=decisions)
        return _page(
            request, book, head, rows, find, draft=newer, wrong=explain_all(refused)
        )
    keep_photos(request, changed, values["photos"])
    changed.refresh_from_db()
    return _kept(request, changed)


def _kept(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Answer once a draft is kept: give it to the reviewer if that was asked for."""
    if "submit" not in request.POST:
        messages.success(request, _("存好了，还没有交复核。"))
        return redirect("books:draft", pk=draft.pk)
    try:
        draft.refresh_from_db()
        if draft.state != Draft.State.WAITING:
            actions.submit(
                draft=draft, version=draft.version, by=request.user, at=timezone.now()
            )
    except Refused as refused:
        messages.warning(request, _("存好了，但还不能交复核。"))
        for sentence in explain_all(refused):
            messages.warning(request, sentence)
        return redirect("books:draft", pk=draft.pk)
    messages.success(request, _("交给复核人了。可以接着填下一张。"))
    url = reverse("books:enter", args=[draft.book_id])
    return redirect(f"{url}?day={draft.day.isoformat()}")


def _wrong(request: StaffRequest, head: HeadForm, rows: Rows) -> list[str] | None:
    """Return what keeps the page from being accepted; None if nothing does."""
    whole = rows.is_valid()
    if not head.is_valid() or not whole:
        return []
    if not rows.filled:
        return [_("还没有写分录。请至少写一行，再存。")]
    if "submit" in request.POST:
        return rows.incomplete() or None
    return None


def _with_more(
    request: StaffRequest, book: Book, find: Finders, draft: Draft | None = None
) -> HttpResponse:
    """Show the page again with more rows; nothing is judged yet."""
    names = ("day", "decision", "version", "client_id")
    head = HeadForm(
        initial={name: request.POST.get(name, "") for name in names},
        decisions=_decisions(book),
    )
    rows = Rows(None, find=find, initial=typed_rows(request.POST), more=MORE_ROWS)
    return _page(request, book, head, rows, find, draft=draft)


def _page(
    request: StaffRequest,
    book: Book,
    head: HeadForm,
    rows: Rows,
    find: Finders,
    *,
    draft: Draft | None = None,
    wrong: list[str] | None = None,
) -> HttpResponse:
    closed = closed_until(book)
    context: dict[str, Any] = {
        **frame(request, book, "enter"),
        "head": head,
        "rows": rows,
        "columns": [(kind, str(rows.empty.fields[kind].label)) for kind in ITEM_KINDS],
        "accounts": find.accounts,
        "offered": items.first_few(book),
        "draft": draft,
        "wrong": wrong or [],
        "wrong_count": _count(head, rows, wrong),
        "papers": queries.papers(draft) if draft else [],
        "shipped": shipped_templates.shipped(book.regime).values(),
        "own": queries.own_templates(book),
        "closed": closed,
        "unverified": unverified_accounts(book.regime),
    }
    bound = rows.bound and wrong is not None
    return show(request, "enter.html", context, status=422 if bound else 200)


def _count(head: HeadForm, rows: Rows, wrong: list[str] | None) -> int:
    if wrong is None:
        return 0
    return sum(map(len, head.errors.values())) + len(rows.errors) + len(wrong)


def _begun(request: StaffRequest, book: Book, find: Finders) -> list[dict[str, str]]:
    """Return the rows a new voucher begins with: a template's, another voucher's."""
    copied = key_of(request.GET.get("copy", ""))
    if copied:
        voucher = vouchers.load(copied)
        if voucher is None or voucher.book_id != book.pk:
            return []
        return initial_of(queries.copied_lines(voucher), find.names)
    named = request.GET.get("template", "")[:40]
    lines = queries.template_lines(book, named) if named.isprintable() else None
    # A template tells sides, not amounts.
    begun = initial_of(
        [replace(each, debit_fen=0, credit_fen=0) for each in lines or ()], find.names
    )
    for row, line in zip(begun, lines or (), strict=True):
        row["side"] = "debit" if line.debit_fen else "credit"
    return begun


def _day(request: StaffRequest, book: Book) -> date:
    """Return the day to offer: the one asked for, else today, never a closed one."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        asked = timezone.localdate()
    closed = closed_until(book)
    open_from = first_day(month_of(book.begins_on) if closed is None else closed + 1)
    return max(asked, open_from)


def _decisions(book: Book) -> Any:
    rows = queries.decisions(book)
    needed = book.large_fen is not None or rows.exists()
    if not needed:
        return None
    newest = rows.values_list("pk", flat=True)[: queries.MOST_DECISIONS]
    return rows.filter(pk__in=list(newest))


def _lines(draft: Draft) -> list[Line]:
    return [queries.line_of(each) for each in draft.lines.order_by("place")]
