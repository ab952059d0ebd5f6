"""Keeping an organisation's list of services."""

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

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest, need, staff, unit_or_404
from wugeyi.services.actions import catalogue as actions
from wugeyi.services.forms.catalogue import MaterialForm, ServiceForm, StepForm
from wugeyi.services.models import Material, Service, ServiceStep
from wugeyi.services.queries import catalogue as queries
from wugeyi.services.rules import access
from wugeyi.services.views.frame import in_hospital, show

SIZE = 50


@require_safe
@staff()
def entries(request: StaffRequest, code: str) -> HttpResponse:
    """List what an organisation keeps; everybody on the staff reads it."""
    unit = unit_or_404(code)
    after = request.GET.get("after", "")
    key = int(after[:18]) if after.isascii() and after.isdigit() else 0
    rows = queries.kept_by(unit, after=key, limit=SIZE)
    context = {
        "desk": unit,
        "page": "entries",
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].pk if len(rows) > SIZE else None,
        "today": timezone.localdate(),
        "edits": request.reach.covers(access.KEEPS, unit.path),
    }
    return show(request, "entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.KEEPS)
def new_entry(request: StaffRequest, code: str) -> HttpResponse:
    """Add a service."""
    unit = unit_or_404(code)
    need(request, access.KEEPS, unit)
    form = ServiceForm(
        request.POST or None, initial={"valid_from": timezone.localdate()}, unit=unit
    )
    if form.is_bound and form.is_valid():
        made = actions.save_service(
            service=None,
            organisation=unit,
            values=form.values(),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已保存。接着写要带什么材料。"))
        return redirect("services:entry", pk=made.pk)
    context = {"desk": unit, "page": "entries", "form": form}
    status = 422 if form.is_bound else 200
    return show(request, "entry_new.html", context, status=status)


def _service(request: StaffRequest, pk: int) -> Service:
    found = Service.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    need(request, access.KEEPS, found.organisation)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.KEEPS)
def entry(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a service, its materials and the steps behind the window."""
    found = _service(request, pk)
    unit = found.organisation
    form = ServiceForm(
        request.POST or None, initial=ServiceForm.initial_of(found), unit=unit
    )
    if form.is_bound and form.is_valid():
        actions.save_service(
            service=found,
            organisation=unit,
            values=form.values(),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已保存，并留痕。"))
        return redirect("services:entry", pk=pk)
    return _entry_page(request, found, form=form)


def _entry_page(
    request: StaffRequest,
    found: Service,
    *,
    form: ServiceForm | None = None,
    material_form: MaterialForm | None = None,
    step_form: StepForm | None = None,
) -> HttpResponse:
    unit = found.organisation
    wrong = any(
        each is not None and each.is_bound for each in (form, material_form, step_form)
    )
    context = {
        "desk": unit,
        "page": "entries",
        "service": found,
        "materials": queries.materials(found),
        "steps": queries.steps(found, unit),
        "form": form or ServiceForm(initial=ServiceForm.initial_of(found), unit=unit),
        "material_form": material_form or MaterialForm(prefix="material"),
        "step_form": step_form or StepForm(prefix="step"),
        "hospital": in_hospital(unit),
    }
    return show(request, "entry.html", context, status=422 if wrong else 200)


@require_POST
@staff(*access.KEEPS)
def add_material(request: StaffRequest, pk: int) -> HttpResponse:
    """Add something to bring."""
    found = _service(request, pk)
    form = MaterialForm(
        request.POST, prefix="material", hospital=in_hospital(found.organisation)
    )
    if not form.is_valid():
        return _entry_page(request, found, material_form=form)
    actions.save_material(
        service=found,
        material=None,
        values=form.cleaned_data,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("services:entry", pk=pk)


def _material(request: StaffRequest, pk: int) -> Material:
    found = (
        Material.objects.select_related("service__organisation")
        .filter(pk=pk, ended_at=None)
        .first()
    )
    if found is None:
        raise Http404
    need(request, access.KEEPS, found.service.organisation)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.KEEPS)
def material(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct something to bring."""
    found = _material(request, pk)
    unit = found.service.organisation
    form = MaterialForm(
        request.POST or None,
        initial=MaterialForm.initial_of(found),
        hospital=in_hospital(unit),
    )
    if form.is_bound and form.is_valid():
        actions.save_material(
            service=found.service,
            material=found,
            values=form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("services:entry", pk=found.service_id)
    context: dict[str, Any] = {
        "desk": unit,
        "page": "entries",
        "material": found,
        "service": found.service,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return show(request, "material.html", context, status=status)


@require_POST
@staff(*access.KEEPS)
def end_material(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for something no longer."""
    found = _material(request, pk)
    actions.end_material(material=found, by=request.user, at=timezone.now())
    messages.success(request, _("不再要这份材料。"))
    return redirect("services:entry", pk=found.service_id)


@require_POST
@staff(*access.KEEPS)
def add_step(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a step behind the window."""
    found = _service(request, pk)
    form = StepForm(request.POST, prefix="step")
    if not form.is_valid():
        return _entry_page(request, found, step_form=form)
    values = form.cleaned_data
    unit: Organisation | None = values["to"]
    actions.add_step(
        service=found,
        what=values["what"],
        organisation=unit,
        kind="" if unit else values["kind"],
        by=request.user,
        at=timezone.now(),
    )
    return redirect("services:entry", pk=pk)


@require_POST
@staff(*access.KEEPS)
def end_step(request: StaffRequest, pk: int) -> HttpResponse:
    """Go a step no longer."""
    found = (
        ServiceStep.objects.select_related("service__organisation")
        .filter(pk=pk, ended_at=None)
        .first()
    )
    if found is None:
        raise Http404
    need(request, access.KEEPS, found.service.organisation)
    actions.end_step(step=found, by=request.user, at=timezone.now())
    return redirect("services:entry", pk=found.service_id)


@require_POST
@staff(*access.KEEPS)
def examples(request: StaffRequest, code: str) -> HttpResponse:
    """Put the shipped examples on an organisation's list."""
    unit = unit_or_404(code)
    need(request, access.KEEPS, unit)
    at = timezone.now()
    made = actions.copy_examples(
        organisation=unit, valid_from=timezone.localdate(at), by=request.user, at=at
    )
    if made:
        messages.success(request, _("已放进示例，请逐项核对后再用。"))
    else:
        messages.info(
            request, _("没有可放的示例：这类单位没有附带示例，或都已在清单里。")
        )
    return redirect("services:entries", code=unit.code)
