"""Reviewing: what waits in all one's villages, one draft with its papers, several."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wugeyi.books.actions import drafts as actions
from wugeyi.books.forms.months import RemarkForm
from wugeyi.books.forms.refusals import explain, explain_all
from wugeyi.books.models import Draft
from wugeyi.books.queries import books as waiting
from wugeyi.books.queries import drafts as queries
from wugeyi.books.queries import importing, vouchers
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    frame,
    key_of,
    need_reviewing,
    page_keys,
    reviewers,
    show,
)
from wugeyi.books.views.draftpages import draft_of, large_matters
from wugeyi.ui import paging

MOST_AT_ONCE = 50
MOST_FILES = 100


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers
def review(request: StaffRequest) -> HttpResponse:
    """Show what waits for this person; several may be approved at once."""
    rows = waiting.to_review(request.reach, request.user.pk)
    if request.method == "POST":
        _approve_many(request)
        return redirect("books:review")
    page = paging.cut(
        rows.select_related("prepared_by", "book"),
        **page_keys(request),
    )
    return show(
        request,
        "review.html",
        {
            "rows": queries.told(page.rows),
            "pages": page,
            "files": importing.to_review(request.reach, request.user.pk)[:MOST_FILES],
        },
    )


def _approve_many(request: StaffRequest) -> None:
    """Post what was ticked, each by itself; what is refused stays and says why."""
    rows = waiting.to_review(request.reach, request.user.pk)
    posted = 0
    for sent in request.POST.getlist("draft")[:MOST_AT_ONCE]:
        key, _sep, version = sent.partition(".")
        draft = rows.filter(pk=key_of(key)).select_related("book").first()
        if draft is None:
            continue
        try:
            actions.approve(
                draft=draft,
                version=key_of(version),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            messages.error(
                request,
                _("%(book)s %(day)s：%(why)s")
                % {"book": draft.book, "day": draft.day, "why": explain(refused)},
            )
        else:
            posted += 1
    if posted:
        text = ngettext("记账 %(n)s 张。", "记账 %(n)s 张。", posted)
        messages.success(request, text % {"n": posted})
    else:
        messages.warning(request, _("没有记账。请勾选要记账的凭证，再点一次。"))


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """Look one draft over with its papers; approve it or give it back."""
    draft = draft_of(request, pk)
    need_reviewing(request, draft.book)
    if draft.prepared_by_id == request.user.pk:
        raise PermissionDenied(
            _("这张凭证是您自己填的，要请另一位有复核岗位的人来复核。")
        )
    form = RemarkForm(
        request.POST if request.method == "POST" else None,
        initial={"version": draft.version},
    )
    if form.is_bound and form.is_valid():
        wrong = _decide(request, draft, form)
        if wrong is None:
            return _next(request, draft)
        for sentence in wrong:
            form.add_error(None, sentence)
        draft = draft_of(request, pk)
    lines = vouchers.of_draft(draft)
    context = {
        **frame(request, draft.book, "drafts"),
        "draft": draft,
        "lines": lines,
        "debit": sum(each.debit_fen for each in lines),
        "credit": sum(each.credit_fen for each in lines),
        "papers": queries.papers(draft),
        "large": large_matters(draft),
        "form": form,
        "waits": draft.state == Draft.State.WAITING,
    }
    status = 422 if form.is_bound else 200
    return show(request, "review_one.html", context, status=status)


def _decide(request: StaffRequest, draft: Draft, form: RemarkForm) -> list[str] | None:
    """Approve or give back; return why that was refused, None if it was not."""
    version = form.cleaned_data["version"] or 0
    at = timezone.now()
    try:
        if "return" in request.POST:
            actions.return_(
                draft=draft,
                version=version,
                remark=form.cleaned_data["remark"],
                by=request.user,
                at=at,
            )
            messages.success(request, _("退回给制单人了。"))
        else:
            voucher = actions.approve(
                draft=draft, version=version, by=request.user, at=at
            )
            messages.success(
                request, _("记账了，凭证号 %(number)s。") % {"number": voucher}
            )
    except Refused as refused:
        return explain_all(refused)
    return None


def _next(request: StaffRequest, draft: Draft) -> HttpResponse:
    rows = waiting.to_review(request.reach, request.user.pk)
    following = queries.following(rows, draft.pk)
    if following is None:
        messages.info(request, _("没有等您复核的了。"))
        return redirect("books:review")
    return redirect("books:review-one", pk=following.pk)
