"""Where units stood, read from the register's dated placements."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F
from django.db.models.functions import Length, Substr

from wugeyi.figures import gateway
from wugeyi.figures.rules.periods import Period
from wugeyi.figures.rules.places import EVER, Stay, Stretch, paths, stays
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries.views import counting_below, path_counting
from wugeyi.organisations.rules import SEGMENT, STATUTORY, after


def stays_of(keys: Iterable[int]) -> dict[int, list[Stay]]:
    """Return where units stood by statute, by key; one query.

    A unit without any placement stands where the register has it today.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    rows: dict[int, list[tuple[str, date | None, date | None]]] = {}
    marks = ", ".join(["%s"] * len(wanted))
    # By itself: every figure asks this first.
    for key, path, since, until in gateway.rows(
        "SELECT organisation_id, path, valid_from, valid_to FROM organisations_placement"
        f" WHERE organisation_id IN ({marks})"
        " AND view_id = (SELECT id FROM organisations_treeview WHERE code = %s)",
        [*wanted, STATUTORY],
    ):
        rows.setdefault(key, []).append(
            (path, gateway.as_day(since), gateway.as_day(until))
        )
    found = {key: stays(placements) for key, placements in rows.items()}
    missing = set(wanted) - set(found)
    if missing:
        for key, path in Organisation.objects.filter(pk__in=missing).values_list(
            "pk", "path"
        ):
            found[key] = stays([(path, None, None)])
    return found


def flows(group: int, places: Sequence[Stay], period: Period) -> list[Stretch]:
    """Return what to read for what happened in a period."""
    return [
        Stretch(group, path, after(path), period.first, period.last, path)
        for path in paths(places)
    ]


def states(group: int, places: Sequence[Stay], period: Period) -> list[Stretch]:
    """Return what to read for what stands at the end of a period."""
    return [
        Stretch(group, path, after(path), EVER, period.last, path)
        for path in paths(places)
    ]


def in_view(
    group: int, organisation: Organisation, view: TreeView, period: Period
) -> tuple[list[Stretch], list[Stretch]]:
    """Return what to read for a unit of another arrangement: flows, states.

    The arrangement of the period's last day counts. It is the unit's statutory subtree
    without what belongs elsewhere in the view, and with what joined it; three queries.
    """
    path = path_counting(organisation, view, period.last)
    if path is None:
        return [], []
    moved = _moved(view, path, organisation, period.last)
    places = stays_of([organisation.pk, *moved["left"], *moved["joined"]])
    flow: list[Stretch] = []
    state: list[Stretch] = []
    left = [places[key] for key in moved["left"] if key in places]
    for key in [organisation.pk, *moved["joined"]]:
        flow += _without(flows(group, places[key], period), left)
        state += _without(states(group, places[key], period), left)
    return flow, state


def _moved(
    view: TreeView, path: str, organisation: Organisation, on: date
) -> dict[str, list[int]]:
    """Return the units with another parent in the view: joined below a path, left."""
    # The parent's key is the last but one segment of a path, in both arrangements.
    parent = {"parent_there": Substr("path", Length("path") - 2 * SEGMENT + 1, SEGMENT)}
    here = {
        "parent_here": Substr(
            "organisation__path",
            Length("organisation__path") - 2 * SEGMENT + 1,
            SEGMENT,
        )
    }
    joined = (
        counting_below(view, path, on)
        .exclude(organisation=organisation)
        .annotate(**parent, **here)
        .exclude(parent_there=F("parent_here"))  # type: ignore[misc]
        .values_list("organisation_id", flat=True)
    )
    low, high = organisation.path, after(organisation.path)
    left = (
        Placement.objects.filter(
            view=view,
            organisation__path__gte=low,
            organisation__path__lt=high,
            valid_to=None,
        )
        .exclude(organisation=organisation)
        .annotate(**parent, **here)
        .exclude(parent_there=F("parent_here"))  # type: ignore[misc]
        .values_list("organisation_id", flat=True)
    )
    return {"joined": list(joined), "left": list(left)}


def _without(stretches: list[Stretch], left: Sequence[Sequence[Stay]]) -> list[Stretch]:
    """Cut the subtrees of ``left`` out of ranges."""
    holes = sorted({stay.path for places in left for stay in places})
    found = []
    for each in stretches:
        low = each.low
        for hole in holes:
            # What joined is itself one of those that left elsewhere.
            if hole <= low or hole >= each.high:
                continue
            found.append(Stretch(each.group, low, hole, each.first, each.last))
            low = after(hole)
        if low < each.high:
            path = each.path if low == each.low else ""
            found.append(
                Stretch(each.group, low, each.high, each.first, each.last, path)
            )
    return found
