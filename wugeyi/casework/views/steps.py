"""Taking a step: one page per step, everything typed kept whatever happens."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, escalating, handling
from wugeyi.casework.forms.refusals import explain
from wugeyi.casework.forms.steps import DecideExclusionForm, ReplyForm, StepForm
from wugeyi.casework.models import Case, Escalation, Exclusion, Request
from wugeyi.casework.queries import access as queries
from wugeyi.casework.queries.course import course_of
from wugeyi.casework.queries.history import timeline
from wugeyi.casework.rules import access
from wugeyi.casework.rules.access import Where
from wugeyi.casework.rules.refusals import Refused, Why
from wugeyi.casework.views import helps
from wugeyi.casework.views.specs import SPECS, Facts, Sent, Spec
from wugeyi.casework.views.staff import StaffRequest, case_and_place, show, staff
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload

KEPT = "wugeyi.casework.kept-photos"
KEPT_SECONDS = 24 * 3600


def facts_of(case: Case) -> Facts:
    """Read what decides beside the case which steps are offered; two queries."""
    return Facts(
        pause=case.pauses.filter(ended_at=None).first(),
        exclusion=case.exclusions.filter(decided_at=None).first(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def step(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """Show or take one step."""
    spec = SPECS.get(slug)
    if spec is None:
        raise Http404
    case = queries.load(pk)
    if case is None:
        raise Http404
    where = queries.where(case)
    if not access.sees(request.reach, where):
        return _left(request, spec, status=404)
    if not any(access.may(each, request.reach, where) for each in spec.steps):
        return _not_yours(request, spec, case)
    if request.method == "POST":
        return _take(request, spec, case, where)
    form = helps.form_for(spec, case, initial=helps.initial(spec, case))
    return _page(request, spec, case, form)


def _take(request: StaffRequest, spec: Spec, case: Case, where: Where) -> HttpResponse:
    data = request.POST.copy()
    inserted = helps.insert_reply(data, case)
    form = helps.form_for(spec, case, data=data, files=request.FILES)
    if inserted:
        return _page(request, spec, case, form)
    at = timezone.now()
    kept = _kept(data)
    if form.is_valid():
        photos, fault = _store(form, by=request.user, at=at)
        photos = kept + photos
        if fault:
            form.add_error("photos", fault)
        else:
            return _do(request, spec, case, form, photos, at)
    else:
        photos = kept
    return _page(request, spec, case, form, photos=photos, status=422)


def _do(
    request: StaffRequest,
    spec: Spec,
    case: Case,
    form: StepForm,
    photos: list[Upload],
    at: datetime,
) -> HttpResponse:
    values = dict(form.cleaned_data)
    try:
        problem = helps.settle(spec, case, values, request.reach)
        if problem:
            form.add_error(None, problem)
            return _page(request, spec, case, form, photos=photos, status=422)
        spec.do(Sent(case, values, request.user, at, photos))
    except Refused as refusal:
        return _refused(request, spec, case, form, refusal.why, photos)
    messages.success(request, str(spec.done))
    return redirect(_back(request, case))


def _back(request: StaffRequest, case: Case) -> str:
    listed = request.POST.get("list", "")
    address = reverse("desk:case", args=[case.pk])
    if listed:
        query = QueryDict(mutable=True)
        query["list"] = listed
        address = f"{address}?{query.urlencode()}"
    return address


def _refused(
    request: StaffRequest,
    spec: Spec,
    case: Case,
    form: StepForm,
    why: Why,
    photos: list[Upload],
) -> HttpResponse:
    """Show the same form with all that was typed, and how the case stands now."""
    fresh = queries.load(case.pk)
    if fresh is None:
        raise Http404
    where = queries.where(fresh)
    if not access.sees(request.reach, where):
        return _left(request, spec, status=404)
    # What is sent again is decided on what is shown now.
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    form.data = data
    possible = spec.offered(fresh, where, request.reach, facts_of(fresh))
    return _page(
        request,
        spec,
        fresh,
        form,
        photos=photos,
        status=409,
        refusal=explain(why),
        changed=why == Why.CHANGED,
        possible=possible,
        typed=_typed(form, request),
    )


def _page(
    request: StaffRequest,
    spec: Spec,
    case: Case,
    form: StepForm,
    *,
    photos: list[Upload] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "spec": spec,
        "case": case,
        "form": form,
        "kept": signing.dumps([photo.pk for photo in photos], salt=KEPT)
        if photos
        else "",
        "kept_count": len(photos or ()),
        "listed": request.GET.get("list", request.POST.get("list", "")),
        "possible": True,
        "latest": timeline(case, course_of(case))[:3] if status == 409 else (),
        **helps.aside(spec, case),
        **more,
    }
    return show(request, "step.html", context, status=status)


def _typed(form: StepForm, request: StaffRequest) -> list[tuple[str, str]]:
    """Return what a person wrote, to be kept where the form cannot be sent any more."""
    return [
        (str(field.label), request.POST.get(form.add_prefix(name), ""))
        for name, field in form.fields.items()
        if not field.widget.is_hidden and request.POST.get(form.add_prefix(name))
    ]


def _left(request: StaffRequest, spec: Spec, *, status: int) -> HttpResponse:
    """Say that the case is out of reach now; what was typed can still be copied."""
    if request.method != "POST":
        raise Http404
    form = spec.form(request.POST)
    context = {"spec": spec, "typed": _typed(form, request), "case": None}
    return show(request, "moved.html", context, status=status)


def _not_yours(request: StaffRequest, spec: Spec, case: Case) -> HttpResponse:
    if request.method != "POST":
        raise PermissionDenied(
            _("这一步不在您的岗位职责内。现由「%(handler)s」办理。")
            % {"handler": case.handler.name}
        )
    form = spec.form(request.POST)
    context = {"spec": spec, "typed": _typed(form, request), "case": case}
    return show(request, "moved.html", context, status=403)


def _kept(data: QueryDict) -> list[Upload]:
    """Return the photographs an earlier, refused sending brought already."""
    token = data.get("kept", "")
    try:
        ids = signing.loads(token, salt=KEPT, max_age=KEPT_SECONDS) if token else []
    except signing.BadSignature:
        return []
    return list(Upload.objects.filter(pk__in=ids))


def _store(form: StepForm, *, by: User, at: datetime) -> tuple[list[Upload], str]:
    """Store the photographs; return them, and what is wrong with one if anything is."""
    stored: list[Upload] = []
    for file in form.cleaned_data.get("photos") or []:
        if isinstance(file, str):  # keys of photographs that are here already
            return [], ""
        try:
            stored.append(store(file=file, by=by, at=at))
        except PictureError as problem:
            return stored, f"{file.name}:{problem}"
    return stored, ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def reply(request: StaffRequest, pk: int, asked: int) -> HttpResponse:
    """Reply to a request for help."""
    case, _where = case_and_place(request, pk)
    found = (
        Request.objects.select_related("organisation", "by", "case")
        .filter(case=case, pk=asked)
        .first()
    )
    if found is None:
        raise Http404
    if not request.reach.covers(access.REPLIES, found.organisation.path):
        raise PermissionDenied(_("这份协办请求是发给别的单位的。"))
    form = ReplyForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            handling.reply(
                request=found,
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            refusal = explain(refused.why)
        else:
            messages.success(request, _("回复已发给办理单位。"))
            return redirect("desk:case", pk=pk)
    context = {"case": case, "asked": found, "form": form, "refusal": refusal}
    return show(request, "reply.html", context, status=_status(form, refusal))


def _status(form: Any, refusal: str) -> int:
    if refusal:
        return 409
    return 422 if form.is_bound and not form.is_valid() else 200


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def decide_exclusion(request: StaffRequest, pk: int, asked: int) -> HttpResponse:
    """Approve or refuse that a case is left out of the rates."""
    case, where = case_and_place(request, pk)
    found = (
        Exclusion.objects.select_related("requested_by", "case")
        .filter(case=case, pk=asked)
        .first()
    )
    if found is None:
        raise Http404
    if not access.approves_exclusion(request.reach, where):
        raise PermissionDenied(_("只有督办人员可以审批。"))
    form = DecideExclusionForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            closing.decide_exclusion(
                exclusion=found,
                approved=form.cleaned_data["approved"],
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            refusal = explain(refused.why)
        else:
            messages.success(request, _("审批已记下。"))
            return redirect("desk:case", pk=pk)
    context = {"case": case, "exclusion": found, "form": form, "refusal": refusal}
    return show(request, "exclusion.html", context, status=_status(form, refusal))


@require_POST
@staff()
def escalation_seen(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that an escalation was read."""
    found = (
        Escalation.objects.select_related("organisation", "case__place")
        .filter(pk=pk)
        .first()
    )
    if found is None or not request.reach.covers(
        access.IS_TOLD, found.organisation.path
    ):
        raise Http404
    escalating.mark_seen(escalation=found, by=request.user, at=timezone.now())
    if request.POST.get("next") == "case":
        return redirect("desk:case", pk=found.case_id)
    return redirect("desk:supervision")
