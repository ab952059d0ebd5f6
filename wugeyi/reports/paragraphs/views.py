"""The paragraph of an organisation: on the screen, as DOCX, as XLSX."""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.figures.rules import Period
from wugeyi.figures.shown import shown
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.reports.paragraphs import docx, xlsx
from wugeyi.reports.paragraphs.composing import Evidence, evidence
from wugeyi.reports.paragraphs.markup import html
from wugeyi.reports.paragraphs.sentences import plain
from wugeyi.reports.paragraphs.words import Words, quotes, words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@staff()
def paragraph(request: StaffRequest, code: str) -> HttpResponse:
    """Show what was done, every number opening onto its records."""
    found, wrong = _read(request, code)
    language = _language()
    other = "en" if language == "zh" else "zh"
    query = urlencode(
        {
            "from": found.period.first.isoformat(),
            "to": found.period.last.isoformat(),
            "as_of": found.as_of.isoformat(),
        }
    )
    unit = found.organisation
    context = {
        "now": timezone.now(),
        "unit": unit,
        "path": [
            {
                "name": each.name,
                "url": f"{reverse('reports:paragraph', args=[each.code])}?{query}",
                "current": each.pk == unit.pk,
            }
            for each in lineage(unit)
        ],
        "found": found,
        "wrong": wrong,
        "given_as_of": request.GET.get("as_of", ""),
        "words": words(found, language),
        "text": found.texts[language],
        "plain": plain(found.texts[language].sentences),
        "body": html(found.texts[language], notes=True),
        "other": html(found.texts[other], notes=False),
        "notes": [(note, shown(note.figure)) for note in found.texts[language].notes],
        "quotes": quotes(found, language),
        "docx_url": f"{reverse('reports:paragraph-docx', args=[unit.code])}?{query}",
        "xlsx_url": f"{reverse('reports:paragraph-xlsx', args=[unit.code])}?{query}",
        "profile_url": reverse("dashboards:profile", args=[unit.code]),
    }
    response = render(request, "reports/paragraph.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@staff()
def paragraph_docx(request: StaffRequest, code: str) -> HttpResponse:
    """Answer with the paragraph as a DOCX whose footnotes open the figures."""
    found, _wrong = _read(request, code)
    language = _language()
    around = words(found, language)
    text = found.texts[language]
    table = _table(request, found, language, around)
    tables: list[tuple[str, Any]] = [(around.notes, table)]
    quoted = [each.row for each in quotes(found, language)]
    if quoted:
        tables.append((around.quoted, [around.quoted_columns, *quoted]))
    body = docx.written(
        docx.Letter(
            title=around.title,
            lines=[around.period, around.known],
            sentences=text.sentences or [[around.blank]],
            notes=[
                docx.Footnote(
                    _("%(name)s，口径第 %(version)s 版")
                    % {"name": note.figure.name, "version": note.figure.version},
                    docx.Link(_("看记录"), request.build_absolute_uri(note.url)),
                )
                for note in text.notes
            ],
            tables=tables,
        )
    )
    return _file(body, DOCX, f"{around.title}.docx")


@require_safe
@staff()
def paragraph_xlsx(request: StaffRequest, code: str) -> HttpResponse:
    """Answer with the paragraph's figures and their sources as a workbook."""
    found, _wrong = _read(request, code)
    language = _language()
    around = words(found, language)
    head = [
        *around.columns[:3],
        _("分母"),
        *around.columns[3:5],
        _("截至"),
        around.columns[5],
    ]
    rows: list[list[xlsx.Cell]] = [list(head)]
    for note in found.texts[language].notes:
        value, whole = xlsx.amount(note.figure)
        rows.append(
            [
                note.number,
                value,
                f"{note.figure.name} {note.figure.unit}".strip(),
                whole,
                note.figure.version,
                around.period,
                found.as_of.isoformat(),
                docx.Link(_("看记录"), request.build_absolute_uri(note.url)),
            ]
        )
    sheets: list[xlsx.Sheet] = [(_("数字"), rows)]
    quoted = [list(each.row) for each in quotes(found, language)]
    if quoted:
        sheets.append((_("引用的数字"), [list(around.quoted_columns), *quoted]))
    sheets.append(
        (_("正文"), [[around.title], [plain(found.texts[language].sentences)]])
    )
    return _file(xlsx.written(sheets), XLSX, f"{around.title}.xlsx")


def _table(
    request: StaffRequest, found: Evidence, language: str, around: Words
) -> list[list[str | docx.Link]]:
    rows: list[list[str | docx.Link]] = [list(around.columns)]
    rows += [
        [
            str(note.number),
            note.text,
            note.figure.name,
            str(note.figure.version),
            around.period,
            docx.Link(_("看记录"), request.build_absolute_uri(note.url)),
        ]
        for note in found.texts[language].notes
    ]
    return rows


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(name)}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _read(request: StaffRequest, code: str) -> tuple[Evidence, bool]:
    """Read organisation, period and moment; what is wrong gives this year until now."""
    organisation = get_object_or_404(Organisation, code=code)
    now = timezone.now()
    today = timezone.localdate(now)
    wrong = False
    as_of = None
    if request.GET.get("as_of"):
        as_of = _moment(request.GET["as_of"])
        wrong = as_of is None or as_of > now
        as_of = None if wrong else as_of
    period = Period(date(today.year, 1, 1), today)
    if request.GET.get("from") or request.GET.get("to"):
        try:
            period = Period(
                date.fromisoformat(request.GET.get("from", "")),
                date.fromisoformat(request.GET.get("to", "")),
            )
        except ValueError:
            wrong = True
    return evidence(organisation, period, as_of=as_of, now=now), wrong


def _moment(text: str) -> datetime | None:
    """Read a moment, or a day: then what had been recorded when it was over."""
    try:
        if len(text) <= len("2026-11-22"):
            day = date.fromisoformat(text)
            return timezone.make_aware(datetime.combine(day, time.max))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)


__all__ = ["paragraph", "paragraph_docx", "paragraph_xlsx"]
