"""A draft's page: its lines, papers, what it still lacks; giving it on, dropping it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.books.actions import drafts as actions
from wugeyi.books.adapter.drafts import entry_of, need_sound
from wugeyi.books.forms.large import judged_words, large_words
from wugeyi.books.forms.papers import PapersForm
from wugeyi.books.forms.refusals import explain_all
from wugeyi.books.models import Draft
from wugeyi.books.queries import drafts as queries
from wugeyi.books.queries import large, vouchers
from wugeyi.books.rules import access
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    key_of,
    page_keys,
    readers,
    show,
)
from wugeyi.ui import paging


def draft_of(request: StaffRequest, pk: int) -> Draft:
    """Return a draft of books this person may read; else 404."""
    draft = queries.load(pk)
    if draft is None or not access.reads(request.reach, draft.book.organisation.path):
        raise Http404
    return draft


@require_safe
@readers
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a draft with all that belongs to it."""
    found = draft_of(request, pk)
    lines = vouchers.of_draft(found)
    path = found.book.organisation.path
    is_open = found.state in queries.OPEN
    context = {
        **frame(request, found.book, "drafts"),
        "draft": found,
        "lines": lines,
        "debit": sum(each.debit_fen for each in lines),
        "credit": sum(each.credit_fen for each in lines),
        "papers": queries.papers(found),
        "lacks": _lacks(found) if is_open else [],
        "open": is_open,
        "hands_in": is_open and access.hands_in(request.reach, path),
        "papers_form": PapersForm(),
        "own": found.prepared_by_id == request.user.pk,
    }
    return show(request, "draft.html", context)


@require_safe
@readers
def drafts(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one page of a book's drafts in a state."""
    book = book_of(request, pk)
    state = request.GET.get("state", "")
    if state not in Draft.State.values:
        state = ""
    page = paging.cut(
        queries.of_book(book, state),
        **page_keys(request),
    )
    context = {
        **frame(request, book, "drafts"),
        "rows": queries.told(page.rows),
        "pages": page,
        "state": state,
        "states": [("", _("没记账的")), *Draft.State.choices],
    }
    return show(request, "drafts.html", context)


@require_POST
@keepers
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a draft to the reviewer."""
    found = draft_of(request, pk)
    keepable(request, found.book_id)
    try:
        actions.submit(
            draft=found,
            version=key_of(request.POST.get("version", "")),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        for sentence in explain_all(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _("交给复核人了。"))
    return redirect("books:draft", pk=pk)


@require_POST
@keepers
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    found = draft_of(request, pk)
    keepable(request, found.book_id)
    try:
        actions.drop(
            draft=found,
            version=key_of(request.POST.get("version", "")),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        for sentence in explain_all(refused):
            messages.error(request, sentence)
        return redirect("books:draft", pk=pk)
    messages.success(request, _("作废了。它还能查看，但不会记账。"))
    return redirect("books:drafts", pk=found.book_id)


def large_matters(found: Draft) -> list[str]:
    """Say what in a draft is a large matter, and what stands against posting it."""
    if found.reverses_id is not None:
        return []
    judged = large.judged(found.book, entry_of(found))
    said = [large_words(matter) for matter, _why in judged.found]
    return list(dict.fromkeys([*said, *judged_words(judged)]))


def _lacks(found: Draft) -> list[str]:
    """Say why it could not be posted as it is."""
    if found.reverses_id is not None:
        return []
    entry = entry_of(found)
    try:
        need_sound(found, entry)
    except Refused as refused:
        return explain_all(refused)
    return judged_words(large.judged(found.book, entry))
