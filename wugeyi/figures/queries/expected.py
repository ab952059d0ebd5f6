"""How many units should have something on record: from counts kept per place."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, Q

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Measure
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

    One query, whose cost does not grow with the tree: the worker keeps counts per
    place. Until it did, or for another arrangement, units are counted one by one.
    """
    kinds = sorted({kind for each in measures for kind in each.kinds})
    if not kinds or not states:
        return {}
    whole = [each for each in states if each.path]
    kept = _kept(kinds, whole, periods) if whole else None
    rest = states if kept is None else [each for each in states if not each.path]
    counts = kept or Counter()
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
) -> Counts | None:
    """Return how many lived at and below each place; None until the worker counted.

    Below: begun by its last day, not ended before. The units themselves are looked up.
    """
    rows = [
        (each.group, each.path, periods[each.group].first, periods[each.group].last)
        for each in stretches
    ]
    table = gateway.table_of(rows, ROW)
    marks = ", ".join(["%s"] * len(kinds))
    values = [*[value for row in rows for value in row], *kinds]
    sql = (
        "SELECT p.column1, e.kind,"
        " SUM(CASE WHEN e.on_day <= p.column4 THEN e.began ELSE 0 END)"
        " - SUM(CASE WHEN e.on_day <= p.column3 THEN e.ended ELSE 0 END)"
        f" FROM ({table}) p CROSS JOIN figures_expected e"
        f" WHERE e.path = p.column2 AND e.kind IN ({marks})"
        " GROUP BY p.column1, e.kind"
        f" UNION ALL SELECT p.column1, o.kind, 1 FROM ({table}) p"
        " CROSS JOIN organisations_organisation o"
        f" WHERE o.path = p.column2 AND o.kind IN ({marks})"
        " AND (o.valid_from IS NULL OR o.valid_from <= p.column4)"
        " AND (o.valid_to IS NULL OR o.valid_to > p.column3)"
        " UNION ALL SELECT NULL, '', 0 FROM figures_mark WHERE name = %s"
    )
    found: Counts = Counter()
    counted = False
    for group, kind, count in gateway.rows(sql, [*values, *values, NAME]):
        counted = counted or group is None
        found[group, kind] += int(count or 0)
    return found if counted else None


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
