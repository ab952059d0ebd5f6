"""Writing a record down, reading it, putting it right, withdrawing it, ending it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.audit.queries import about
from wugeyi.audit.queries import page as event_page
from wugeyi.branchwork.actions import records as actions
from wugeyi.branchwork.forms.records import initial_of
from wugeyi.branchwork.forms.steps import EndForm, WithdrawForm
from wugeyi.branchwork.models import (
    DutyItem,
    Recorded,
    SecretaryTerm,
    VanguardPost,
)
from wugeyi.branchwork.phrases import course
from wugeyi.branchwork.queries import records as queries
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.refusals import Refused
from wugeyi.branchwork.views.lists import spec_or_404
from wugeyi.branchwork.views.specs import Spec
from wugeyi.branchwork.views.staff import (
    StaffRequest,
    addressed,
    readable_or_404,
    refusal,
    show,
    staff,
    units_of,
    writable,
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Write a record of a simple kind down; decisions and suggestions have their own."""
    spec = spec_or_404(kind)
    units = units_of(request, addressed(request, writing=True))
    initial: dict[str, Any] = {"client_id": uuid4(), **_first(spec, request)}
    form = spec.form(request.POST or None, initial=initial, units=units)
    if request.method == "POST" and form.is_valid():
        added = actions.add(
            model=spec.model,
            organisation=form.cleaned_data["organisation"],
            values=form.values(),
            client_id=form.cleaned_data["client_id"],
            by=request.user,
            at=timezone.now(),
        )
        return saved(request, added.row, created=added.created)
    return form_page(request, spec, form)


def _first(spec: Spec[Any], request: StaffRequest) -> dict[str, Any]:
    """Return what a new record begins with: today, and the item that was pressed."""
    first: dict[str, Any] = {spec.model.DAY: timezone.localdate()}
    item = request.GET.get("item", "")
    if spec.slug == "duty-records" and item.isdigit() and len(item) < 16:
        first["item"] = DutyItem.objects.filter(pk=int(item)).first()
    return first


def form_page(
    request: StaffRequest,
    spec: Spec[Any],
    form: Any,
    *,
    row: Recorded | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a form, or what is wrong with it."""
    wrong = form.is_bound and not form.is_valid() and not more.get("looking")
    context = {"spec": spec, "form": form, "row": row, **more}
    return show(request, "form.html", context, status=422 if wrong else 200)


def saved(request: StaffRequest, row: Recorded, *, created: bool) -> HttpResponse:
    """Go to the record; its page offers what is likely recorded next."""
    said = _("已记下。") if created else _("这条已经记过，没有重复记。")
    messages.success(request, said)
    return redirect(f"{row.get_absolute_url()}?next=1")  # type: ignore[attr-defined]


@require_safe
@staff(*access.READS)
def record(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Show a record of a simple kind."""
    spec = spec_or_404(kind)
    row = readable_or_404(request, spec.model, pk)
    context = page_of(request, spec, row)
    if isinstance(row, SecretaryTerm) and context["fresh"]:
        context["still"] = queries.still_in_office(row)
    return show(request, "record.html", context)


def page_of(request: StaffRequest, spec: Spec[Any], row: Any) -> dict[str, Any]:
    """Return what every record's page shows: facts, history, what may be done."""
    path = row.organisation.path
    stands = row.withdrawn_at is None
    ends = isinstance(row, SecretaryTerm | VanguardPost) and row.valid_to is None
    return {
        "spec": spec,
        "row": row,
        "facts": spec.facts(row),
        "state": spec.state(row),
        "instead": None if stands else queries.standing_of(row),
        "earlier": [
            {"row": each, "facts": spec.facts(each), "title": str(each)}
            for each in queries.earlier(row)
        ],
        "history": course(event_page(about(row)).events),
        "may_write": stands and access.writes(request.reach, path),
        "may_follow": stands and access.follows(request.reach, path),
        "may_end": stands and ends and access.writes(request.reach, path),
        "fresh": "next" in request.GET,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def correct(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Put a record right; what stood before is kept with the reason."""
    spec = spec_or_404(kind)
    row = readable_or_404(request, spec.model, pk)
    writable(request, row)
    units = units_of(request, row.organisation)
    form = spec.form(
        request.POST or None, initial=initial_of(row), units=units, row=row
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.correct(
                row=row,
                values=form.values(),
                why=values["why"],
                organisation=values["organisation"],
                version=values["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            messages.warning(request, refusal(problem))
        else:
            messages.success(request, _("已更正；原来写的留在下面。"))
        return redirect(row)
    return form_page(request, spec, form, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def withdraw(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Take a record out of every count."""
    spec = spec_or_404(kind)
    row = readable_or_404(request, spec.model, pk)
    writable(request, row)
    form = WithdrawForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(
                row=row,
                why=form.cleaned_data["why"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            messages.warning(request, refusal(problem))
        else:
            messages.success(request, _("已撤回，不再计数。"))
        return redirect(row)
    context = {
        "row": row,
        "form": form,
        "title": _("撤回这条记录"),
        "text": str(row),
        "button": _("撤回"),
        "dangerous": True,
    }
    return _asked(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def end(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Tell from which day on a term or a post no longer stands."""
    spec = spec_or_404(kind)
    row = readable_or_404(request, spec.model, pk)
    if not isinstance(row, SecretaryTerm | VanguardPost):
        raise Http404
    writable(request, row)
    first = {"version": row.version, "on": timezone.localdate()}
    form = EndForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(
                row=row,
                on=form.cleaned_data["on"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as problem:
            form.add_error("on", refusal(problem))
        else:
            messages.success(request, _("已记下，从那天起不再计数；以前的不变。"))
            return redirect(row)
    context = {
        "row": row,
        "form": form,
        "title": _("记它到哪天为止"),
        "text": str(row),
        "button": _("记下"),
    }
    return _asked(request, context)


def _asked(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    form, row = context["form"], context["row"]
    wrong = form.is_bound and not form.is_valid()
    full = {"back_url": row.get_absolute_url(), **context}
    return show(request, "confirm.html", full, status=422 if wrong else 200)
