"""The records behind a figure: those one may read, by key pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Measure
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.openers import Opened, opened
from wugeyi.figures.queries.figures import base_of, wanted
from wugeyi.figures.queries.places import flows, in_view, states, stays_of
from wugeyi.figures.queries.sums import _joined
from wugeyi.figures.rules.periods import Period
from wugeyi.figures.rules.places import Stretch
from wugeyi.organisations.models import Organisation, TreeView
from wugeyi.organisations.rules import Reach

# How many days back to look for a page of records; 0: to the period's beginning.
LOOKS = (1, 15, 120, 0)


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of the records a figure counts.

    ``shown`` are those one may read, newest first; ``hidden`` how many of this page
    one may not; ``after`` opens the next page, "" on the last.
    """

    shown: list[Opened]
    hidden: int
    after: str


def records(
    code: str,
    organisation: Organisation,
    period: Period,
    *,
    reach: Reach,
    today: date,
    as_of: datetime | None = None,
    view: TreeView | None = None,
    after: str = "",
    limit: int = 50,
) -> Behind:
    """Return a page of the records a figure counts, newest first.

    ``after`` is what the page before gave; anything else begins anew. Of an
    indicator: the records of its denominator.
    """
    base = base_of(code)
    measure = wanted([base], as_of)[base]
    if view is not None:
        flow, state = in_view(0, organisation, view, period)
    else:
        places = stays_of([organisation.pk])[organisation.pk]
        flow, state = flows(0, places, period), states(0, places, period)
    stretches = state if measure.standing else flow
    if not stretches:
        return Behind([], 0, "")
    search = _standing if measure.standing else _newest
    rows = search(measure, stretches, as_of, _place(after), limit + 1)
    page = rows[:limit]
    kind = catalogue().sources[measure.source].record
    found = opened(kind, [row[0] for row in page], reach=reach, today=today)
    following = ""
    if len(rows) > limit:
        following = f"{gateway.as_day(page[-1][1])}.{page[-1][0]}"
    return Behind(
        [found[row[0]] for row in page if row[0] in found],
        len(page) - len(found),
        following,
    )


def _standing(
    measure: Measure,
    stretches: Sequence[Stretch],
    as_of: datetime | None,
    place: tuple[date, int],
    limit: int,
) -> list[tuple[Any, ...]]:
    """Return record and day of what stands, after a place; one query."""
    joined, values = _joined([measure], stretches, as_of)
    day, key = place
    having = "HAVING SUM(f.records) > 0"
    if key:
        having += " AND (MAX(f.on_day) < %s OR MAX(f.on_day) = %s AND f.record_id < %s)"
        values += [day, day, key]
    return gateway.rows(
        f"SELECT f.record_id, MAX(f.on_day) {joined} GROUP BY f.record_id {having}"
        " ORDER BY MAX(f.on_day) DESC, f.record_id DESC LIMIT %s",
        [*values, limit],
    )


def _newest(
    measure: Measure,
    stretches: Sequence[Stretch],
    as_of: datetime | None,
    place: tuple[date, int],
    limit: int,
) -> list[tuple[Any, ...]]:
    """Return record and day of what happened, newest first, after a place.

    Looks back some days, then further, until a page is full: a page of a province costs
    what its days hold, not its years. At most as many queries as there are ``LOOKS``.
    """
    day, key = place
    last = max(each.last for each in stretches)
    last = min(last, day) if key else last
    rows: list[tuple[Any, ...]] = []
    for days in LOOKS:
        low = last - timedelta(days=days) if days else date.min
        some = [
            replace(each, first=max(each.first, low), last=min(each.last, last))
            for each in stretches
            if each.last >= low and each.first <= last
        ]
        if not some:
            continue
        joined, values = _joined([measure], some, as_of)
        if key:
            joined += " AND (f.on_day < %s OR f.record_id < %s)"
            values += [day, key]
        rows = gateway.rows(
            f"SELECT f.record_id, f.on_day {joined} GROUP BY f.record_id, f.on_day"
            " HAVING SUM(f.records) > 0"
            " ORDER BY f.on_day DESC, f.record_id DESC LIMIT %s",
            [*values, limit],
        )
        if len(rows) == limit or all(each.first >= low for each in stretches):
            break
    return rows


def _place(after: str) -> tuple[date, int]:
    day, _dot, key = after.partition(".")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return date.max, 0


def counting(code: str, keys: Iterable[int]) -> set[int]:
    """Return which of some records a measure counts now; one query."""
    found = catalogue().measures[code]
    some = sorted(set(keys))
    if not some:
        return set()
    marks = ", ".join(["%s"] * len(some))
    rows = gateway.rows(
        "SELECT record_id FROM figures_fact WHERE source_id = %s"
        f" AND record_id IN ({marks}) AND measure_id = %s"
        " GROUP BY record_id HAVING SUM(records) > 0",
        [catalogue().sources[found.source].number, *some, found.number],
    )
    return {int(key) for (key,) in rows}
