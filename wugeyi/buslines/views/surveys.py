"""Surveys of the road: what was seen, the cases opened for it."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.models import User
from wugeyi.buslines.actions import surveys as actions
from wugeyi.buslines.actions.surveys import Look, Seen
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.forms.surveys import FindingForm, OpenForm, SurveyForm
from wugeyi.buslines.models import Survey, SurveyFinding
from wugeyi.buslines.queries import surveys as queries
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.rules.surveys import CATEGORIES, NOTHING
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    line_of,
    need_writing,
    page_keys,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.casework.forms.picking import described
from wugeyi.casework.models import Category
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload
from wugeyi.uploads.views import picture_response


@require_safe
@readers
def listed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a line's surveys, and how far what was found is mended."""
    line = line_of(request, pk)
    page = queries.surveys(
        line,
        **page_keys(request),
    )
    context = {
        **frame(request, line),
        "page": "surveys",
        "rows": page.rows,
        "pages": page,
        "tally": queries.tally(line),
    }
    return show(request, "surveys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a survey down; what was seen comes next."""
    line = writable(request, pk)
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        initial={"client_id": uuid4(), "surveyed_on": timezone.localdate()},
    )
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        client_id = values.pop("client_id")
        try:
            made = actions.record(
                line=line,
                client_id=client_id,
                look=Look(**values),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("记下了。接下来写看到了什么。"))
            return redirect("buslines:survey", pk=made.pk)
    context = {
        "form": form,
        "line": line,
        "title": _("记一次勘验"),
        "back_url": reverse("buslines:surveys", args=[line.pk]),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _survey(request: StaffRequest, pk: int) -> Survey:
    survey = queries.load(pk)
    if survey is None or not access.reads(request.reach, survey.line.organisation.path):
        raise Http404
    return survey


def _finding(request: StaffRequest, pk: int) -> SurveyFinding:
    found = queries.load_finding(pk)
    if found is None or not access.reads(
        request.reach, found.survey.line.organisation.path
    ):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def survey(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a survey found; take one more thing seen."""
    found = _survey(request, pk)
    if request.method == "POST":
        need_writing(request, found.line)
    form = FindingForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"client_id": uuid4()},
        places=queries.places(found.line),
    )
    if form.is_bound and form.is_valid() and _add(request, found, form):
        messages.success(request, _("记下了。"))
        return redirect("buslines:survey", pk=found.pk)
    context = {
        **frame(request, found.line),
        "page": "surveys",
        "survey": found,
        "rows": queries.standing().filter(survey=found),
        "form": form,
        "nothing": NOTHING,
    }
    return show(request, "survey.html", context, status=422 if form.is_bound else 200)


def _add(request: StaffRequest, survey: Survey, form: FindingForm) -> bool:
    values = form.cleaned_data
    at = timezone.now()
    photo, fault = _photo(form, by=request.user, at=at)
    if fault:
        form.add_error("photos", fault)
        return False
    seen = Seen(
        what=values["what"],
        spot=values["spot"],
        to_spot=values["to_spot"],
        text=values["text"],
        photo=photo,
    )
    try:
        actions.find(
            survey=survey,
            client_id=values["client_id"],
            seen=seen,
            by=request.user,
            at=at,
        )
    except Refused as refused:
        field = str(refused.values.get("field", ""))
        form.add_error(field if field in form.fields else None, explain(refused))
        return False
    return True


def _photo(form: FindingForm, *, by: User, at: datetime) -> tuple[Upload | None, str]:
    """Keep the picture sent, before the transaction of the act."""
    sent = form.cleaned_data.get("photos", ())
    try:
        return (store(file=sent[0], by=by, at=at), "") if sent else (None, "")
    except PictureError as problem:
        return None, str(problem)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def open_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a case of what was found; most of it is known already."""
    found = _finding(request, pk)
    line = found.survey.line
    need_writing(request, line)
    if found.case_id is not None or found.what == NOTHING:
        return redirect("buslines:survey", pk=found.survey_id)
    village = found.spot.organisation
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        initial=_known(found),
        suggested=[(village, described(village, lineage(village)))] if village else [],
    )
    if form.is_bound and form.is_valid():
        place: Organisation = form.cleaned_data["to"]
        try:
            case = actions.open_case(
                finding=found,
                text=form.cleaned_data["text"],
                category=form.cleaned_data["category"],
                place=place,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            said = _("诉求 %(number)s 开好了，修好之前都挂在这条线下。")
            messages.success(request, said % {"number": case.number})
            return redirect("buslines:survey", pk=found.survey_id)
    context = {
        "form": form,
        "line": line,
        "title": _("为它开一件诉求"),
        "lead": str(found),
        "button": _("开诉求"),
        "back_url": reverse("buslines:survey", args=[found.survey_id]),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _known(found: SurveyFinding) -> dict[str, object]:
    """Return what a case says that nobody has to type again."""
    wanted = CATEGORIES.get(found.what, "other")
    category = Category.objects.filter(code=wanted).first()
    if found.to_spot:
        where = _("%(here)s 到 %(there)s 之间") % {
            "here": found.spot.name,
            "there": found.to_spot.name,
        }
    else:
        where = found.spot.name
    said = _("%(line)s，%(where)s，%(what)s：%(text)s") % {
        "line": found.survey.line.name,
        "where": where,
        "what": found.get_what_display(),
        "text": found.text,
    }
    known: dict[str, object] = {"text": said}
    if category is not None:
        known["category"] = category.pk
    if found.spot.organisation_id:
        known["to_pick"] = str(found.spot.organisation_id)
    return known


@require_POST
@writers
def withdraw_finding(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what was written by mistake."""
    found = _finding(request, pk)
    need_writing(request, found.survey.line)
    try:
        actions.withdraw_finding(finding=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("撤回了。"))
    return redirect("buslines:survey", pk=found.survey_id)


@require_POST
@writers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a survey that was not."""
    found = _survey(request, pk)
    need_writing(request, found.line)
    try:
        actions.withdraw(survey=found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect("buslines:survey", pk=found.pk)
    messages.success(request, _("撤回了。"))
    return redirect("buslines:surveys", pk=found.line_id)


@require_safe
@readers
def photo(request: StaffRequest, pk: int, *, thumb: bool = False) -> HttpResponseBase:
    """Hand out a photograph to somebody who may read its line."""
    found = _finding(request, pk)
    if found.photo is None:
        raise Http404
    return picture_response(found.photo, thumb=thumb)
