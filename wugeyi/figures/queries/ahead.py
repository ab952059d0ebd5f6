"""Looking ahead: what is fresh, and what lies after a period in its last month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Measure
from wugeyi.figures.rules.pieces import FOLLOWING, next_month
from wugeyi.figures.rules.places import Stretch
from wugeyi.organisations.rules import SEGMENT


@dataclass(frozen=True, slots=True)
class Ahead:
    """Which measures have something fresh, or after the period in its last month."""

    fresh: frozenset[int]
    later: frozenset[int]


def look(
    measures: Sequence[Measure], flows: Sequence[Stretch], states: Sequence[Stretch]
) -> Ahead:
    """Look ahead, so that what is read next is no more than what there is; one query.

    Of a fact that becomes fresh in between nothing is read: as if asked a moment before.
    Days are added up on top of the tree, where one look tells what is after the period.
    """
    stretches = [*flows, *states]
    if not stretches or not measures:
        return Ahead(frozenset(), frozenset())
    numbers = ", ".join(str(each.number) for each in measures)
    last = max(each.last for each in stretches)
    ends = next_month(last) - FOLLOWING
    sql = (
        "SELECT DISTINCT measure_id, 'f' FROM figures_fresh"
        f" WHERE measure_id IN ({numbers}) AND path >= %s AND path < %s"
    )
    low, high = min(each.low for each in stretches), max(e.high for e in stretches)
    values: list[Any] = [low, high]
    if ends != last:
        roots = sorted({each.path[:SEGMENT] for each in stretches})
        marks = ", ".join(["%s"] * len(roots))
        sql += (
            " UNION ALL SELECT measure_id, 'l' FROM figures_total"
            f" WHERE measure_id IN ({numbers}) AND path IN ({marks})"
            " AND grain = 'd' AND start > %s AND start <= %s AND records <> 0"
            " UNION ALL SELECT measure_id, 'l' FROM figures_fresh"
            f" WHERE measure_id IN ({numbers}) AND on_day > %s AND on_day <= %s"
        )
        values += [*roots, last, ends, last, ends]
    found = gateway.rows(sql, values)
    return Ahead(
        frozenset(number for number, what in found if what == "f"),
        frozenset(number for number, what in found if what == "l"),
    )


Rounded = tuple[Sequence[Measure], Sequence[Stretch], Sequence[Stretch]]


def rounded(
    measures: Sequence[Measure],
    flows: Sequence[Stretch],
    states: Sequence[Stretch],
    later: frozenset[int],
) -> list[Rounded]:
    """Let the last month be whole for measures with nothing after the period in it.

    That is how it is for most periods that end today, at whatever level. What stands
    may well end on a day to come; such measures are read to the day.
    """
    if not (flows or states):
        return []
    last = max(each.last for each in (*flows, *states))
    ends = next_month(last) - FOLLOWING
    parts: list[Rounded] = [
        (
            [each for each in measures if each.number not in later],
            [replace(e, last=ends) if e.last == last else e for e in flows],
            [replace(e, last=ends) if e.last == last else e for e in states],
        ),
        ([each for each in measures if each.number in later], flows, states),
    ]
    return [part for part in parts if part[0]]
