"""Files in and out: the form as it was sent, and as it is filled."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.queries import installation
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.reports import adapter
from wugeyi.reports.actions.register import add_layout
from wugeyi.reports.forms.register import FileForm
from wugeyi.reports.models import Filling
from wugeyi.reports.queries import review, sources
from wugeyi.reports.queries.register import layout_of
from wugeyi.reports.rules import access
from wugeyi.reports.views.common import (
    filling_or_404,
    form_or_404,
    may,
    too_many_uploads,
)
from wugeyi.reports.views.register import form_page
from wugeyi.ui import phrases

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@staff(*access.WRITES)
def upload(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the file of a form."""
    form = form_or_404(request, pk)
    may(access.keeps_form(request.reach, form.organisation.path))
    if refusal := too_many_uploads(request):
        return refusal
    file = FileForm(request.POST, request.FILES)
    if not file.is_valid() or file.read is None:
        return form_page(request, form, file=file, status=422)
    add_layout(
        form=form,
        filename=file.cleaned_data["file"].name,
        content=file.content,
        read=file.read,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("reports:form", pk=form.pk)


@require_safe
@staff(*access.SEES)
def original(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand back the file of a form, byte for byte."""
    form = form_or_404(request, pk)
    layout = layout_of(form)
    if layout is None:
        raise Http404
    return _file(bytes(layout.content), layout.filename, "form.xlsx", XLSX)


@require_safe
@staff(*access.SEES)
def as_xlsx(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the filled form in its own layout, with its sheet of sources."""
    filling = filling_or_404(request, pk)
    _still_readable(filling)
    cells = review.cells_of(filling)
    content = adapter.workbook(
        bytes(filling.layout.content),
        review.given(cells),
        sources=sources.rows(filling, cells, base=_base(request)),
        source_name=_("来源"),
    )
    return _file(content, f"{_name(filling)}.xlsx", "form.xlsx", XLSX)


@require_safe
@staff(*access.SEES)
def as_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the filled form as it looks on paper."""
    filling = filling_or_404(request, pk)
    _still_readable(filling)
    content = adapter.sheet_of_paper(
        bytes(filling.layout.content),
        review.given(review.cells_of(filling)),
        title=filling.form.name,
        footer=_footer(filling),
    )
    return _file(content, f"{_name(filling)}.pdf", "form.pdf", "application/pdf")


def _still_readable(filling: Filling) -> None:
    if adapter.read_kept(bytes(filling.layout.content)) is None:
        raise Http404(_("这个表样超过了现在的大小限制，请管理员调高限制再导出。"))


def _base(request: StaffRequest) -> str:
    build: Callable[[str], str] = request.build_absolute_uri
    return build("/").rstrip("/")


def _footer(filling: Filling) -> str:
    words = {
        "unit": filling.organisation.name,
        "at": phrases.moment(timezone.localtime(filling.as_of)),
    }
    if filling.state == Filling.State.FROZEN:
        text = _("%(unit)s · 记录截至 %(at)s · 已定稿") % words
    else:
        text = _("%(unit)s · 记录截至 %(at)s · 草稿，还没有定稿") % words
    found = installation()
    return f"{_('演示数据(虚构)')} · {text}" if found and found.demo else text


def _name(filling: Filling) -> str:
    found = installation()
    mark = _("演示数据(虚构)") if found and found.demo else ""
    draft = "" if filling.state == Filling.State.FROZEN else _("（草稿）")
    period = f"{filling.first:%Y%m%d}-{filling.last:%Y%m%d}"
    return f"{mark}{filling.form.name}{draft}-{filling.organisation.name}-{period}"


def _file(content: bytes, name: str, plain: str, kind: str) -> HttpResponse:
    safe = "".join(" " if sign in '\\/:*?"<>|\r\n' else sign for sign in name)
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": (
                f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
            ),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
