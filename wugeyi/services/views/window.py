"""One window in front: a matter on one screen, the next trip, the list handed over."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.casework.actions.intake import Asker
from wugeyi.casework.rules.receipts import display
from wugeyi.casework.rules.refusals import Refused
from wugeyi.casework.rules.states import OPEN, State
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest, need, staff, unit_or_404
from wugeyi.services.actions.window import Coming, first_trip, next_trip
from wugeyi.services.forms.refusals import explain
from wugeyi.services.forms.window import (
    CodeForm,
    FirstTripForm,
    NextTripForm,
    PapersForm,
)
from wugeyi.services.models import Matter, Service, Visit
from wugeyi.services.queries import matters as queries
from wugeyi.services.queries.catalogue import materials, offered, one_offered, steps
from wugeyi.services.rules import access
from wugeyi.services.rules.refusals import DeskRefused
from wugeyi.services.views.frame import in_hospital, show

SESSION_KEY = "services-receipt"
# Long enough to print a slip twice.
RECEIPT_SHOWN = timedelta(minutes=15)
CONFLICT = 409


def _visit(request: StaffRequest, desk: Organisation) -> Visit | None:
    """Return the queue's visit this page is about, of this window only."""
    key = request.GET.get("visit", "")
    if not key.isascii() or not key.isdigit():
        return None
    return Visit.objects.filter(pk=int(key[:18]), organisation=desk).first()


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WINDOW)
def register(request: StaffRequest, code: str) -> HttpResponse:
    """Take a new matter in."""
    desk = unit_or_404(code)
    need(request, access.WINDOW, desk)
    today = timezone.localdate()
    key = request.GET.get("service", "")
    service = (
        one_offered(desk, int(key[:18]), on=today)
        if key.isascii() and key.isdigit()
        else None
    )
    visit = _visit(request, desk)
    if visit is not None and visit.result:
        return redirect("services:slip", pk=visit.pk)
    context: dict[str, Any] = {
        "desk": desk,
        "visit": visit,
        "service": service,
        "services": offered(desk, on=today),
        "hospital": in_hospital(desk),
        "page": "register",
    }
    if service is None:
        return show(request, "register.html", context)
    form = FirstTripForm(
        request.POST if request.method == "POST" else None,
        initial={"client_id": uuid4()},
        materials=materials(service),
        hospital=context["hospital"],
    )
    context |= {"form": form, "steps": steps(service, desk)}
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return show(request, "register.html", context, status=status)
    return _register(request, desk, service, visit, form, context)


def _register(
    request: StaffRequest,
    desk: Organisation,
    service: Service,
    visit: Visit | None,
    form: FirstTripForm,
    context: dict[str, Any],
) -> HttpResponse:
    values = form.cleaned_data
    at = timezone.now()
    try:
        made = first_trip(
            desk=desk,
            service=service,
            coming=_coming(form, visit),
            note=values["note"],
            asker=Asker(name=values["name"], phone=values["phone"]),
            by=request.user,
            at=at,
        )
    except (DeskRefused, Refused) as refusal:
        form.add_error(None, explain(refusal))
        return show(request, "register.html", context, status=CONFLICT)
    matter = made.matter
    if matter is not None:
        # Shown to hand over; afterwards only the visitor has it.
        kept = [made.pk, matter.case.receipt, at.timestamp()]
        request.session[SESSION_KEY] = kept
    return redirect("services:slip", pk=made.pk)


def _coming(form: PapersForm, visit: Visit | None) -> Coming:
    values = form.cleaned_data
    return Coming(
        client_id=values["client_id"],
        result=values["result"],
        papers=form.papers,
        answer=values["answer"],
        visit=visit,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WINDOW)
def again(request: StaffRequest, code: str) -> HttpResponse:
    """Find the matter somebody comes back for, by receipt or number."""
    desk = unit_or_404(code)
    need(request, access.WINDOW, desk)
    form = CodeForm(request.POST or None)
    visit = _visit(request, desk)
    if form.is_bound and form.is_valid():
        found = queries.find(form.cleaned_data["code"])
        if found is not None and request.reach.covers(
            access.WINDOW, found.organisation.path
        ):
            url = reverse("services:trip", args=[found.pk])
            same = visit is not None and found.organisation_id == desk.pk
            return redirect(f"{url}?visit={visit.pk}" if same and visit else url)
        form.add_error(
            "code", _("没有找到这件。请对照回执再看一遍；没带回执的，报办件编号。")
        )
    context = {"desk": desk, "form": form, "visit": visit, "page": "again"}
    status = 422 if form.is_bound else 200
    return show(request, "again.html", context, status=status)


def _matter(request: StaffRequest, pk: int, roles: frozenset[Any]) -> Matter:
    matter = queries.load(pk)
    if matter is None or not request.reach.covers(roles, matter.organisation.path):
        raise Http404
    return matter


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WINDOW)
def trip(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down the next trip of a matter."""
    matter = _matter(request, pk, access.WINDOW)
    desk = matter.organisation
    visit = _visit(request, desk)
    form = NextTripForm(
        request.POST if request.method == "POST" else None,
        initial={"client_id": uuid4()},
        materials=materials(matter.service),
        hospital=in_hospital(desk),
        ticked=_ticked(matter),
    )
    context = {
        "desk": desk,
        "visit": visit,
        "matter": matter,
        "service": matter.service,
        "trips": queries.trips(matter),
        "takes": State(matter.case.state) in OPEN and matter.done_at is None,
        "form": form,
        "hospital": form.hospital,
        "page": "again",
    }
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return show(request, "trip.html", context, status=status)
    try:
        made = next_trip(
            matter=matter,
            coming=_coming(form, visit),
            by=request.user,
            at=timezone.now(),
        )
    except (DeskRefused, Refused) as refusal:
        form.add_error(None, explain(refusal))
        return show(request, "trip.html", context, status=CONFLICT)
    return redirect("services:slip", pk=made.pk)


def _ticked(matter: Matter) -> frozenset[int]:
    """Return the materials an earlier trip brought: they need not come twice."""
    lines = queries.brought_already(matter)
    rows = materials(matter.service)
    return frozenset(row.pk for row in rows if queries.line_of(row) in lines)


@require_safe
@staff(*access.WINDOW)
def slip(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is handed over: everything missing at once, or what happens next."""
    visit = (
        Visit.objects.select_related("organisation", "service")
        .filter(pk=pk, matter__isnull=False)
        .first()
    )
    if visit is None or visit.matter_id is None:
        raise Http404
    matter = _matter(request, visit.matter_id, access.WINDOW)
    kept = request.session.get(SESSION_KEY, [0, "", 0])
    fresh = timezone.now().timestamp() - kept[2] < RECEIPT_SHOWN.total_seconds()
    follow = request.build_absolute_uri(reverse("public:follow"))
    code = kept[1] if fresh and kept[0] == pk else ""
    context = {
        "desk": matter.organisation,
        "matter": matter,
        "visit": visit,
        "trip": queries.trip_of(visit),
        "code": code,
        "follow": follow,
        # After the number sign: browsers never send that part to anybody.
        "qr": qr(f"{follow}#{display(code)}" if code else follow),
        "page": "",
    }
    return show(request, "slip.html", context)


def qr(text: str) -> SafeString:
    """Draw a QR code as an inline picture."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True)
    return SafeString(drawn)  # drawn by us from modules; the text is not in it
