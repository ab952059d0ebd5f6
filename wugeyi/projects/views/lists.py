"""Lists of projects: those within one's reach, and those everybody may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage, lineages
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.projects.forms.projects import FilterForm
from wugeyi.projects.models import Project
from wugeyi.projects.models.projects import STATE_NAMES
from wugeyi.projects.queries import lists as queries
from wugeyi.projects.rules import access
from wugeyi.projects.views.common import key, readers, show
from wugeyi.ui.paging import Page


@require_safe
@readers
def projects(request: StaffRequest) -> HttpResponse:
    """Show one page of projects."""
    units = queries.units(request.reach, code=request.GET.get("below", ""))
    code = request.GET.get("below", "")
    chosen = next((unit for unit in units if unit.code == code), None)
    form = FilterForm(
        request.GET,
        states=[(state.value, name) for state, name in STATE_NAMES.items()],
        units=[(unit.code, unit.name) for unit in units],
    )
    filters = _filters(form, chosen)
    page = queries.page(
        filters,
        request.reach,
        older=key(request.GET.get("older", "")),
        newer=key(request.GET.get("newer", "")),
    )
    context = {
        "form": form,
        "page": _placed(page),
        "filtered": filters != queries.Filters(),
        "writes": request.reach.holds(*access.WRITES),
    }
    return show(request, "list.html", context)


def _filters(form: FilterForm, chosen: Organisation | None) -> queries.Filters:
    form.full_clean()
    values = form.cleaned_data
    return queries.Filters(
        kind=values.get("kind", ""),
        state=values.get("state", ""),
        below=chosen.path if chosen else "",
        text=values.get("text", ""),
    )


def _placed(page: Page[Project]) -> Page[Project]:
    """Give each row its organisation's name with the one above: names repeat."""
    units = {row.organisation_id: row.organisation for row in page.rows}
    above = lineages(units.values()) if units else {}
    for row in page.rows:
        names = [each.name for each in above[row.organisation_id][-1:]]
        row.place_name = " / ".join([*names, row.organisation.name])  # type: ignore[attr-defined]
    return page


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Show everybody what was published."""
    page = queries.published(
        older=key(request.GET.get("older", "")),
        newer=key(request.GET.get("newer", "")),
    )
    context = {"page": _placed(page)}
    return show(request, "public_list.html", context)


@require_safe
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everybody one published project: title, goal, state, result."""
    project = queries.published_one(pk)
    if project is None:
        raise Http404
    context: dict[str, Any] = {
        "project": project,
        "path": lineage(project.organisation),
    }
    return show(request, "public.html", context)
