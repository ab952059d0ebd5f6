"""Adding to a project, changing what was added, withdrawing it; photographs."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.accounts.models import User
from wugeyi.casework.queries import access as case_access
from wugeyi.casework.queries.desk import by_number
from wugeyi.casework.rules.access import sees
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.projects.actions.projects import link_case
from wugeyi.projects.actions.rows import withdraw_row
from wugeyi.projects.forms.additions import AddForm, CaseForm
from wugeyi.projects.forms.projects import WhyForm
from wugeyi.projects.forms.refusals import explain
from wugeyi.projects.models import (
    Evidence,
    Milestone,
    Money,
    Partner,
    Project,
    Result,
    Risk,
    Undertaking,
)
from wugeyi.projects.rules import access
from wugeyi.projects.rules.refusals import Refused
from wugeyi.projects.views.common import (
    key,
    project_of,
    readers,
    show,
    writable,
    writers,
)
from wugeyi.projects.views.specs import SPECS, Sent, Spec
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload
from wugeyi.uploads.views import picture_response

ROWS: dict[str, Any] = {
    "milestone": Milestone,
    "money": Money,
    "partner": Partner,
    "undertaking": Undertaking,
    "risk": Risk,
    "result": Result,
    "evidence": Evidence,
}


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def add(
    request: StaffRequest, pk: int, slug: str, item: int | None = None
) -> HttpResponse:
    """Show or take one addition; with ``item`` it is done to that row, or replaces it."""
    spec = SPECS.get(slug)
    if spec is None or (spec.needs_row and item is None):
        raise Http404
    project = writable(request, pk)
    row = _row(project, spec.model, item)
    if request.method != "POST":
        known = spec.initial(project, row, timezone.localdate())
        form = _form(spec, project, initial={**known, "version": project.version})
        return _page(request, spec, project, form, row)
    form = _form(spec, project, data=request.POST, files=request.FILES)
    at = timezone.now()
    if form.is_valid():
        uploads, fault = _store(form, by=request.user, at=at)
        if fault:
            form.add_error("photos", fault)
        else:
            return _do(request, spec, project, form, row, uploads, at)
    return _page(request, spec, project, form, row, status=422)


def _row(project: Project, model: Any, item: int | None) -> Any:
    """Return the row an address names; 404 if it is not this project's or withdrawn."""
    if item is None:
        return None
    if model is None:
        raise Http404
    rows = model._default_manager.filter(pk=item)
    if model is Money:
        rows = rows.filter(account__project=project).select_related("account")
    else:
        rows = rows.filter(project=project)
    if any(field.name == "withdrawn_at" for field in model._meta.fields):
        rows = rows.filter(withdrawn_at=None)
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _form(spec: Spec, project: Project, **more: Any) -> AddForm:
    return spec.form(project=project, **more)


def _store(form: AddForm, *, by: User, at: datetime) -> tuple[list[Upload], str]:
    """Keep the pictures sent, before the transaction of the act."""
    try:
        return [
            store(file=file, by=by, at=at)
            for file in form.cleaned_data.get("photos", ())
        ], ""
    except PictureError as problem:
        return [], str(problem)


def _do(
    request: StaffRequest,
    spec: Spec,
    project: Project,
    form: AddForm,
    row: Any,
    uploads: list[Upload],
    at: datetime,
) -> HttpResponse:
    sent = Sent(project, dict(form.cleaned_data), row, request.user, at, uploads)
    try:
        spec.do(sent)
    except Refused as refusal:
        fresh = project_of(request, project.pk)
        data = request.POST.copy()
        data["version"] = str(fresh.version)
        form.data = data
        form.add_error(None, explain(refusal.why))
        return _page(request, spec, fresh, form, row, status=409)
    messages.success(request, str(spec.done))
    return redirect(_back(project, spec.anchor))


def _back(project: Project, anchor: str) -> str:
    return f"{reverse('projects:project', args=[project.pk])}#{anchor}"


def _page(
    request: StaffRequest,
    spec: Spec,
    project: Project,
    form: AddForm,
    row: Any,
    *,
    status: int = 200,
) -> HttpResponse:
    replaces = row is not None and not spec.needs_row
    context = {
        "project": project,
        "form": form,
        "title": _("更正") if replaces else spec.title,
        "lead": _("原来的一条会撤回并留着，新的一条代替它。")
        if replaces
        else spec.lead,
        "row": row,
        "accounts": list(project.accounts.values_list("name", flat=True)),
        "anchor": spec.anchor,
        "files": "photos" in form.fields,
        "wide": False,
    }
    return show(request, "form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def add_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Link a case that led to the project."""
    project = writable(request, pk)
    form = CaseForm(
        request.POST if request.method == "POST" else None,
        project=project,
        initial={"version": project.version},
    )
    if form.is_valid():
        number = by_number(form.cleaned_data["number"]) or key(
            form.cleaned_data["number"]
        )
        case = case_access.load(number) if number else None
        if case is None or not sees(request.reach, case_access.where(case)):
            form.add_error(
                "number", _("找不到这个编号，或者它不在您能看到的范围里。请核对。")
            )
        else:
            link_case(project=project, case=case, by=request.user, at=timezone.now())
            messages.success(request, _("诉求已关联。"))
            return redirect(_back(project, "chain"))
    context = {
        "project": project,
        "form": form,
        "title": _("关联一件诉求"),
        "lead": "",
        "anchor": "chain",
        "wide": False,
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def withdraw(request: StaffRequest, pk: int, what: str, item: int) -> HttpResponse:
    """Withdraw a row that was recorded by mistake."""
    model = ROWS.get(what)
    if model is None:
        raise Http404
    project = writable(request, pk)
    row: Model = _row(project, model, item)
    form = WhyForm(
        request.POST if request.method == "POST" else None,
        initial={"version": project.version},
    )
    if form.is_valid():
        try:
            withdraw_row(
                project=project,
                row=row,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, explain(refusal.why))
        else:
            messages.success(request, _("已撤回，不再计入。"))
            return redirect("projects:project", pk=pk)
    context = {
        "project": project,
        "form": form,
        "title": _("撤回这一条"),
        "lead": str(row),
        "wide": False,
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_safe
@readers
def photo(request: StaffRequest, pk: int, *, thumb: bool = False) -> HttpResponseBase:
    """Hand out a photograph to somebody who may read its project."""
    found = (
        Evidence.objects.select_related("upload", "project__organisation")
        .filter(pk=pk, withdrawn_at=None)
        .first()
    )
    if found is None or not access.reads(
        request.reach, found.project.organisation.path
    ):
        raise Http404
    return picture_response(found.upload, thumb=thumb)
