"""So many people: the figures of an organisation, and their one-screen entry."""

from uuid import uuid4

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

from wugeyi.figures.queries.figures import figures
from wugeyi.figures.queries.parts import parts
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import keeps_installation, lineage
from wugeyi.organisations.views.staff import (
    StaffRequest,
    key_of,
    need,
    staff,
    unit_or_404,
)
from wugeyi.talents import queries
from wugeyi.talents.actions import count, recount, take_back
from wugeyi.talents.forms import CountForm
from wugeyi.talents.models import TalentCount
from wugeyi.talents.rules import access
from wugeyi.talents.views.frame import show

CODES = ("talents", "talents_came", "talents_left", "talent_cards")
SIZE = 25
MOST = 200


@require_safe
@staff()
def home(request: StaffRequest) -> HttpResponse:
    """Name the organisations one works at; go on at once if it is one."""
    held = {held.organisation_id for held in request.reach.holdings}
    own = list(Organisation.objects.filter(pk__in=held).order_by("path")[:MOST])
    if len(own) == 1:
        return redirect("talents:unit", code=own[0].code)
    return show(request, "home.html", {"own": own})


def _standing(unit: Organisation, without: TalentCount | None = None) -> dict[int, int]:
    """Return how many of each kind are on record, less a row that is corrected."""
    found = {kind.pk: queries.standing(unit, kind) for kind in queries.kinds()}
    if without is not None and without.withdrawn_at is None:
        came = without.change == TalentCount.Change.CAME
        more = without.people if came else -without.people
        found[without.kind_id] = found.get(without.kind_id, 0) - more
    return found


@require_safe
@staff()
def unit(request: StaffRequest, code: str) -> HttpResponse:
    """Show an organisation's figures; within reach also how they came about."""
    return _page(request, unit_or_404(code))


def _page(
    request: StaffRequest,
    found: Organisation,
    form: CountForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    period = Period.ending(today, months=12)
    reads = request.reach.covers(access.READS, found.path)
    writes = request.reach.covers(access.WRITES, found.path)
    older = key_of(request.GET.get("older", ""))
    rows = queries.counts(found, older=older, limit=SIZE) if reads else []
    shown = {part.dimension: part.value for part in parts("talents", found, period)}
    if form is None:
        form = CountForm(initial={"client_id": uuid4(), "on": today})
    context = {
        "unit": found,
        "page": "counts",
        "path": lineage(found),
        "figures": figures(CODES, found, period),
        "period": period,
        "lines": queries.by_kind(shown),
        "reads": reads,
        "writes": writes,
        "keeps_kinds": keeps_installation(request.reach),
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].pk if len(rows) > SIZE else None,
        "form": form,
    }
    return show(request, "unit.html", context, status=status)


@require_POST
@staff(*access.WRITES)
def add(request: StaffRequest, code: str) -> HttpResponse:
    """Record that people came or left."""
    found = unit_or_404(code)
    need(request, access.WRITES, found)
    form = CountForm(request.POST, standing=_standing(found))
    if not form.is_valid():
        return _page(request, found, form, status=422)
    count(organisation=found, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("已登记。"))
    return redirect("talents:unit", code=code)


def _row(request: StaffRequest, pk: int) -> TalentCount:
    row = (
        TalentCount.objects.select_related("organisation", "kind").filter(pk=pk).first()
    )
    if row is None:
        raise Http404
    need(request, access.WRITES, row.organisation)
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a record: the old one is withdrawn, a new one takes its place."""
    row = _row(request, pk)
    initial = {
        "client_id": uuid4(),
        "kind": row.kind_id,
        "change": row.change,
        "people": row.people,
        "on": row.on,
    }
    form = CountForm(
        request.POST or None,
        initial=initial,
        standing=_standing(row.organisation, without=row),
    )
    if form.is_bound and form.is_valid():
        recount(row=row, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("已更正，原来的一条留痕。"))
        return redirect("talents:unit", code=row.organisation.code)
    context = {"unit": row.organisation, "page": "counts", "row": row, "form": form}
    status = 422 if form.is_bound else 200
    return show(request, "correct.html", context, status=status)


@require_POST
@staff(*access.WRITES)
def back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a wrong record back."""
    row = _row(request, pk)
    take_back(row=row, by=request.user, at=timezone.now())
    messages.success(request, _("已撤回这一条；它还留在记录里。"))
    return redirect("talents:unit", code=row.organisation.code)
