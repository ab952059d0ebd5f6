"""How a decision is taken: choose the procedure, write days and numbers, minutes, pictures."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.branchwork.actions import approvals as actions
from wugeyi.branchwork.forms.meetings import (
    MeetingsForm,
    MinutesForm,
    ProcedureForm,
)
from wugeyi.branchwork.models import Decision, Meeting, MeetingPicture
from wugeyi.branchwork.models.decisions import STAGE_NAMES
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.matters import matters
from wugeyi.branchwork.rules.meetings import Stage, Track
from wugeyi.branchwork.rules.refusals import Refused
from wugeyi.branchwork.views.staff import (
    StaffRequest,
    readable_or_404,
    refusal,
    show,
    staff,
    writable,
)
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload
from wugeyi.uploads.views import picture_response

ASKED = ("held_on", "body", "due", "attended", "in_favour", "notice_on", "households")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def procedure(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose who decides: villagers, members of the collective, or both in turn."""
    found = readable_or_404(request, Decision, pk)
    writable(request, found)
    first = {
        "track": found.track or Track.VILLAGE.value,
        "collective_matter": found.collective_matter,
        "origin": found.origin,
    }
    form = ProcedureForm(request.POST or None, initial=first, decision=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.choose_procedure(
                decision=found,
                track=Track(values["track"]),
                collective_matter=values["collective_matter"],
                origin=values["origin"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            form.add_error("collective_matter", refusal(problem))
        else:
            return redirect("branchwork:meetings", pk=found.pk)
    context = {
        "decision": found,
        "row": found,
        "form": form,
        "matters": matters().values(),
    }
    return _answered(request, "procedure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def meetings(request: StaffRequest, pk: int) -> HttpResponse:
    """Record days and numbers of all steps; numbers are checked, not forbidden."""
    found = readable_or_404(request, Decision, pk)
    writable(request, found)
    if not found.track:
        return redirect("branchwork:procedure", pk=found.pk)
    form = MeetingsForm(request.POST or None, initial=_initial(found), decision=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_meetings(
                decision=found,
                meetings=form.meetings(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            form.add_error(None, refusal(problem))
        else:
            messages.success(request, _("已登记。"))
            return redirect(found)
    stages = [(STAGE_NAMES[stage], fields) for stage, fields in form.by_stage()]
    context = {"decision": found, "row": found, "form": form, "stages": stages}
    return _answered(request, "meetings.html", context)


def _initial(found: Decision) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for each in Meeting.objects.filter(decision=found):
        stage = Stage(each.stage)
        for name in ASKED:
            first[f"{stage}-{name}"] = getattr(each, name)
    return first


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def minutes(request: StaffRequest, pk: int, stage: str) -> HttpResponse:
    """Write the minutes of one step and add pictures of it."""
    if stage not in {each.value for each in Stage}:
        raise Http404
    found = readable_or_404(request, Decision, pk)
    writable(request, found)
    step = Stage(stage)
    row = found.meetings.filter(stage=stage).first()
    names = ("minutes", "signed", "township", "supervision")
    first = {name: getattr(row, name) for name in names} if row else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MinutesForm(*sent, initial=first, stage=step)
    if form.is_bound and form.is_valid() and _written(request, found, step, form):
        messages.success(request, _("已记下。"))
        return redirect(found)
    context = {
        "decision": found,
        "row": found,
        "form": form,
        "step": STAGE_NAMES[step],
        "pictures": row.pictures.select_related("upload").order_by("pk") if row else (),
    }
    return _answered(request, "minutes.html", context)


def _written(
    request: StaffRequest, found: Decision, step: Stage, form: MinutesForm
) -> bool:
    at = timezone.now()
    try:
        kept = _kept(request, form)
        actions.record_minutes(
            decision=found,
            stage=step,
            values=form.values(),
            pictures=kept,
            by=request.user,
            at=at,
        )
    except PictureError as problem:
        form.add_error("photos", str(problem))
    except Refused as problem:
        form.add_error("photos", refusal(problem))
    else:
        return True
    return False


def _kept(request: StaffRequest, form: MinutesForm) -> list[Upload]:
    """Keep the pictures sent, before the transaction of the act."""
    sent = form.cleaned_data.get("photos", ())
    return [store(file=each, by=request.user, at=timezone.now()) for each in sent]


@require_safe
@staff(*access.READS_DECISIONS)
def picture(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out a picture to whoever may read its decision."""
    return picture_response(_picture(request, pk).upload)


@require_safe
@staff(*access.READS_DECISIONS)
def thumb(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out the small version."""
    return picture_response(_picture(request, pk).upload, thumb=True)


@require_POST
@staff(*access.WRITES)
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a picture off."""
    found = _picture(request, pk)
    decision = found.meeting.decision
    writable(request, decision)
    try:
        actions.drop_picture(
            picture=found, decision=decision, by=request.user, at=timezone.now()
        )
    except Refused as problem:
        messages.warning(request, refusal(problem))
    else:
        messages.success(request, _("照片已删掉。"))
    return redirect(decision)


def _picture(request: StaffRequest, pk: int) -> MeetingPicture:
    found = (
        MeetingPicture.objects.select_related(
            "upload", "meeting__decision__organisation"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or not access.reads_decisions(
        request.reach, found.meeting.decision.organisation.path
    ):
        raise Http404
    return found


def _answered(
    request: StaffRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    form = context["form"]
    wrong = form.is_bound and bool(form.errors)
    return show(request, template, context, status=422 if wrong else 200)
