"""A form filled for an organisation: begun, looked at, read again, frozen."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import children, lineage
from wugeyi.organisations.rules import inside
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.reports import adapter
from wugeyi.reports.actions import filling as actions
from wugeyi.reports.forms.filling import BeginForm
from wugeyi.reports.models import Filling, Known
from wugeyi.reports.queries import review
from wugeyi.reports.queries.register import layout_of, stands, years
from wugeyi.reports.rules import access, limits
from wugeyi.reports.views.common import filling_or_404, form_or_404, may, show
from wugeyi.reports.views.register import form_page

# So many cells without a record are folded away.
FOLDED_FROM = 12


@dataclass(slots=True)
class Returned:
    """What came back with a refused answer: what was typed, why, whose answer stands."""

    typed: dict[int, str] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)


@require_POST
@staff(*access.WRITES)
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin to fill a form: what is on record goes in at once."""
    form = form_or_404(request, pk)
    asked = BeginForm(request.POST, roots=request.reach.roots(access.WRITES))
    layout = layout_of(form)
    if layout is None or not asked.is_valid():
        return form_page(request, form, begin=asked, status=422)
    unit = asked.cleaned_data["organisation"]
    if not inside(unit.path, form.organisation.path):
        asked.add_error(
            "organisation",
            _("这张表是向“%(name)s”和下面的单位要的。")
            % {"name": form.organisation.name},
        )
        return form_page(request, form, begin=asked, status=422)
    may(access.fills(request.reach, unit.path))
    period = asked.period()
    read = adapter.read_kept(bytes(layout.content))
    if read is None:
        asked.add_error(None, _("这个表样超过了现在的大小限制，请换一个表样。"))
        return form_page(request, form, begin=asked, status=422)
    made = actions.begin(
        layout=layout,
        read=read,
        organisation=unit,
        first=period.first,
        last=period.last,
        by=request.user,
        at=timezone.now(),
    )
    _tell_of_lines(request, read, unit)
    return redirect("reports:filling", pk=made.pk)


def _tell_of_lines(
    request: StaffRequest, read: adapter.ReadForm, unit: Organisation
) -> None:
    """Say so when a list has fewer lines than there are units: no row is added."""
    lines = max((each.line for each in read.fields if each.names), default=0)
    if not lines:
        return
    units = len(children(unit, limit=limits.MAX_PLACES))
    if units > lines:
        messages.warning(
            request,
            _(
                "表里只有 %(lines)s 行，下面有 %(units)s 个单位，后面的没有填。"
                "请在表样里加够行数再传一次。"
            )
            % {"lines": lines, "units": units},
        )


@require_safe
@staff(*access.SEES)
def shown(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a filled form: what waits for a person, what was filled and from where."""
    return filling_page(request, filling_or_404(request, pk))


Missing = tuple[review.Line, str, str, Known | None]


def _missing(
    lines: list[review.Line], back: Returned
) -> tuple[list[Missing], list[Missing]]:
    """Return what to ask, and apart what is merely without records, if that is much.

    A list of places where nothing happened must not bury the few cells that need a
    person. What was typed or refused stays before the eyes.
    """
    rows: list[Missing] = [
        (
            line,
            back.typed.get(line.cell.pk, ""),
            back.errors.get(line.cell.pk, ""),
            back.known.get(line.cell.pk),
        )
        for line in lines
    ]
    quiet = [row for row in rows if row[0].cell.why == "no_record" and not any(row[1:])]
    if len(quiet) <= FOLDED_FROM:
        return rows, []
    apart = {id(row) for row in quiet}
    return [row for row in rows if id(row) not in apart], quiet


def filling_page(
    request: StaffRequest,
    filling: Filling,
    *,
    returned: Returned | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of a filling, with what came back refused."""
    now = timezone.now()
    today = timezone.localdate(now)
    cells = review.cells_of(filling)
    read = adapter.read_kept(bytes(filling.layout.content))
    found = review.review(filling, cells)
    back = returned or Returned()
    writable = filling.state == Filling.State.OPEN and access.fills(
        request.reach, filling.organisation.path
    )
    missing, unrecorded = _missing(found.missing, returned or Returned())
    context = {
        "now": now,
        "filling": filling,
        "form": filling.form,
        "standing": stands(filling.form, today=today),
        "path": lineage(filling.organisation),
        "review": found,
        "missing": missing,
        "unrecorded": unrecorded,
        "sheets": review.pictures(read, cells) if read else [],
        "years": years(filling.organisation, today=today),
        "may_fill": writable,
        "more_errors": [
            text
            for key, text in back.errors.items()
            if key not in {line.cell.pk for line in found.missing}
        ],
    }
    return show(request, "filling.html", context, status=status)


def _open(request: StaffRequest, pk: int) -> Filling:
    filling = filling_or_404(request, pk)
    may(access.fills(request.reach, filling.organisation.path))
    return filling


@require_POST
@staff(*access.WRITES)
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the figures as they are now."""
    filling = _open(request, pk)
    try:
        count = actions.read_again(filling=filling, by=request.user, at=timezone.now())
        messages.success(
            request,
            ngettext("重取了，%(n)s 格变了。", "重取了，%(n)s 格变了。", count)
            % {"n": count},
        )
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("reports:filling", pk=filling.pk)


@require_POST
@staff(*access.WRITES)
def freeze(request: StaffRequest, pk: int) -> HttpResponse:
    """Declare the form final."""
    filling = _open(request, pk)
    try:
        actions.freeze(filling=filling, by=request.user, at=timezone.now())
        messages.success(request, _("已定稿，可以导出了。每一格的来源都留着。"))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("reports:filling", pk=filling.pk)


@require_POST
@staff(*access.WRITES)
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Give the filling up."""
    filling = _open(request, pk)
    try:
        actions.discard(filling=filling, by=request.user, at=timezone.now())
        messages.success(request, _("这份已放弃。填过的答案还记着，下次不用再填。"))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("reports:form", pk=filling.form_id)
