"""Ranges of the tree, today and on any day, in any view."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.rules import after, ancestors, keys

Row = TypeVar("Row", bound=Model)


def within(field: str, roots: Iterable[str]) -> Q:
    """Return the condition that ``field`` (a path) lies in one of the subtrees.

    No roots match nothing.
    """
    condition = Q(pk__in=[])
    for root in roots:
        condition |= Q(**{f"{field}__gte": root, f"{field}__lt": after(root)})
    return condition


def subtree(root: Organisation) -> QuerySet[Organisation]:
    """Return ``root`` and all below it today, in tree order: one indexed range."""
    return Organisation.objects.filter(within("path", [root.path])).order_by("path")


def count_below(root: Organisation) -> int:
    """Return how many units are alive at or below ``root``; one range of the index.

    It costs what the subtree is large, whatever the size of the whole tree.
    """
    return subtree(root).filter(valid_to=None).order_by().count()


def children(
    parent: Organisation | None, *, after_code: str = "", limit: int = 50
) -> list[Organisation]:
    """Return a page of the living units right below ``parent``, by code.

    ``after_code`` is the last code of the page before. One row more than ``limit``
    tells that there is another page.
    """
    below = Organisation.objects.filter(parent=parent, valid_to=None)
    if after_code:
        below = below.filter(code__gt=after_code)
    return list(below.order_by("code")[: limit + 1])


def lineage(organisation: Organisation) -> list[Organisation]:
    """Return the organisations above and itself, from the root down; one query."""
    paths = [*ancestors(organisation.path), organisation.path]
    return list(Organisation.objects.filter(path__in=paths).order_by("path"))


def lineages(
    organisations: Iterable[Organisation],
) -> dict[int, list[Organisation]]:
    """Return for each key what stands above it, from the root down; one query."""
    units = list(organisations)
    wanted = {key for unit in units for key in keys(unit.path)[:-1]}
    found = Organisation.objects.in_bulk(wanted)
    return {
        unit.pk: [found[key] for key in keys(unit.path)[:-1] if key in found]
        for unit in units
    }


def on_day(on: date) -> Q:
    """Return the condition that a placement holds on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (
        Q(valid_to=None) | Q(valid_to__gt=on)
    )


def path_in_view(organisation: Organisation, view: TreeView, on: date) -> str | None:
    """Return where an organisation stood in a view on a day, None if nowhere."""
    return (
        Placement.objects.filter(on_day(on), view=view, organisation=organisation)
        .values_list("path", flat=True)
        .first()
    )


def standing(view: TreeView, path: str, on: date) -> QuerySet[Placement]:
    """Return what stood at or below ``path`` in a view on a day: one indexed range.

    Counting rows of the organisations in it gives the totals by this view.
    """
    return Placement.objects.filter(
        on_day(on), within("path", [path]), view=view
    ).order_by("path")
