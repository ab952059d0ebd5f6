"""A figure by its dimension: what of it is of which sort."""

from dataclasses import dataclass
from datetime import datetime

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Aggregate
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.queries.figures import base_of, wanted
from wugeyi.figures.queries.places import flows, in_view, states, stays_of
from wugeyi.figures.queries.sums import _joined
from wugeyi.figures.queries.totals import by_dimension
from wugeyi.figures.rules.periods import Period
from wugeyi.organisations.models import Organisation, TreeView


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs to one value of the dimension; "" where a record names none."""

    dimension: str
    records: int
    value: int


def parts(
    code: str,
    organisation: Organisation,
    period: Period,
    *,
    as_of: datetime | None = None,
    view: TreeView | None = None,
) -> list[Part]:
    """Return the parts of a count or sum by its dimension, in the dimension's order.

    Empty for a measure without a dimension, and for one whose parts do not add up
    (distinct, latest). Of an indicator: the parts of its denominator.
    """
    base = base_of(code)
    declared = catalogue().measures[base]
    if not declared.dimension or declared.aggregate in (
        Aggregate.DISTINCT,
        Aggregate.LATEST,
    ):
        return []
    measure = wanted([base], as_of)[base]
    if view is not None:
        flow, state = in_view(0, organisation, view, period)
    else:
        places = stays_of([organisation.pk])[organisation.pk]
        flow, state = flows(0, places, period), states(0, places, period)
    stretches = state if measure.standing else flow
    if not stretches:
        return []
    if as_of is None and all(each.path for each in stretches):
        rows = by_dimension(measure, stretches)
    else:
        joined, values = _joined([measure], stretches, as_of)
        rows = gateway.rows(
            "SELECT f.dimension, SUM(f.records), SUM(f.records * f.value)"
            f" {joined} GROUP BY f.dimension HAVING SUM(f.records) <> 0"
            " ORDER BY f.dimension",
            values,
        )
    counts = measure.aggregate is Aggregate.COUNT
    return [
        Part(name, int(count), int(count if counts else total or 0))
        for name, count, total in sorted(rows)
    ]
