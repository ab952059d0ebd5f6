"""What people said before: which label means what, and answers to what is not on record."""

from collections.abc import Iterable
from datetime import date

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, ancestors
from wugeyi.reports.models import Cell, Form, Known, Learned
from wugeyi.reports.rules import access


def learned_for(form: Form, organisation: Organisation) -> dict[str, str]:
    """Return label → code as confirmed in the organisation or above; the nearest wins."""
    paths = [*ancestors(organisation.path), organisation.path]
    rows = Learned.objects.filter(organisation__path__in=paths, withdrawn_at=None)
    found: dict[str, str] = {}
    own = f"{form.pk}#"
    for key, code in rows.order_by("organisation__path").values_list("key", "code"):
        if "#" not in key:
            found[key] = code
        elif key.startswith(own):
            found[key.removeprefix(own)] = code
    return found


def known_answers(
    cells: Iterable[Cell],
) -> dict[tuple[int, str, date, date], Known]:
    """Return answers that stand for the cells' organisations and labels; one query."""
    cells = list(cells)
    units = {cell.organisation_id for cell in cells if cell.organisation_id}
    keys = {cell.key for cell in cells if cell.key}
    rows = Known.objects.filter(
        organisation__in=units, key__in=keys, withdrawn_at=None
    ).select_related("recorded_by")
    return {
        (each.organisation_id, each.key, each.first, each.last): each for each in rows
    }


def earlier_answers(cells: Iterable[Cell]) -> dict[tuple[int, str], Known]:
    """Return the last answer for other days, to be shown beside an empty cell; one query."""
    cells = list(cells)
    rows = Known.objects.filter(
        organisation__in={c.organisation_id for c in cells if c.organisation_id},
        key__in={cell.key for cell in cells if cell.key},
        withdrawn_at=None,
    ).select_related("recorded_by")
    return {
        (each.organisation_id, each.key): each
        for each in rows.order_by("last", "recorded_at")
    }


def standing_answer(cell: Cell) -> Known | None:
    """Return the answer that stands for a cell, if any."""
    return (
        Known.objects.filter(
            organisation=cell.organisation,
            key=cell.key,
            first=cell.first,
            last=cell.last,
            withdrawn_at=None,
        )
        .select_related("recorded_by")
        .first()
    )


def learned_page(reach: Reach, *, after: int = 0, limit: int = 50) -> list[Learned]:
    """Return confirmed pairs of this person's organisations, newest first, by key."""
    found = Learned.objects.filter(
        within("organisation__path", reach.roots(access.SEES)), withdrawn_at=None
    ).select_related("organisation", "confirmed_by")
    if after:
        found = found.filter(pk__lt=after)
    return list(found.order_by("-pk")[: limit + 1])
