"""The duty desk: what is told shows here at once, and who sees it says so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.organisations.models import Kind
from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import StaffRequest, need, staff
from wugeyi.organisations.views.staff import show as staff_show
from wugeyi.volunteering.actions import emergencies as actions
from wugeyi.volunteering.forms.desk import CaseForm, SettleForm, TermForm
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Emergency
from wugeyi.volunteering.queries import emergencies as queries
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views.trying import attempt, or_404
from wugeyi.volunteering.views.who import show

SECONDS = 15


@never_cache
@require_safe
@staff(*access.DUTY)
def duty(request: StaffRequest) -> HttpResponse:
    """Show what is open, unseen first; the page asks anew by itself."""
    held = {each.organisation_id for each in request.reach.holdings}
    rows = queries.waiting(request.reach)
    context = {
        "rows": [(row, _here(row, held)) for row in rows],
        "unseen": sum(1 for row in rows if row.noticed_at is None),
        "seconds": SECONDS,
    }
    part = "HX-Request" in request.headers
    template = "_duty.html" if part else "duty.html"
    return staff_show(request, f"volunteering/desk/{template}", context)


def _here(row: Emergency, held: set[int]) -> bool:
    """Tell whether one of the reader's own units was told."""
    return any(told.organisation_id in held for told in row.told.all())


def _found(request: StaffRequest, pk: int) -> Emergency:
    return or_404(queries.in_reach(pk, request.reach))


@never_cache
@require_safe
@staff(*access.READS)
def emergency(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one; the number to call back only to the duty desk."""
    return _page(request, _found(request, pk))


def _page(
    request: StaffRequest,
    row: Emergency,
    *,
    settle: SettleForm | None = None,
    case: CaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    on_duty = request.reach.covers(access.DUTY, row.organisation.path)
    if not on_duty:
        row.phone = ""
    context = {
        "row": row,
        "unit": row.organisation,
        "on_duty": on_duty,
        "told": list(row.told.all()),
        "point": _point(row),
        "settle": settle or SettleForm(),
        "case_form": case
        or CaseForm(initial={"text": row.text or row.spot or _("闪报补记")}),
    }
    return staff_show(
        request, "volunteering/desk/emergency.html", context, status=status
    )


def _point(row: Emergency) -> dict[str, Any] | None:
    if row.lon is None or row.lat is None:
        return None
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
                "properties": {"title": row.spot or _("闪报"), "urgent": True},
            }
        ],
    }


@require_POST
@staff(*access.DUTY)
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Say "seen": the wait ends here."""
    row = _found(request, pk)
    need(request, access.DUTY, row.organisation)
    if actions.notice(emergency=row, by=request.user, at=timezone.now()):
        messages.success(request, _("记下了：您已看到。请马上联系、处置。"))
    return redirect("volunteering:desk-emergency", pk=pk)


@require_POST
@staff(*access.DUTY)
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what was done."""
    row = _found(request, pk)
    need(request, access.DUTY, row.organisation)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, row, settle=form, status=422)
    end = Emergency.End(form.cleaned_data.pop("end"))
    values = {"emergency": row, "end": end, "by": request.user, **form.cleaned_data}
    attempt(request, actions.settle, _("写好了。"), **values)
    return redirect("volunteering:desk-emergency", pk=pk)


@require_POST
@staff(*access.WRITES)
def make_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Write it down afterwards as a case."""
    row = _found(request, pk)
    need(request, access.WRITES, row.organisation)
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, case=form, status=422)
    try:
        case = actions.make_case(
            emergency=row, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect("volunteering:desk-emergency", pk=pk)
    messages.success(request, _("已转成诉求 %(number)s。") % {"number": case.number})
    return redirect("volunteering:desk-emergency", pk=pk)


@never_cache
@require_safe
def sounded(request: HttpRequest, client_id: Any) -> HttpResponse:
    """Tell who told that the desk was told, and whether somebody saw it."""
    row = or_404(queries.of_client(client_id))
    context = {"row": row, "told": list(row.told.all()), "seconds": SECONDS}
    if "HX-Request" in request.headers:
        return show(request, "_sounded.html", context)
    return show(request, "sounded.html", context)


@require_safe
@staff()
def terms(request: StaffRequest) -> HttpResponse:
    """List within how many minutes each level sees it."""
    names = dict(Kind.choices)
    context = {
        "rows": [(row, names.get(row.kind, row.kind)) for row in queries.terms()],
        "edits": keeps_installation(request.reach),
    }
    return staff_show(request, "volunteering/desk/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def term(request: StaffRequest, kind: str) -> HttpResponse:
    """Change the minutes of a level: the seat's administrators."""
    if kind not in Kind.values:
        raise Http404
    if not keeps_installation(request.reach):
        raise PermissionDenied(
            _("这里的规则对全市都有效，只有主管单位的管理员可以修改。")
        )
    known = {row.kind: row for row in queries.terms()}.get(kind)
    initial = (
        {
            "minutes": known.minutes,
            "source": known.source,
            "verified": known.verified,
        }
        if known
        else {}
    )
    form = TermForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.set_term(
            kind=kind, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("已保存，并留痕。"))
        return redirect("volunteering:terms")
    context = {
        "title": _("值班时限：%(kind)s") % {"kind": dict(Kind.choices)[kind]},
        "text": _("过了这么久还没有人看到，就告诉上一级值班室。"),
        "form": form,
        "button": _("保存"),
        "back_url": reverse("volunteering:terms"),
        "now": timezone.now(),
    }
    return render(
        request, "ui/confirm.html", context, status=422 if form.is_bound else 200
    )
