"""How many units should have something on record."""

from collections.abc import Sequence

from django.db.models import Count, Q

from wugeyi.figures.adapter import Measure
from wugeyi.figures.rules.periods import Period
from wugeyi.figures.rules.places import Stretch
from wugeyi.organisations.models import Organisation


def expected(
    measures: Sequence[Measure], states: Sequence[Stretch], periods: Sequence[Period]
) -> dict[tuple[int, str], int]:
    """Return, by group and code, how many units of the measure's kinds lived then."""
    kinds = {kind for each in measures for kind in each.kinds}
    if not kinds:
        return {}
    found: dict[tuple[int, str], int] = {}
    for stretch in states:
        period = periods[stretch.group]
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
        for kind, count in rows:
            for each in measures:
                if kind in each.kinds:
                    key = (stretch.group, each.code)
                    found[key] = found.get(key, 0) + count
    for each in measures:
        if each.kinds:
            for stretch in states:
                found.setdefault((stretch.group, each.code), 0)
    return found
