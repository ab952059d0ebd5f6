"""How many units should have something on record: from counts kept per place."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, Q

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Measure
from wugeyi.figures.models import Mark
from wugeyi.figures.queries.register import NAME
from wugeyi.figures.rules.periods import Period
from wugeyi.figures.rules.places import Stretch
from wugeyi.organisations.models import Organisation

Counts = Counter[tuple[int, str]]
ROW = ("integer", "varchar", "date", "date")


def expected(
    measures: Sequence[Measure], states: Sequence[Stretch], periods: Sequence[Period]
) -> dict[tuple[int, str], int]:
    """Return, by group and code, how many units of the measure's kinds lived then.

    At most three queries, none of which grows with the tree: the worker keeps counts
    per place. Until it did, or for another arrangement, units are counted one by one.
    """
    kinds = sorted({kind for each in measures for kind in each.kinds})
    if not kinds or not states:
        return {}
    whole = [each for each in states if each.path]
    counts: Counts = Counter()
    if whole and Mark.objects.filter(name=NAME).exists():
        counts += _kept(kinds, whole, periods)
        counts += _own(kinds, whole, periods)
        rest = [each for each in states if not each.path]
    else:
        rest = list(states)
    for stretch in rest:
        counts += _one_by_one(kinds, stretch, periods[stretch.group])
    groups = {each.group for each in states}
    return {
        (group, each.code): sum(counts[group, kind] for kind in each.kinds)
        for each in measures
        if each.kinds
        for group in groups
    }


def _kept(
    kinds: Sequence[str], stretches: Sequence[Stretch], periods: Sequence[Period]
) -> Counts:
    """Return how many lived below each place: begun by its last day, not ended before."""
    rows = [
        (each.group, each.path, periods[each.group].first, periods[each.group].last)
        for each in stretches
    ]
    marks = ", ".join(["%s"] * len(kinds))
    found: Counts = Counter()
    for group, kind, count in gateway.rows(
        "SELECT p.column1, e.kind,"
        " SUM(CASE WHEN e.on_day <= p.column4 THEN e.began ELSE 0 END)"
        " - SUM(CASE WHEN e.on_day <= p.column3 THEN e.ended ELSE 0 END)"
        f" FROM ({gateway.table_of(rows, ROW)}) p CROSS JOIN figures_expected e"
        f" WHERE e.path = p.column2 AND e.kind IN ({marks})"
        " GROUP BY p.column1, e.kind",
        [*[value for row in rows for value in row], *kinds],
    ):
        found[group, kind] += int(count or 0)
    return found


def _own(
    kinds: Sequence[str], stretches: Sequence[Stretch], periods: Sequence[Period]
) -> Counts:
    """Return the units themselves; their counts hold only what is below."""
    units = {
        unit.path: unit
        for unit in Organisation.objects.filter(
            path__in={each.path for each in stretches}, kind__in=kinds
        ).only("path", "kind", "valid_from", "valid_to")
    }
    found: Counts = Counter()
    for each in stretches:
        unit = units.get(each.path)
        period = periods[each.group]
        if (
            unit is not None
            and (unit.valid_from is None or unit.valid_from <= period.last)
            and (unit.valid_to is None or unit.valid_to > period.first)
        ):
            found[each.group, unit.kind] += 1
    return found


def _one_by_one(kinds: Sequence[str], stretch: Stretch, period: Period) -> Counts:
    rows = (
        Organisation.objects.filter(
            Q(valid_from=None) | Q(valid_from__lte=period.last),
            Q(valid_to=None) | Q(valid_to__gt=period.first),
            path__gte=stretch.low,
            path__lt=stretch.high,
            kind__in=kinds,
        )
        .values_list("kind")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return Counter({(stretch.group, kind): count for kind, count in rows})
