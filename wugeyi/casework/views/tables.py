"""The tables an installation decides: everybody on the staff reads, administrators change."""

from datetime import datetime, timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.casework.actions import tables as actions
from wugeyi.casework.forms import tables as forms
from wugeyi.casework.models import (
    CalendarDay,
    Category,
    DeadlineRule,
    DutyList,
    Responsibility,
)
from wugeyi.casework.queries import retention as queries
from wugeyi.casework.queries.routing import in_force
from wugeyi.casework.views.staff import StaffRequest, show, staff
from wugeyi.organisations.models import Kind
from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.rules import Role

PAGES = {
    "categories": gettext_lazy("类别"),
    "duties": gettext_lazy("职责清单"),
    "deadlines": gettext_lazy("时限规则"),
    "days": gettext_lazy("节假日和调休"),
    "retention": gettext_lazy("保存期限"),
}
KINDS = (
    Kind.CITY,
    Kind.COUNTY,
    Kind.TOWN,
    Kind.COMMUNITY,
    Kind.VILLAGE,
    Kind.GRID,
)
DAYS_SHOWN = 400


def _edits(request: StaffRequest) -> bool:
    return keeps_installation(request.reach)


def _allow_edit(request: StaffRequest) -> None:
    if not _edits(request):
        raise PermissionDenied(
            _("这里的规则对全市都有效，只有主管单位的管理员可以修改。")
        )


def _page(
    request: StaffRequest,
    name: str,
    context: dict[str, Any],
    *,
    form: django_forms.Form | None = None,
) -> HttpResponse:
    wrong = form is not None and form.is_bound and not form.is_valid()
    full = {
        "pages": PAGES.items(),
        "page_name": name,
        "page_title": PAGES.get(name, ""),
        "edits": _edits(request),
        "form": form,
        **context,
    }
    return show(request, f"tables_{name}.html", full, status=422 if wrong else 200)


def _sent(request: StaffRequest) -> Any:
    """Return what was sent, after seeing that this person may change tables."""
    if request.method != "POST":
        return None
    _allow_edit(request)
    return request.POST


def _saved(request: StaffRequest, name: str) -> HttpResponse:
    messages.success(request, _("已保存，并留痕。"))
    return redirect(f"desk:tables-{name}")


@require_safe
@staff()
def tables(request: StaffRequest) -> HttpResponse:
    """Name the tables."""
    return redirect("desk:tables-categories")


