"""Orders of the 12345 hotline: upload, look, choose, accept."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wugeyi.casework.actions.hotline import KIND, accept, keep
from wugeyi.casework.forms.hotline import SENTENCES, FileForm, MappingForm
from wugeyi.casework.queries.guesses import described, places_below
from wugeyi.casework.queries.hotline import Plan, plan
from wugeyi.casework.rules.hotline import ALIASES, orders
from wugeyi.casework.views.staff import StaffRequest, show, staff
from wugeyi.imports.actions import discard
from wugeyi.imports.messages import explain, explained
from wugeyi.imports.models import Batch
from wugeyi.imports.queries import accepted_before
from wugeyi.imports.rules import guess_columns, info
from wugeyi.imports.tables import read_table
from wugeyi.organisations.queries import search
from wugeyi.organisations.rules import Role

DISPATCHERS = frozenset({Role.DISPATCHER})
OFFERED = 8
RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*DISPATCHERS)
def upload(request: StaffRequest) -> HttpResponse:
    """Take a file and read it."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        table = read_table(content)
        if table.readable:
            batch = keep(
                filename=file.name,
                content=content,
                rows=len(table.rows),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("desk:hotline-batch", pk=batch.pk)
        for finding in table.findings:
            said, advice = explain(finding)
            form.add_error("file", f"{said}{advice}")
    recent = Batch.objects.filter(kind=KIND, created_by=request.user).defer("content")
    context = {"form": form, "recent": recent.order_by("-pk")[:RECENT]}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return show(request, "hotline.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A text that means no one place, what it may mean, and the field to choose by."""

    field: str
    text: str
    count: int
    choices: list[tuple[str, str]]
    chosen: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*DISPATCHERS)
def batch(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a file holds; take it over, or throw it away."""
    found = Batch.objects.filter(pk=pk, kind=KIND, created_by=request.user).first()
    if found is None:
        raise Http404
    if found.status != Batch.Status.PREVIEWED:
        return show(request, "hotline_done.html", {"batch": found})
    at = timezone.now()
    if request.POST.get("act") == "discard":
        discard(batch=found, by=request.user, at=at)
        messages.success(request, _("这个文件已放弃，什么也没有登记。"))
        return redirect("desk:hotline")
    table = read_table(bytes(found.content))
    guessed = guess_columns(table.header, dict(ALIASES))
    sent = request.POST if "text" in request.POST else None
    form = MappingForm(sent, header=table.header, guessed=guessed)
    columns = form.columns() if form.is_bound and form.is_valid() else guessed
    read, findings = orders(table, columns, now=at)
    roots = request.reach.roots(DISPATCHERS)
    made = plan(read, roots=roots, chosen=_chosen(request))
    if request.POST.get("act") == "accept" and form.is_valid() and made.ready:
        return _accept(request, found, made, at)
    again = accepted_before(KIND, found.sha256)
    notes = [info(0, "same_file")] if again else []
    context = {
        "batch": found,
        "form": form,
        "plan": made,
        "unplaced": _unplaced(request, made, roots),
        "findings": explained(
            [*notes, *table.findings, *findings, *made.findings], SENTENCES
        ),
        "sample": made.ready[:5],
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return show(request, "hotline_batch.html", context, status=status)


def _accept(
    request: StaffRequest, found: Batch, made: Plan, at: datetime
) -> HttpResponse:
    result = accept(batch=found, ready=made.ready, by=request.user, at=at)
    count = len(result.made)
    messages.success(
        request,
        ngettext("登记了 %(n)s 件。", "登记了 %(n)s 件。", count) % {"n": count},
    )
    return redirect("desk:hotline-batch", pk=found.pk)


def _chosen(request: StaffRequest) -> dict[str, int]:
    """Read which organisation was chosen for which text."""
    names = request.POST.getlist("unplaced")
    chosen: dict[str, int] = {}
    for number, name in enumerate(names):
        value = request.POST.get(f"place-{number}", "")
        if value.isdigit() and len(value) < 16:
            chosen[name] = int(value)
    return chosen


def _unplaced(request: StaffRequest, made: Plan, roots: list[str]) -> list[Unplaced]:
    chosen = _chosen(request)
    found = []
    # Those chosen before are kept: the next sending carries them again.
    names = list(dict.fromkeys([*chosen, *made.unplaced]))
    for number, name in enumerate(names):
        units = [
            each.organisation for each in search(name[:40], roots=roots, limit=OFFERED)
        ]
        if not units:
            units = places_below(roots)
        found.append(
            Unplaced(
                field=f"place-{number}",
                text=name,
                count=len(made.unplaced.get(name, ())),
                choices=[(str(unit.pk), label) for unit, label in described(units)],
                chosen=str(chosen.get(name, "")),
            )
        )
    return found
