"""A neighbour's request as the community sees it: publish, decline, confirm, take back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import StaffRequest, need, staff
from wugeyi.volunteering.actions import helps as actions
from wugeyi.volunteering.actions import people as people_actions
from wugeyi.volunteering.actions import takes
from wugeyi.volunteering.forms.desk import PublishForm, ReasonForm
from wugeyi.volunteering.models import Help
from wugeyi.volunteering.queries import helps
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.views.desk.common import act, show
from wugeyi.volunteering.views.trying import or_404


def _help(
    request: StaffRequest, pk: int, roles: frozenset[Role] = access.READS
) -> Help:
    row = or_404(helps.reachable(pk, request.reach))
    need(request, roles, row.organisation)
    return row


@require_safe
@staff(*access.READS)
def help_one(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a request; who asks only to those who may call."""
    return _help_page(request, _help(request, pk))


def _help_page(
    request: StaffRequest, row: Help, *, status: int = 200, **more: Any
) -> HttpResponse:
    calls = request.reach.covers(access.WRITES, row.organisation.path)
    duty = request.reach.covers(access.DUTY, row.organisation.path)
    take = helps.held_by(row)
    if not calls:
        row.text = row.address = row.name = row.phone = ""
    context = {
        "row": row,
        "calls": calls,
        "taken": take,
        "duty": duty,
        "recalled": helps.recalled(row),
        "publish": PublishForm(),
        "decline": ReasonForm(),
        "recall": ReasonForm(),
        **more,
    }
    return show(request, "help.html", row.organisation, "helps", context, status=status)


@require_POST
@staff(*access.WRITES)
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a request to volunteers."""
    row = _help(request, pk, access.WRITES)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _help_page(request, row, publish=form, status=422)
    showing = actions.Showing(form.cleaned_data["notice"], form.cover)
    act(request, actions.publish, _("已公布。"), help=row, showing=showing)
    return redirect("volunteering:desk-help", pk=pk)


@require_POST
@staff(*access.WRITES)
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """Do not show it, and say why."""
    row = _help(request, pk, access.WRITES)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _help_page(request, row, decline=form, status=422)
    said = _("没有公布，求助人看得到原因。")
    act(request, actions.decline, said, help=row, **form.cleaned_data)
    return redirect("volunteering:desk-help", pk=pk)


@require_POST
@staff(*access.WRITES)
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm for who asked that it was done."""
    row = _help(request, pk, access.WRITES)
    act(request, actions.confirm, _("已确认。"), help=row)
    return redirect("volunteering:desk-help", pk=pk)


@require_POST
@staff(*access.WRITES)
def call_helper(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who took it and their number; every look is written down."""
    row = _help(request, pk, access.WRITES)
    take = or_404(helps.held_by(row))
    helper = people_actions.reveal(
        volunteer=take.volunteer,
        by=request.user,
        at=timezone.now(),
        organisation_id=row.organisation_id,
    )
    return _help_page(request, row, helper=helper)


@require_POST
@staff(*access.DUTY)
def recall(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a request out of the hands of who took it, and say why."""
    row = _help(request, pk, access.DUTY)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _help_page(request, row, recall=form, status=422)
    said = _("收回了。接的人看不到地址了，会告诉对方；别人可以接。")
    act(request, takes.recall, said, help=row, **form.cleaned_data)
    return redirect("volunteering:desk-help", pk=pk)
