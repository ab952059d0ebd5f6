"""Units by the views of the tree: which views hold one, and what counts below it.

An abolished unit counts where it stood last: what happened there before stays in the
totals, and parts still add up to the whole.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries.trees import on_day, within
from wugeyi.organisations.rules import SEGMENT, STATUTORY


def counts_on(on: date) -> Q:
    """Return the condition for the one placement of a unit in a view that counts."""
    last = Q(valid_to__lte=on, valid_to=F("organisation__valid_to"))
    return on_day(on) | last


def views_holding(organisation: Organisation, *, on: date) -> list[TreeView]:
    """Return every view the unit stands in on a day, the statutory one first.

    Nothing when there is no other than the statutory: then there is nothing to
    choose. One query.
    """
    placed = Placement.objects.filter(
        counts_on(on), view=OuterRef("pk"), organisation=organisation
    )
    found = sorted(
        TreeView.objects.filter(Exists(placed)),
        key=lambda view: (view.code != STATUTORY, view.code),
    )
    return found if any(view.code != STATUTORY for view in found) else []


def path_counting(organisation: Organisation, view: TreeView, on: date) -> str | None:
    """Return where a unit stands in a view on a day, or stood last; None: nowhere."""
    return (
        Placement.objects.filter(counts_on(on), view=view, organisation=organisation)
        .order_by("-pk")
        .values_list("path", flat=True)
        .first()
    )


def counting_below(view: TreeView, path: str, on: date) -> QuerySet[Placement]:
    """Return the placements that count at or below a path: a range of (view, path)."""
    return Placement.objects.filter(counts_on(on), within("path", [path]), view=view)


def children_in(
    view: TreeView, path: str, on: date, *, limit: int
) -> list[Organisation]:
    """Return the living units right below a path of a view, by code; one range."""
    below = (
        Placement.objects.filter(on_day(on), within("path", [path]), view=view)
        .annotate(length=Length("path"))
        .filter(length=len(path) + SEGMENT)
    )
    units = Organisation.objects.filter(pk__in=below.values("organisation"))
    return list(units.order_by("code")[:limit])
