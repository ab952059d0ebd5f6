"""One's own hours and certificates; anybody checks a certificate by its code."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.throttle import throttled
from wugeyi.casework.rules.receipts import display, normalise
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.volunteering.actions import certificates, hours
from wugeyi.volunteering.actions.hours import Span
from wugeyi.volunteering.actions.writing import VOLUNTEER
from wugeyi.volunteering.forms.desk import ReasonForm
from wugeyi.volunteering.forms.people import CertificateForm, CheckForm, HoursForm
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Certificate, Hours
from wugeyi.volunteering.paper import certificate as paper
from wugeyi.volunteering.queries import certificates as queries
from wugeyi.volunteering.queries import helps as help_queries
from wugeyi.volunteering.queries import people
from wugeyi.volunteering.rules import access
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views.people import qr
from wugeyi.volunteering.views.trying import or_404
from wugeyi.volunteering.views.who import (
    VolunteerRequest,
    registered,
    show,
    volunteer_of,
)

WINDOW = timedelta(minutes=10)
CHECKS_PER_WINDOW = 60
LANGUAGES = ("zh-hans", "en")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@registered
def claim(request: VolunteerRequest) -> HttpResponse:
    """Write down from when to when one served; somebody else confirms it."""
    near = people.checked_in(request.volunteer)
    row = _help(request)
    form = HoursForm(
        request.POST if request.method == "POST" else None,
        initial={
            "client_id": uuid4(),
            "on": timezone.localdate(),
            "kind": "help" if row is not None else "other",
        },
    )
    unit = _unit(request, near) if row is None else row.organisation
    context = {"form": form, "near": near, "row": row, "unit": unit}
    if not form.is_bound:
        return show(request, "claim.html", context)
    valid = form.is_valid()
    if unit is None:
        form.add_error(None, _("请选在哪个社区做的。还没有报到的，先去社区页面报到。"))
    if not valid or unit is None:
        return show(request, "claim.html", context, status=422)
    values = form.cleaned_data
    try:
        hours.claim(
            span=Span(
                client_id=values["client_id"],
                organisation=unit,
                kind=values["kind"],
                starts_at=values["starts_at"],
                ends_at=values["ends_at"],
                text=values["text"],
                help=row,
            ),
            volunteer=request.volunteer,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, explain(refused))
        return show(request, "claim.html", context, status=409)
    messages.success(request, _("记下了，等被帮的人或社区确认。"))
    return redirect("volunteering:mine")


def _help(request: VolunteerRequest) -> Any:
    """Return the request it was for, if one's own."""
    key = request.GET.get("help", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    row = help_queries.shown(int(key))
    if (
        row is None
        or not row.takes.filter(
            volunteer=request.volunteer, given_back_at=None
        ).exists()
    ):
        raise Http404
    return row


def _unit(request: VolunteerRequest, near: list[Organisation]) -> Organisation | None:
    key = request.POST.get("place", "")
    if len(near) == 1 and not key:
        return near[0]
    return next((unit for unit in near if str(unit.pk) == key), None)


@require_POST
@registered
def withdraw(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take one's own span back before it is confirmed."""
    row = or_404(Hours.objects.filter(pk=pk, volunteer=request.volunteer).first())
    done = hours.withdraw(hours=row, at=timezone.now())
    if done:
        messages.success(request, _("已撤回这一段。"))
    else:
        messages.error(request, _("已经确认过，撤不回了。写错了请告诉社区。"))
    return redirect("volunteering:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@registered
def issue(request: VolunteerRequest) -> HttpResponse:
    """Have hours certified: free of charge, at once."""
    today = timezone.localdate()
    form = CertificateForm(
        request.POST if request.method == "POST" else None,
        initial={
            "client_id": uuid4(),
            "first": today.replace(month=1, day=1),
            "last": today,
        },
    )
    if form.is_bound and form.is_valid():
        try:
            made = certificates.issue(
                volunteer=request.volunteer, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            return redirect("volunteering:certificate", code=display(made.code))
    status = 422 if form.is_bound else 200
    return show(request, "issue.html", {"form": form}, status=status)


def _own(request: VolunteerRequest, code: str) -> Certificate:
    return or_404(
        Certificate.objects.filter(
            code=normalise(code) or "", volunteer=request.volunteer
        ).first()
    )


@never_cache
@require_safe
@registered
def pdf(request: VolunteerRequest, code: str) -> HttpResponse:
    """Hand out one's own certificate as a PDF, in either language."""
    row = _own(request, code)
    language = request.GET.get("language", "")
    if language not in LANGUAGES:
        language = translation.get_language() or LANGUAGES[0]
    address = request.build_absolute_uri(
        reverse("volunteering:certificate", args=[display(row.code)])
    )
    with translation.override(language):
        content = paper.pdf(queries.checked(row), address)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="hours-{row.code}.pdf"',
            "Cache-Control": "no-store",
        },
    )


@require_POST
@registered
def revoke_own(request: VolunteerRequest, code: str) -> HttpResponse:
    """Revoke one's own certificate."""
    row = _own(request, code)
    certificates.revoke(certificate=row, reason="", by=VOLUNTEER, at=timezone.now())
    messages.success(request, _("已作废，核对时会显示作废。"))
    return redirect("volunteering:certificate", code=code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=CHECKS_PER_WINDOW, per=WINDOW, scope="certificate")
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the code on a certificate."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect(
            "volunteering:certificate", code=display(form.cleaned_data["code"])
        )
    return show(
        request, "check.html", {"form": form}, status=422 if form.is_bound else 200
    )


@never_cache
@require_safe
@throttled(
    limit=CHECKS_PER_WINDOW, per=WINDOW, scope="certificate", methods=("GET", "HEAD")
)
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show anybody what a certificate says, and whether it holds."""
    found = queries.by_code(normalise(code) or "")
    if found is None:
        return show(request, "certificate.html", {"found": None}, status=404)
    context = {
        "found": found,
        "code": display(found.certificate.code),
        "own": _is_own(request, found.certificate),
        "may_revoke": _may_revoke(request, found),
        "qr": qr(request.build_absolute_uri()),
    }
    return show(request, "certificate.html", context)


def _is_own(request: HttpRequest, row: Certificate) -> bool:
    own = volunteer_of(request)
    return own is not None and own.pk == row.volunteer_id


def _may_revoke(request: Any, found: queries.Checked) -> bool:
    return any(
        request.reach.covers(access.WRITES, part.organisation.path)
        for part in found.parts
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def revoke(request: StaffRequest, code: str) -> HttpResponse:
    """Revoke a certificate whose hours prove wrong, saying why."""
    found = or_404(queries.by_code(normalise(code) or ""))
    if not _may_revoke(request, found):
        raise PermissionDenied(_("这份证明上没有您单位的服务时间。"))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        certificates.revoke(
            certificate=found.certificate,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已作废。"))
        return redirect("volunteering:certificate", code=code)
    context = {
        "title": _("作废这份服务证明？"),
        "text": _("核对的人会看到它已作废。服务时间本身不变。"),
        "form": form,
        "button": _("作废"),
        "dangerous": True,
        "back_url": reverse("volunteering:certificate", args=[code]),
    }
    full = {"now": timezone.now(), **context}
    status = 422 if form.is_bound else 200
    return render(request, "ui/confirm.html", full, status=status)
