"""Homes: the list with its sums, one of them, adding, correcting, closing."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import (
    StaffRequest,
    key_of,
    need,
    staff,
    unit_or_404,
)
from wugeyi.places.actions import homes as actions
from wugeyi.places.actions.homes import HomeEntry
from wugeyi.places.forms.facilities import CloseForm
from wugeyi.places.forms.homes import HomeForm, starting
from wugeyi.places.models import Home
from wugeyi.places.queries import homes as reads
from wugeyi.places.rules import access
from wugeyi.places.views import records
from wugeyi.places.views.frame import said, show
from wugeyi.places.views.records import cut, fresh, sent


@require_safe
@staff()
def listed(request: StaffRequest, code: str) -> HttpResponse:
    """List an organisation's homes with what they hold together."""
    unit = unit_or_404(code)
    need(request, access.READS_HOMES, unit)
    today = timezone.localdate()
    closed = request.GET.get("closed") == "1"
    found = reads.page(
        unit,
        day=today,
        closed=closed,
        older=key_of(request.GET.get("older", "")),
        limit=records.SIZE,
    )
    rows, older = cut(found)
    context = {
        "unit": unit,
        "page": "homes",
        "rows": rows,
        "older": older,
        "closed": closed,
        "sums": reads.sums(unit, day=today),
        "data": records.collection([_feature(row) for row in rows]),
        "network": records.network(unit),
    }
    return show(request, "homes.html", context)


def _feature(row: Home) -> dict[str, Any]:
    text = _("没有写多少人")
    if row.residents is not None:
        text = ngettext("住 %(n)s 人", "住 %(n)s 人", row.residents)
        text %= {"n": row.residents}
    return records.feature(row, text=text, url=reverse("places:home", args=[row.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Write a building down."""
    unit = unit_or_404(code)
    need(request, access.WRITES, unit)
    form = HomeForm(sent(request), initial=fresh())
    if form.is_bound and form.is_valid():
        row = actions.add_home(
            client_id=form.cleaned_data["client_id"],
            organisation=unit,
            entry=HomeEntry(**form.entry()),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已登记“%(name)s”。") % {"name": row.name})
        if "again" in request.POST:
            return redirect("places:new-home", code=unit.code)
        return redirect("places:home", pk=row.pk)
    return _form(request, unit, form, None)


def _form(
    request: StaffRequest, unit: Organisation, form: HomeForm, row: Home | None
) -> HttpResponse:
    network = records.network(unit)
    context = {
        "unit": unit,
        "page": "homes",
        "form": form,
        "home": row,
        "network": network,
        "bounds": records.frame(unit, network, known=row is not None),
    }
    status = 422 if form.is_bound else 200
    return show(request, "home_form.html", context, status=status)


def _home_or_404(request: StaffRequest, pk: int) -> Home:
    found = reads.home(pk, request.reach)
    if found is None:
        raise Http404
    return found


@require_safe
@staff()
def home(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a building and how many live there."""
    row = _home_or_404(request, pk)
    context = {
        "unit": row.organisation,
        "page": "homes",
        "home": row,
        "facts": _facts(row),
        "data": records.collection([_feature(row)]),
        "network": records.network(row.organisation),
        "close": CloseForm(initial={"on": timezone.localdate()}),
    }
    return show(request, "home.html", context)


def _facts(row: Home) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("多少户"), row.households),
        (_("住多少人"), row.residents),
        (_("其中 60 岁以上"), row.elderly),
        (_("坐标（WGS-84）"), f"{row.lon:.6f}, {row.lat:.6f}"),
        (_("从哪里来"), row.get_source_display()),
    ]
    if row.osm_id:
        facts.append((_("OSM 编号"), row.osm_id))
    return facts


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a building right."""
    row = _home_or_404(request, pk)
    need(request, access.WRITES, row.organisation)
    form = HomeForm(sent(request), initial=starting(row))
    if form.is_bound and form.is_valid():
        entry = replace(HomeEntry(**form.entry()), valid_from=row.valid_from)
        try:
            actions.correct_home(
                home=row,
                entry=entry,
                edition=form.cleaned_data["edition"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已改好。"))
            return redirect("places:home", pk=row.pk)
    return _form(request, row.organisation, form, row)


@require_POST
@staff()
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that nobody lives there any more."""
    row = _home_or_404(request, pk)
    need(request, access.WRITES, row.organisation)
    form = CloseForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("places:home", pk=row.pk)
    try:
        actions.close_home(
            home=row, on=form.cleaned_data["on"], by=request.user, at=timezone.now()
        )
    except ValidationError as problem:
        messages.error(request, said(problem))
    else:
        messages.success(request, _("已登记停用。点错了可以恢复。"))
    return redirect("places:home", pk=row.pk)


@require_POST
@staff()
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a closing back."""
    row = _home_or_404(request, pk)
    need(request, access.WRITES, row.organisation)
    actions.reopen_home(home=row, by=request.user, at=timezone.now())
    messages.success(request, _("已恢复。"))
    return redirect("places:home", pk=row.pk)
