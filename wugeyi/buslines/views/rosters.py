"""Rosters: asked for, watched, looked at, printed, taken along."""

import io
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from wugeyi.buslines.actions import rostering
from wugeyi.buslines.forms.planning import RosterForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Roster
from wugeyi.buslines.queries import rosters as queries
from wugeyi.buslines.queries.rosters import Cell, DriverRow, SeenRoster
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.minutes import clock
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    readers,
    show,
    writers,
)
from wugeyi.buslines.views.exports import XLSX, sent
from wugeyi.buslines.views.plans import writable_plan


@require_POST
@writers
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for a roster of a plan."""
    plan = writable_plan(request, pk)
    form = RosterForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写从哪天起，排 1 到 56 天。"))
        return redirect(f"{plan_address(pk)}?part=rosters")
    try:
        made = rostering.ask_for_roster(
            plan=plan,
            client_id=form.cleaned_data["client_id"],
            first_day=form.cleaned_data["first_day"],
            days=form.cleaned_data["days"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect(f"{plan_address(pk)}?part=rosters")
    return redirect("buslines:roster", pk=made.pk)


def plan_address(pk: int) -> str:
    """Return where a plan stands."""
    return reverse("buslines:plan", args=[pk])


def roster_of(request: StaffRequest, pk: int) -> Roster:
    """Return a roster of a line this person may read; else 404."""
    found = queries.load_roster(pk)
    if found is None or not access.reads(
        request.reach, found.plan.scenario.line.organisation.path
    ):
        raise Http404
    return found


@require_safe
@readers
def roster(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a roster as a table of drivers and days, or why there is none."""
    found = roster_of(request, pk)
    unfit, rules = queries.unfit_of(found)
    context: dict[str, Any] = {
        **frame(request, found.plan.scenario.line),
        "roster": found,
        "plan": found.plan,
        "scenario": found.plan.scenario,
        "table": queries.see(found),
        "unfit": unfit,
        "years": rules.years,
        "stars": rules.stars,
    }
    return show(request, "roster.html", context)


@require_safe
@readers
def workbook(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a roster as a workbook."""
    found = roster_of(request, pk)
    table = queries.see(found)
    if table is None:
        messages.info(request, _("还没有排好，排好才能下载。"))
        return redirect("buslines:roster", pk=pk)
    name = _("%(line)s 排班 %(day)s") % {
        "line": found.plan.scenario.line,
        "day": found.first_day.isoformat(),
    }
    return sent(_book(table), XLSX, f"{name}.xlsx")


def _book(table: SeenRoster) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    page = book.add_worksheet(_("排班"))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.freeze_panes(1, 2)
    page.set_column(2, 1 + len(table.days), 4)
    sums = [_("班数"), _("早班"), _("周末"), _("小时")]
    days = [f"{day.month}/{day.day}" for day in table.days]
    _line(page, 0, [_("工号"), _("姓名"), *days, *sums], bold)
    for number, row in enumerate(table.rows, start=1):
        _line(page, number, _values(row))
    _duties(book.add_worksheet(_("班")), table, bold)
    book.close()
    return file.getvalue()


def _values(row: DriverRow) -> list[str | int | float]:
    cells = [_mark(cell) for cell in row.cells]
    hours = round(row.hours, 1)
    return [row.code, row.name, *cells, row.duties, row.early, row.weekend, hours]


def _mark(cell: Cell) -> str:
    if cell.duty is not None:
        return cell.duty.mark
    return pgettext("absent", "假") if cell.absent else ""


def _duties(page: Any, table: SeenRoster, bold: Any) -> None:
    heads = [_("记号"), _("班"), _("出勤"), _("退勤"), _("驾驶分钟")]
    _line(page, 0, heads, bold)
    for number, duty in enumerate(table.duties, start=1):
        values = [duty.mark, duty.name, clock(duty.begin), clock(duty.end)]
        _line(page, number, [*values, duty.driving])


def _line(page: Any, row: int, values: list[Any], style: Any = None) -> None:
    for place, value in enumerate(values):
        write = page.write_string if isinstance(value, str) else page.write_number
        write(row, place, value, style)
