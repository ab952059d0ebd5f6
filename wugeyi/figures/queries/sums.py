"""Reading figures straight from the facts: any period, any earlier moment.

One statement for any number of measures and places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Aggregate, Measure
from wugeyi.figures.rules.places import Stretch


@dataclass(frozen=True, slots=True)
class Sum:
    """What the facts of a measure come to."""

    records: int = 0
    value: int = 0
    units: int = 0


NOTHING = Sum()
Sums = dict[tuple[int, int], Sum]
STRETCH = ("integer", "varchar", "varchar", "date", "date")


def from_facts(
    measures: Sequence[Measure],
    flows: Sequence[Stretch],
    states: Sequence[Stretch],
    *,
    as_of: datetime | None = None,
) -> Sums:
    """Add up the facts of each measure for each group; one query.

    Returns
    -------
    dict
        By group and number of the measure; groups without facts are left out.
    """
    moving = [each for each in measures if not each.standing]
    parts = [
        _added(moving, flows, as_of),
        _added([each for each in measures if each.standing], states, as_of),
        _different(
            [each for each in moving if each.aggregate is Aggregate.DISTINCT],
            flows,
            as_of,
        ),
        _last(
            [each for each in moving if each.aggregate is Aggregate.LATEST],
            flows,
            as_of,
        ),
    ]
    parts = [each for each in parts if each[0]]
    if not parts:
        return {}
    found: Sums = {}
    values = [value for _sql, some in parts for value in some]
    values_of: dict[tuple[int, int], int] = {}
    for what, group, number, records, value, units in gateway.rows(
        " UNION ALL ".join(f"SELECT * FROM ({sql}) u" for sql, _values in parts),
        values,
    ):
        if what == "a":
            found[group, number] = Sum(int(records), int(value or 0), int(units))
        else:
            values_of[group, number] = int(value or 0)
    counted = {
        each.number
        for each in measures
        if each.aggregate is Aggregate.COUNT and not each.standing
    }
    standing = {each.number for each in measures if each.standing}
    for (group, number), each in found.items():
        if number in counted or number in standing:
            found[group, number] = Sum(each.records, each.records, each.units)
        elif (group, number) in values_of:
            value = values_of[group, number]
            found[group, number] = Sum(each.records, value, each.units)
    return found


def _joined(
    measures: Sequence[Measure], stretches: Sequence[Stretch], as_of: datetime | None
) -> tuple[str, list[Any]]:
    """Return the facts of the measures within the stretches, as a FROM … WHERE …."""
    marks = ", ".join(["%s"] * len(measures))
    table = gateway.table_of(stretches_rows(stretches), STRETCH)
    sql = (
        f"FROM (SELECT column1 AS grp, column2 AS low, column3 AS high,"
        f" column4 AS first_day, column5 AS last_day FROM ({table}) v) p"
        " CROSS JOIN figures_fact f"
        f" WHERE f.measure_id IN ({marks})"
        " AND f.path >= p.low AND f.path < p.high"
        " AND f.on_day >= p.first_day AND f.on_day <= p.last_day"
    )
    values = [value for row in stretches_rows(stretches) for value in row]
    values += [each.number for each in measures]
    if as_of is not None:
        sql += " AND f.recorded_at <= %s"
        values.append(gateway.moment(as_of))
    return sql, values


def stretches_rows(stretches: Sequence[Stretch]) -> list[tuple[Any, ...]]:
    """Return stretches as rows of values."""
    return [
        (each.group, each.low, each.high, each.first, each.last) for each in stretches
    ]


def _added(
    measures: Sequence[Measure], stretches: Sequence[Stretch], as_of: datetime | None
) -> tuple[str, list[Any]]:
    if not measures or not stretches:
        return "", []
    joined, values = _joined(measures, stretches, as_of)
    return (
        "SELECT 'a' AS what, grp, measure_id, SUM(r) AS records, SUM(v) AS value,"
        " SUM(CASE WHEN r > 0 THEN 1 ELSE 0 END) AS units FROM ("
        "SELECT p.grp, f.measure_id, f.organisation_id, SUM(f.records) AS r,"
        f" SUM(f.records * f.value) AS v {joined}"
        " GROUP BY p.grp, f.measure_id, f.organisation_id) t GROUP BY grp, measure_id",
        values,
    )


def _different(
    measures: Sequence[Measure], stretches: Sequence[Stretch], as_of: datetime | None
) -> tuple[str, list[Any]]:
    if not measures or not stretches:
        return "", []
    joined, values = _joined(measures, stretches, as_of)
    return (
        "SELECT 'd' AS what, grp, measure_id, 0 AS records, COUNT(*) AS value,"
        " 0 AS units FROM (SELECT p.grp, f.measure_id, f.subject"
        f" {joined} GROUP BY p.grp, f.measure_id, f.subject"
        " HAVING SUM(f.records) > 0) t GROUP BY grp, measure_id",
        values,
    )


def _last(
    measures: Sequence[Measure], stretches: Sequence[Stretch], as_of: datetime | None
) -> tuple[str, list[Any]]:
    if not measures or not stretches:
        return "", []
    joined, values = _joined(measures, stretches, as_of)
    return (
        "SELECT 'l' AS what, grp, measure_id, 0 AS records, SUM(value) AS value,"
        " 0 AS units FROM (SELECT p.grp, f.measure_id, f.value,"
        " ROW_NUMBER() OVER (PARTITION BY p.grp, f.measure_id, f.organisation_id"
        " ORDER BY f.on_day DESC, MAX(f.recorded_at) DESC, f.value DESC) AS place"
        f" {joined} GROUP BY p.grp, f.measure_id, f.organisation_id, f.on_day,"
        " f.record_id, f.value HAVING SUM(f.records) > 0) t"
        " WHERE place = 1 GROUP BY grp, measure_id",
        values,
    )
