"""Opening balances: a table to fill in, and a page to type them."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions.openings import hand_in
from wugeyi.books.adapter import openings as sheet
from wugeyi.books.forms.importmessages import FIELDS, told
from wugeyi.books.forms.openings import OpeningForm
from wugeyi.books.forms.refusals import explain_all
from wugeyi.books.queries.importing import opened_before
from wugeyi.books.rules.columns import FIELDS as COLUMNS
from wugeyi.books.rules.columns import synonyms
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
from wugeyi.imports.blank import MEDIA_TYPE, Column, blank_workbook
from wugeyi.imports.rules import error

# What the blank table of vouchers has; the rest is for other programs' files.
SHOWN = (
    "day",
    "number",
    "summary",
    "account",
    "account_name",
    "debit",
    "credit",
    "papers",
    "counterparty",
    "household",
    "project",
    "asset",
)
NEEDED = frozenset({"day", "number", "summary", "account", "debit", "credit"})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def opening(request: StaffRequest, pk: int) -> HttpResponse:
    """Type opening balances; they go to the reviewer as one voucher."""
    book = keepable(request, pk)
    form = OpeningForm(request.POST or None, rows=sheet.rows(book))
    there, late = opened_before(book)
    if request.method == "POST" and form.is_valid():
        try:
            draft = hand_in(
                book=book,
                lines=form.lines,
                client_id=form.cleaned_data["client_id"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            for sentence in explain_all(refused):
                form.add_error(None, sentence)
        else:
            messages.success(request, _("已交复核。复核人确认以后才记账。"))
            return redirect(draft)
    code = "opening_there" if there else "opening_late" if late else ""
    context = {
        **frame(request, book, "imports"),
        "form": form,
        "stopped": told(error(0, code)) if code else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "opening.html", context, status=status)


@require_safe
@readers
def template(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out the table of opening balances with the accounts of a book."""
    book = book_of(request, pk)
    content = sheet.workbook(_("%(book)s 期初余额") % {"book": book}, sheet.rows(book))
    return _file(content, f"{book.code}-{_('期初余额')}", "opening")


@require_safe
@readers
def blank(request: StaffRequest, kind: str) -> HttpResponse:
    """Hand out a blank table of vouchers."""
    if kind != "vouchers":
        raise Http404
    names = [name for name in COLUMNS[kind] if name in SHOWN]
    columns = [
        Column(synonyms(kind)[name][0], _note(name), name in NEEDED)
        for name in sorted(names, key=SHOWN.index)
    ]
    content = blank_workbook(sheet=str(_("凭证")), columns=columns)
    return _file(content, _("空白凭证表"), "vouchers")


def _note(name: str) -> str:
    notes = {
        "day": _("写成 2024-03-05"),
        "number": _("写成 记-12；同一张凭证的各行写一样的号"),
        "account": _("3 位，明细 5 位或 7 位"),
    }
    return notes.get(name, str(FIELDS[name]))


def _file(content: bytes, name: str, plain: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
