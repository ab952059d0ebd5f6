"""A book as a file: workbook, beancount, ledger, or a folder of tables."""

import tempfile
from datetime import date
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wugeyi.books.actions.exports import note_export
from wugeyi.books.adapter import exports
from wugeyi.books.forms.exports import PeriodForm
from wugeyi.books.models import Book
from wugeyi.books.queries.books import newest_day
from wugeyi.books.views.common import StaffRequest, book_of, frame, readers, show
from wugeyi.organisations.queries import installation

FORMS = (
    (
        "xlsx",
        gettext_lazy("Excel 工作簿"),
        gettext_lazy("凭证、科目余额、试算平衡、报表；也能再导入别的账套。"),
    ),
    (
        "csv",
        gettext_lazy("CSV 文件夹（压缩包）"),
        gettext_lazy("一行一条分录，任何表格软件和本软件的命令都能读。"),
    ),
    (
        "beancount",
        gettext_lazy("beancount 文件"),
        gettext_lazy("给复算用：另一个独立的记账程序，能核对每个余额。"),
    ),
    (
        "ledger",
        gettext_lazy("ledger、hledger 文件"),
        gettext_lazy("给复算用：再两个独立的记账程序。"),
    ),
)


@require_safe
@readers
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a book can be taken out as."""
    book = book_of(request, pk)
    first, last = _usual(book)
    form = PeriodForm(
        request.GET if "first" in request.GET else None,
        initial={"first": first, "last": last},
    )
    if form.is_bound and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    context = {
        **frame(request, book, "export"),
        "form": form,
        "forms": FORMS,
        "first": first,
        "last": last,
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "export.html", context, status=status)


def _usual(book: Book) -> tuple[date, date]:
    """Return the year of the newest voucher, up to its day."""
    newest = newest_day(book) or book.begins_on
    return max(date(newest.year, 1, 1), book.begins_on), newest


@require_safe
@readers
def file(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand out a book as a file; that it was taken out is written down."""
    book = book_of(request, pk)
    if form not in exports.FORMS:
        raise Http404
    first, last = _usual(book)
    asked = PeriodForm(request.GET)
    if asked.is_valid():
        first, last = asked.cleaned_data["first"], asked.cleaned_data["last"]
    now = timezone.now()
    kept = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    head = exports.write(
        book, form, kept, first=first, last=last, at=timezone.localtime(now)
    )
    note_export(book=book, form=form, head=head, by=request.user, at=now)
    kept.seek(0)
    ending = exports.ENDINGS[form]
    name = f"{_marked(book)}-{timezone.localtime(now):%Y%m%d}.{ending}"
    return FileResponse(
        kept,
        content_type=exports.FORMS[form],
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"book.{ending}\"; filename*=UTF-8''{quote(name)}"
            ),
            "Cache-Control": "no-store",
        },
    )


def _marked(book: Book) -> str:
    found = installation()
    demo = found is not None and found.demo
    return (_("演示数据(虚构)") if demo else "") + book.name_zh
