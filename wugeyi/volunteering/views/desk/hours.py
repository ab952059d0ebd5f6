"""Spans of service: confirmed, whole or less, or not, with the reason."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import StaffRequest, key_of, need, staff
from wugeyi.volunteering.actions import hours as actions
from wugeyi.volunteering.forms.desk import MinutesForm, ReasonForm
from wugeyi.volunteering.models import Hours
from wugeyi.volunteering.queries import desk as queries
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.hours import minutes_between
from wugeyi.volunteering.views.desk.common import act, show, unit_in_reach
from wugeyi.volunteering.views.trying import or_404


@require_safe
@staff(*access.READS)
def hours(request: StaffRequest, code: str) -> HttpResponse:
    """List the spans that wait for a word, in the order they came."""
    found = unit_in_reach(request, code)
    older = key_of(request.GET.get("older", ""))
    context = {"rows": queries.waiting_hours(found, older=older)}
    return show(request, "hours.html", found, "hours", context)


def _hours(
    request: StaffRequest, pk: int, roles: frozenset[Role] = access.READS
) -> Hours:
    row = or_404(queries.hours_in_reach(pk, request.reach))
    need(request, roles, row.organisation)
    return row


@require_safe
@staff(*access.READS)
def span(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a span; not whose it is."""
    return _span_page(request, _hours(request, pk))


def _span_page(
    request: StaffRequest, row: Hours, *, status: int = 200, **more: Any
) -> HttpResponse:
    whole = minutes_between(row.starts_at, row.ends_at)
    context = {
        "row": row,
        "whole": whole,
        "minutes": MinutesForm(initial={"minutes": whole}),
        "refuse": ReasonForm(),
        **more,
    }
    return show(request, "span.html", row.organisation, "hours", context, status=status)


@require_POST
@staff(*access.WRITES)
def confirm_hours(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm a span, whole or less."""
    row = _hours(request, pk, access.WRITES)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _span_page(request, row, minutes=form, status=422)
    act(
        request,
        actions.confirm,
        _("已确认。"),
        hours=row,
        minutes=form.cleaned_data["minutes"],
    )
    return redirect("volunteering:desk-hours", code=row.organisation.code)


@require_POST
@staff(*access.WRITES)
def refuse_hours(request: StaffRequest, pk: int) -> HttpResponse:
    """Do not confirm a span, and say why."""
    row = _hours(request, pk, access.WRITES)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _span_page(request, row, refuse=form, status=422)
    said = _("没有确认，本人看得到原因。")
    act(request, actions.refuse, said, hours=row, **form.cleaned_data)
    return redirect("volunteering:desk-hours", code=row.organisation.code)
