"""The register of forms: the list, one form, a new one, corrections."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.reports import adapter
from wugeyi.reports.actions import register as actions
from wugeyi.reports.forms.filling import BeginForm, part_of
from wugeyi.reports.forms.register import EntryForm, FileForm, NewForm
from wugeyi.reports.messages import explain
from wugeyi.reports.models import Form, Layout
from wugeyi.reports.queries import register as queries
from wugeyi.reports.rules import access
from wugeyi.reports.views.common import form_or_404, may, show, too_many_uploads

PAGE = 50
SHOWN_FINDINGS = 50
TONES = {"error": "urgent", "warning": "warn", "info": "info"}


def own_unit(request: StaffRequest) -> Organisation | None:
    """Return the outermost organisation of this person, by which counts are shown."""
    roots = request.reach.roots(access.SEES)
    return Organisation.objects.filter(path=roots[0]).first() if roots else None


@require_safe
@staff(*access.SEES)
def listed(request: StaffRequest) -> HttpResponse:
    """Show the register, and what forms cost this year and last."""
    today = timezone.localdate()
    given = request.GET.get("before", "")
    before = int(given) if given.isdigit() and len(given) < 16 else 0
    entries = queries.page(request.reach, today=today, before=before, limit=PAGE)
    unit = own_unit(request)
    context = {
        "entries": entries[:PAGE],
        "older": entries[PAGE - 1].form.pk if len(entries) > PAGE else None,
        "unit": unit,
        "years": queries.years(unit, today=today) if unit else [],
        "may_write": request.reach.holds(*access.WRITES),
    }
    return show(request, "list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def new(request: StaffRequest) -> HttpResponse:
    """Enter a form in the register, with its file if it is at hand."""
    unit = Organisation.objects.filter(
        path__in=request.reach.roots(access.WRITES)[:1]
    ).first()
    initial = {"organisation": unit.code if unit else "", "frequency": "needed"}
    if request.method == "POST" and (refusal := too_many_uploads(request)):
        return refusal
    form = NewForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        roots=request.reach.roots(access.WRITES),
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        with transaction.atomic():
            made = actions.register_form(
                entry=form.entry(),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                at=at,
            )
            if form.read is not None:
                actions.add_layout(
                    form=made,
                    filename=form.cleaned_data["file"].name,
                    content=form.content,
                    read=form.read,
                    by=request.user,
                    at=at,
                )
        messages.success(request, _("“%(name)s”已登记。") % {"name": made.name})
        return redirect("reports:form", pk=made.pk)
    status = 422 if form.is_bound else 200
    return show(request, "new.html", {"form": form}, status=status)


@require_safe
@staff(*access.SEES)
def shown(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a form: what stands behind it, what it asks, what was filled."""
    return form_page(request, form_or_404(request, pk))


def form_page(
    request: StaffRequest,
    form: Form,
    *,
    begin: BeginForm | None = None,
    file: FileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of a form, with a refused inner form if there is one."""
    today = timezone.localdate()
    layout = queries.layout_of(form)
    compared, others = (
        queries.comparison(layout, request.reach) if layout else (None, {})
    )
    filled = queries.fillings_page(form, request.reach)
    keeps = access.keeps_form(request.reach, form.organisation.path)
    context = {
        "form": form,
        "standing": queries.stands(form, today=today),
        "path": lineage(form.organisation),
        "layout": layout,
        "findings": _findings(layout) if layout else [],
        "compared": compared,
        "overlaps": [(others[each.form], each.labels) for each in compared.overlaps]
        if compared
        else [],
        "fillings": filled[:20],
        "may_keep": keeps,
        "may_fill": layout is not None and request.reach.holds(*access.WRITES),
        "begin": begin or _begin(request, form, layout),
        "file": file or FileForm(),
    }
    return show(request, "form.html", context, status=status)


def _begin(request: StaffRequest, form: Form, layout: Layout | None) -> BeginForm:
    today = timezone.localdate()
    initial: dict[str, object] = {"year": today.year, "part": f"m{today.month}"}
    if layout is not None:
        content = bytes(
            Layout.objects.values_list("content", flat=True).get(pk=layout.pk)
        )
        read = adapter.read_kept(content)
        period = adapter.period_of(read) if read else None
        if period is not None:
            initial = {"year": period[0].year, "part": part_of(*period)}
    roots = request.reach.roots(access.WRITES)
    unit = Organisation.objects.filter(path__in=roots[:1]).first()
    if unit is not None:
        initial["organisation"] = unit.code
    return BeginForm(initial=initial)


def _findings(layout: Layout) -> list[dict[str, str]]:
    found = []
    for each in layout.findings.order_by("pk")[:SHOWN_FINDINGS]:
        said, advice = explain(each)
        found.append(
            {
                "tone": TONES[each.severity],
                "where": each.where,
                "said": said,
                "advice": advice,
            }
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct the register's entry."""
    found = form_or_404(request, pk)
    may(access.keeps_form(request.reach, found.organisation.path))
    names = EntryForm.base_fields
    initial = {name: getattr(found, name) for name in names}
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_form(
            form=found, entry=form.entry(), by=request.user, at=timezone.now()
        )
        messages.success(request, _("登记已更新。"))
        return redirect("reports:form", pk=found.pk)
    status = 422 if form.is_bound else 200
    return show(request, "change.html", {"form": form, "of": found}, status=status)


@require_POST
@staff(*access.WRITES)
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a form is asked no longer."""
    found = form_or_404(request, pk)
    may(access.keeps_form(request.reach, found.organisation.path))
    try:
        actions.stop_form(form=found, by=request.user, at=timezone.now())
        messages.success(request, _("这张表已停止。以前填的都还在。"))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("reports:form", pk=found.pk)