@require_safe
@staff()
def categories(request: StaffRequest) -> HttpResponse:
    """List the categories."""
    rows = list(Category.objects.select_related("parent"))
    heads = [row for row in rows if row.parent_id is None]
    grouped = [
        (head, [row for row in rows if row.parent_id == head.pk]) for head in heads
    ]
    return _page(request, "categories", {"grouped": grouped})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def category(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """Add or change a category."""
    _allow_edit(request)
    row = Category.objects.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise Http404
    names = ("code", "name", "name_en", "parent", "keywords", "public", "active")
    initial = (
        {name: getattr(row, name) for name in names}
        if row
        else {"public": True, "active": True}
    )
    form = forms.CategoryForm(_sent(request), initial=initial, row=row)
    if form.is_bound and form.is_valid():
        actions.save_category(
            category=row, values=form.cleaned_data, by=request.user, at=timezone.now()
        )
        return _saved(request, "categories")
    return _page(request, "category", {"row": row}, form=form)


@require_safe
@staff()
def duties(request: StaffRequest) -> HttpResponse:
    """List the duty lists in force and to come, and what departments answer for."""
    today = timezone.localdate()
    lists = list(
        DutyList.objects.prefetch_related("duties__category").order_by(
            "kind", "-version"
        )
    )
    order = [kind.value for kind in KINDS]
    lists.sort(key=lambda each: order.index(each.kind) if each.kind in order else 99)
    answers = Responsibility.objects.filter(in_force(today)).select_related(
        "organisation__parent", "category"
    )
    have = {each.kind for each in lists}
    context = {
        "today": today,
        "lists": lists,
        "answers": answers.order_by("organisation__path", "category__position")[:500],
        "missing": [kind for kind in KINDS if kind.value not in have],
    }
    return _page(request, "duties", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def duty_list(request: StaffRequest, kind: str) -> HttpResponse:
    """Write a new version of a duty list, beginning with what is on the last."""
    _allow_edit(request)
    if kind not in {each.value for each in KINDS}:
        raise Http404
    last = DutyList.objects.filter(kind=kind).order_by("-version").first()
    tomorrow = timezone.localdate() + timedelta(days=1)
    ticked = (
        [str(key) for key in last.duties.values_list("category", flat=True)]
        if last
        else []
    )
    initial = {
        "kind": kind,
        "categories": ticked,
        "valid_from": tomorrow,
        "source": last.source if last else "",
    }
    form = forms.DutyListForm(_sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        actions.new_duty_list(
            kind=kind,
            categories=Category.objects.filter(pk__in=values["categories"]),
            valid_from=values["valid_from"],
            source=values["source"],
            verified=values["verified"],
            by=request.user,
            at=timezone.now(),
        )
        return _saved(request, "duties")
    return _page(
        request, "duty_list", {"last": last, "kind_name": Kind(kind).label}, form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def responsibility(request: StaffRequest) -> HttpResponse:
    """Say what a department answers for."""
    roots = request.reach.roots({Role.ADMINISTRATOR})
    initial = {"valid_from": timezone.localdate()}
    form = forms.ResponsibilityForm(_sent(request), initial=initial, roots=roots)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        actions.set_responsibility(
            organisation=values["to"],
            category=values["category"],
            valid_from=values["valid_from"],
            by=request.user,
            at=timezone.now(),
        )
        return _saved(request, "duties")
    return _page(request, "responsibility", {}, form=form)


@require_http_methods(["POST"])
@staff(Role.ADMINISTRATOR)
def end_responsibility(request: StaffRequest, pk: int) -> HttpResponse:
    """End what a department answers for, from today."""
    row = (
        Responsibility.objects.filter(pk=pk, valid_to=None)
        .select_related("organisation")
        .first()
    )
    if row is None or not request.reach.covers(
        {Role.ADMINISTRATOR}, row.organisation.path
    ):
        raise Http404
    at = timezone.now()
    actions.end_responsibility(
        responsibility=row, on=timezone.localdate(at), by=request.user, at=at
    )
    return _saved(request, "duties")


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def deadlines(request: StaffRequest) -> HttpResponse:
    """List the deadline rules in force and to come; take a new one."""
    today = timezone.localdate()
    sent = _sent(request)
    form = forms.DeadlineForm(sent, initial={"valid_from": today + timedelta(days=1)})
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        actions.new_deadline_rule(values=values, by=request.user, at=timezone.now())
        return _saved(request, "deadlines")
    rows = (
        DeadlineRule.objects.exclude(valid_to__lte=today)
        .select_related("category")
        .order_by("pk")
    )
    order = {"urgent": 0, "timely": 1, "general": 2, "complex": 3}
    ranked = sorted(rows, key=lambda row: (order[row.urgency], row.pk))
    return _page(request, "deadlines", {"rows": ranked, "today": today}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def days(request: StaffRequest) -> HttpResponse:
    """List the days that differ from plain weeks, from a month ago on; set one."""
    today = timezone.localdate()
    roots = request.reach.roots({Role.ADMINISTRATOR})
    if request.method == "POST" and not roots:
        _allow_edit(request)
    form = forms.DayForm(request.POST or None, roots=roots)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        if values["to"] is None:
            _allow_edit(request)
        actions.set_day(
            day=values["day"],
            working=values["working"],
            name=values["name"],
            organisation=values["to"],
            source=values["source"],
            verified=values["verified"],
            by=request.user,
            at=timezone.now(),
        )
        return _saved(request, "days")
    rows = (
        CalendarDay.objects.filter(day__gte=today - timedelta(days=31))
        .select_related("organisation")
        .order_by("day", "organisation__path")[:DAYS_SHOWN]
    )
    return _page(request, "days", {"rows": rows, "edits": bool(roots)}, form=form)


@require_http_methods(["POST"])
@staff(Role.ADMINISTRATOR)
def drop_day(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a day's exception back."""
    row = CalendarDay.objects.filter(pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    place = row.organisation
    if place is None:
        _allow_edit(request)
    elif not request.reach.covers({Role.ADMINISTRATOR}, place.path):
        raise PermissionDenied(_("这个地方不在您管理的范围里。"))
    actions.drop_day(row=row, by=request.user, at=timezone.now())
    return _saved(request, "days")


@require_safe
@staff()
def retention(request: StaffRequest) -> HttpResponse:
    """List what is kept, why, and for how long."""
    return _page(request, "retention", {"rows": queries.kept()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def kept(request: StaffRequest, field: str) -> HttpResponse:
    """Change for how long something is kept."""
    _allow_edit(request)
    row = queries.row_of(field)
    if row is None:
        raise Http404
    initial = {"days": row.days, "basis": row.basis, "verified": row.verified}
    form = forms.RetentionForm(_sent(request), initial=initial)
    if form.is_bound and form.is_valid():
        at: datetime = timezone.now()
        actions.change_retention(row=row, by=request.user, at=at, **form.cleaned_data)
        return _saved(request, "retention")
    return _page(request, "kept", {"row": row}, form=form)
