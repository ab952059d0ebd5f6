"""Files for a set of books: sent, looked at, accepted, reviewed, taken over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wugeyi.books.actions import imports as actions
from wugeyi.books.actions.importreading import table_of
from wugeyi.books.forms.imports import ColumnsForm, FileForm, RemarkForm
from wugeyi.books.forms.refusals import explain_numbered
from wugeyi.books.models import Book, BookFile
from wugeyi.books.queries import importing as queries
from wugeyi.books.queries.banking import bank_accounts
from wugeyi.books.rules import access
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    key_of,
    need_keeping,
    need_reviewing,
    page_keys,
    readers,
    show,
)
from wugeyi.books.views.importpage import preview
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import cut

State = BookFile.State
CHOOSABLE = (State.READING, State.LOOKED, State.RETURNED)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def files(request: StaffRequest, pk: int) -> HttpResponse:
    """List the files of a book; take one, which counts for nothing yet."""
    book = book_of(request, pk)
    kinds = _kinds(request.reach, book)
    form = None
    if kinds:
        form = FileForm(
            request.POST or None,
            request.FILES or None,
            kinds=kinds,
            accounts=bank_accounts(book),
            initial=_asked(request, kinds),
        )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("文件由会计或出纳交来，您现在的岗位只能查看。"))
        if form.is_valid():
            kept = _keep(request, book, form)
            if kept is not None:
                return redirect(kept)
    page = cut(
        queries.files(book),
        **page_keys(request),
    )
    context = {**frame(request, book, "imports"), "form": form, "files": page}
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return show(request, "imports.html", context, status=status)


def _kinds(reach: Reach, book: Book) -> list[str]:
    """Return what somebody may send: a cashier a bank's statements only."""
    path = book.organisation.path
    if book.closed_at is not None or not access.hands_in(reach, path):
        return []
    if access.keeps(reach, path):
        return [each.value for each in BookFile.Kind]
    return [BookFile.Kind.BANK.value]


def _asked(request: StaffRequest, kinds: list[str]) -> dict[str, Any]:
    asked = request.GET.get("kind", "")
    found: dict[str, Any] = {"kind": asked if asked in kinds else kinds[0]}
    return found | {"account": request.GET.get("account", "")}


def _keep(request: StaffRequest, book: Book, form: FileForm) -> BookFile | None:
    data = form.cleaned_data
    bank = data["kind"] == BookFile.Kind.BANK
    try:
        return actions.keep(
            book=book,
            kind=data["kind"],
            filename=data["file"].name,
            content=data["file"].read(),
            regime="" if bank else data.get("regime", ""),
            year=None if bank else data.get("year"),
            account=data["account"] if bank else "",
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error("file", " ".join(explain_numbered(refused)))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def file(request: StaffRequest, pk: int, file: int) -> HttpResponse:
    """Show what a file would do; choose columns, accept it, review it, throw it away."""
    book = book_of(request, pk)
    found = queries.load(file)
    if found is None or found.book_id != book.pk:
        raise Http404
    form = _columns(request, found)
    remark = RemarkForm(initial={"version": found.version})
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "return":
            remark = RemarkForm(request.POST)
        answer = _act(request, found, act, form, remark)
        if answer is not None:
            return answer
        found = queries.load(file) or found
    context = {
        **frame(request, book, "imports"),
        "file": found,
        "form": form,
        "remark": remark,
        "may_keep": _may_keep(request.reach, found),
        "may_review": _may_review(request, found),
        **preview(request, found),
    }
    wrong = (form is not None and form.errors) or remark.errors
    return show(request, "import_file.html", context, status=422 if wrong else 200)


def _columns(request: StaffRequest, found: BookFile) -> ColumnsForm | None:
    """Return the form of columns where they may still be chosen."""
    if found.state not in CHOOSABLE or not _may_keep(request.reach, found):
        return None
    table = table_of(found)
    chosen = queries.remembered(found.book, found.kind, table)
    sent = request.POST if request.POST.get("act") == "look" else None
    return ColumnsForm(sent, file=found, header=table.header, chosen=chosen)


def _may_keep(reach: Reach, found: BookFile) -> bool:
    """Tell who may accept or throw away: for a bank's statement the cashier too."""
    path = found.book.organisation.path
    bank = found.kind == BookFile.Kind.BANK
    rule = access.hands_in if bank else access.keeps
    return found.book.closed_at is None and rule(reach, path)


def _may_review(request: StaffRequest, found: BookFile) -> bool:
    path = found.book.organisation.path
    again = found.state == State.POSTING and queries.is_stuck(found)
    return (
        (found.state == State.WAITING or again)
        and access.reviews(request.reach, path)
        and found.accepted_by_id != request.user.pk
    )


def _act(
    request: StaffRequest,
    found: BookFile,
    act: str,
    form: ColumnsForm | None,
    remark: RemarkForm,
) -> HttpResponse | None:
    """Do what was asked; None shows the page with what is wrong."""
    if act in {"approve", "return"}:
        need_reviewing(request, found.book)
    elif not _may_keep(request.reach, found):
        need_keeping(request, found.book)
    try:
        return _done(request, found, act, form, remark)
    except Refused as refused:
        for sentence in explain_numbered(refused)[:20]:
            messages.error(request, sentence)
    return None


def _done(
    request: StaffRequest,
    found: BookFile,
    act: str,
    form: ColumnsForm | None,
    remark: RemarkForm,
) -> HttpResponse | None:
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    version = key_of(request.POST.get("version", ""))
    if act == "look" and form is not None and form.is_valid():
        data = form.cleaned_data
        actions.choose(
            file=found,
            version=version,
            chosen=form.columns(),
            regime=data.get("regime", ""),
            year=data.get("year"),
            skip_posted=bool(data.get("skip_posted")),
            **who,
        )
        return redirect(found)
    if act == "accept":
        row = actions.accept(file=found, version=version, **who)
        messages.success(request, _accepted(row))
        return redirect(found)
    if act == "approve":
        row = actions.approve(file=found, version=version, **who)
        messages.success(request, _approved(row))
        return redirect(found)
    if act == "return" and remark.is_valid():
        text = remark.cleaned_data["remark"]
        actions.return_(file=found, version=version, remark=text, **who)
        messages.success(request, _("已退回给会计。"))
        return redirect(found)
    if act == "discard":
        actions.discard(file=found, **who)
        messages.success(request, _("这个文件已放弃，什么也没有记。"))
        return redirect("books:imports", pk=found.book_id)
    return None


def _accepted(row: BookFile) -> str:
    n = row.vouchers
    if row.kind == BookFile.Kind.BANK:
        said = ngettext("收下了 %(n)s 笔收支。", "收下了 %(n)s 笔收支。", n)
        return said % {"n": n}
    return _("已交复核。复核人确认以后才记账。")


def _approved(row: BookFile) -> str:
    if row.state == State.POSTING:
        return _("已复核，正在记账。凭证多，要一会儿。")
    n = row.vouchers
    return ngettext("记了 %(n)s 张凭证。", "记了 %(n)s 张凭证。", n) % {"n": n}
