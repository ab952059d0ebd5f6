"""Lists as CSV and XLSX: within one's permission, bounded, marked, and written down."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.casework.actions.identity import note_export
from wugeyi.casework.queries import exports
from wugeyi.casework.rules import access
from wugeyi.casework.views.desk import reading
from wugeyi.casework.views.staff import StaffRequest, staff
from wugeyi.organisations.queries import installation

BOM = "\ufeff"


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


@require_safe
@staff(*access.EXPORTS)
def as_csv(request: StaffRequest) -> HttpResponseBase:
    """Send the list of the present filters as CSV."""
    keys, more = _wanted(request)
    return csv_of(request, keys, more=more)


@require_safe
@staff(*access.EXPORTS)
def as_xlsx(request: StaffRequest) -> HttpResponseBase:
    """Send the list of the present filters as XLSX."""
    keys, more = _wanted(request)
    now = timezone.now()
    _note(request, keys, "xlsx", now)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it)
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False}
    )
    bold = book.add_format({"bold": True})
    page = book.add_worksheet()
    page.freeze_panes(len(_marks()) + 1, 1)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 60)
    page.set_column(2, len(exports.COLUMNS) - 1, 16)
    for number, row in enumerate(_lines(keys, more=more)):
        style = bold if number <= len(_marks()) else None
        for place, text in enumerate(row):
            page.write_string(number, place, text, style)
    book.close()
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, content_type=kind, headers=_headers("xlsx", now))


def _wanted(request: StaffRequest) -> tuple[list[int], bool]:
    _form, filters = reading(request)
    keys = exports.keys_of(filters, request.reach, now=timezone.now())
    return keys[: exports.MOST], len(keys) > exports.MOST


def csv_of(
    request: StaffRequest, keys: Sequence[int], *, more: bool
) -> StreamingHttpResponse:
    """Stream these cases as CSV that spreadsheets of any age read as UTF-8."""
    now = timezone.now()
    _note(request, keys, "csv", now)
    language = translation.get_language() or "zh-hans"

    def lines() -> Iterator[str]:
        # The middleware has left the language by the time this runs.
        with translation.override(language):
            writer = csv.writer(Echo())
            yield BOM
            for row in _lines(keys, more=more):
                yield writer.writerow(row)

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers=_headers("csv", now),
    )


def _lines(keys: Sequence[int], *, more: bool) -> Iterator[list[str]]:
    yield from _marks()
    yield exports.header()
    yield from exports.rows(keys)
    if more:
        yield [
            _("还有更多：一次最多导出 %(most)s 件，请缩小范围再导。")
            % {"most": exports.MOST}
        ]


def _marks() -> list[list[str]]:
    """Return the line that no export of a demo may be without."""
    found = installation()
    if found is None or not found.demo:
        return []
    # As wide as the table: our own import then reads it as a title above the header.
    return [[_("演示数据(虚构)"), *[""] * (len(exports.COLUMNS) - 1)]]


def _headers(ending: str, now: datetime) -> dict[str, str]:
    name = _("诉求清单")
    if _marks():
        name = _("演示数据(虚构)") + name
    full = f"{name}-{timezone.localtime(now):%Y%m%d-%H%M}.{ending}"
    return {
        "Content-Disposition": (
            f"attachment; filename=\"cases.{ending}\"; filename*=UTF-8''{quote(full)}"
        ),
        "Cache-Control": "no-store",
    }


def _note(request: StaffRequest, keys: Sequence[int], form: str, now: datetime) -> None:
    query = request.POST.get("list", "") or request.GET.urlencode()
    note_export(
        rows=len(keys), form=form, condition=query[:300], by=request.user, at=now
    )
