"""A plan as files to take along: XLSX and GTFS."""

from datetime import timedelta
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.buslines.adapter import files
from wugeyi.buslines.models import Plan
from wugeyi.buslines.queries.plans import names_en_of, shapes_of
from wugeyi.buslines.views.common import StaffRequest, readers
from wugeyi.buslines.views.plans import plan_of
from wugeyi.ui import phrases

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEED_DAYS = 90


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to keep; its name may be Chinese."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(name)}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _ready(request: StaffRequest, pk: int) -> Plan | None:
    found = plan_of(request, pk)
    if found.result is None:
        messages.info(request, _("方案还没有算完，算完才能下载。"))
        return None
    return found


@require_safe
@readers
def workbook(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a plan as a workbook."""
    found = _ready(request, pk)
    if found is None:
        return redirect("buslines:plan", pk=pk)
    content = files.workbook(
        found.inputs,
        found.fares,
        found.result,
        found.left_out.exclude(reason__isnull=True).values_list("request", "reason"),
        english=phrases.is_english(),
    )
    name = _("%(line)s 方案 %(n)s") % {"line": found.scenario.line, "n": pk}
    return sent(content, XLSX, f"{name}.xlsx")


@require_safe
@readers
def gtfs(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a plan as a GTFS feed of the next ninety days."""
    found = _ready(request, pk)
    if found is None:
        return redirect("buslines:plan", pk=pk)
    line, today = found.scenario.line, timezone.localdate()
    try:
        content = files.gtfs(
            found.inputs,
            found.fares,
            found.result,
            files.Told(
                agency=line.organisation.name,
                url=request.build_absolute_uri("/"),
                phone=line.phone,
                number=line.number,
                name=line.name,
                name_en=line.name_en,
                first_day=today,
                last_day=today + timedelta(days=FEED_DAYS - 1),
            ),
            names_en=names_en_of(line),
            shapes=shapes_of(found),
            english=phrases.is_english(),
        )
    except files.Unwritable as unwritable:
        for sentence in unwritable.sentences[:5]:
            messages.error(request, sentence)
        return redirect("buslines:plan", pk=pk)
    return sent(content, "application/zip", f"gtfs-{pk}.zip")
