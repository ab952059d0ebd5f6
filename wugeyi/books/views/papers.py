"""Pictures of receipts with a draft."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.books.actions import papers as actions
from wugeyi.books.forms.papers import PapersForm
from wugeyi.books.forms.refusals import explain
from wugeyi.books.models import Draft, Paper
from wugeyi.books.queries import drafts as queries
from wugeyi.books.rules import access
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    handers_in,
    need_handing_in,
    readers,
)
from wugeyi.books.views.draftpages import draft_of
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.views import picture_response


def keep_photos(request: StaffRequest, draft: Draft, files: Iterable[Any]) -> int:
    """Put pictures to a draft and say which could not be read; return how many stand.

    Each is worked on before its own transaction begins.
    """
    kept = 0
    for file in files:
        try:
            upload = store(file=file, by=request.user, at=timezone.now())
            actions.add_paper(
                draft=draft, upload=upload, by=request.user, at=timezone.now()
            )
        except PictureError as error:
            messages.error(
                request,
                _("“%(name)s”没有存上：%(why)s")
                % {"name": str(file.name)[:60], "why": error},
            )
        except Refused as refused:
            messages.error(request, explain(refused))
            break
        else:
            kept += 1
    return kept


@require_POST
@handers_in
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Put pictures to a draft that is not posted."""
    draft = draft_of(request, pk)
    need_handing_in(request, draft.book)
    form = PapersForm(request.POST, request.FILES)
    if not form.is_valid():
        for sentence in form.errors.get("photos", ()):
            messages.error(request, str(sentence))
    elif keep_photos(request, draft, form.cleaned_data["photos"]):
        messages.success(request, _("单据附上了。"))
    return redirect("books:draft", pk=pk)


@require_POST
@handers_in
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a picture off a draft that is not posted."""
    paper = paper_of(request, pk)
    need_handing_in(request, paper.draft.book)
    try:
        actions.withdraw_paper(paper=paper, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("撤下了这张单据。"))
    return redirect("books:draft", pk=paper.draft_id)


@require_safe
@readers
def picture(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Show a picture; ``?small=1`` its small version."""
    paper = paper_of(request, pk)
    return picture_response(paper.upload, thumb="small" in request.GET)


def paper_of(request: StaffRequest, pk: int) -> Paper:
    """Return a picture this person may see; else 404."""
    paper = queries.load_paper(pk)
    if paper is None or not access.reads(
        request.reach, paper.draft.book.organisation.path
    ):
        raise Http404
    return paper
