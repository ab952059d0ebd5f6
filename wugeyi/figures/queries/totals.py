"""Reading figures from what is added up already, and what is fresh: one statement.

One statement sees one moment of the database: a fold in between cannot count a fact
twice or not at all. What totals do not know (an earlier moment, another arrangement of
the tree, a unit that moved within the period) is read from the facts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Aggregate, Measure
from wugeyi.figures.queries.ahead import look, rounded
from wugeyi.figures.queries.standing import standing_units
from wugeyi.figures.queries.subjects import last_values, subjects
from wugeyi.figures.queries.sums import Sum, Sums, from_facts
from wugeyi.figures.rules.pieces import (
    DAILY,
    FOLLOWING,
    edges,
    next_month,
    pieces,
    whole_months,
)
from wugeyi.figures.rules.places import Stretch

Text = tuple[str, list[Any]]
PIECE = ("integer", "varchar", "varchar", "date", "date")


def sums(
    measures: Sequence[Measure],
    flows: Sequence[Stretch],
    states: Sequence[Stretch],
    *,
    as_of: datetime | None = None,
) -> Sums:
    """Add up each measure for each group; from the totals where they know it.

    Two queries, or three where a period ends within a month and some measures have
    something after it; another one when something has to be read from the facts.
    """
    known = {each.group for each in (*flows, *states)}
    if as_of is None:
        known &= _simple(flows, states)
    else:
        known = set()
    quick = [each for each in flows if each.group in known]
    still = [each for each in states if each.group in known]
    slow_flows = [each for each in flows if each.group not in known]
    slow_states = [each for each in states if each.group not in known]
    found: Sums = {}
    seen = look(measures, quick, still)
    for some, *stretches in rounded(measures, quick, still, seen.later):
        sums_, unsure = _quick(some, *stretches, fresh=seen.fresh)
        found |= sums_
        if unsure:
            left = [each for each in some if each.number in unsure]
            found |= from_facts(left, *stretches)
    if slow_flows or slow_states:
        found |= from_facts(measures, slow_flows, slow_states, as_of=as_of)
    return found


def _simple(flows: Iterable[Stretch], states: Iterable[Stretch]) -> set[int]:
    """Return the groups that are the subtree of one unit that did not move meanwhile."""
    moving = Counter(each.group for each in flows)
    odd = {each.group for each in (*flows, *states) if not each.path}
    groups = {each.group for each in (*flows, *states)}
    return {group for group in groups - odd if moving[group] <= 1}


def _quick(
    measures: Sequence[Measure],
    flows: Sequence[Stretch],
    states: Sequence[Stretch],
    *,
    fresh: frozenset[int],
) -> tuple[Sums, set[int]]:
    """Return what the totals say, and the measures whose last values are not certain."""
    if not measures or not (flows or states):
        return {}, set()
    moving = [each for each in measures if not each.standing]
    still = [each for each in measures if each.standing]
    keyed = [each for each in moving if each.aggregate is Aggregate.DISTINCT]
    latest = [each for each in moving if each.aggregate is Aggregate.LATEST]
    texts = [
        *_totals(moving, flows, fresh),
        *_totals(still, states, fresh),
        *subjects(moving, flows, "u", fresh),
        *subjects(keyed, flows, "k", fresh),
        *last_values(latest, flows),
        *_unsure(latest, flows, fresh),
        *standing_units(still, states, fresh),
    ]
    found: Counter[tuple[str, int, int]] = Counter()
    unsure: set[int] = set()
    sql = " UNION ALL ".join(text for text, _values in texts)
    values = [value for _text, some in texts for value in some]
    for what, group, number, first, second in gateway.rows(sql, values) if sql else ():
        if what == "?":
            unsure.add(number)
        # Spans carry last values beside what they count; asked for by themselves, too.
        if what != "l":
            found[what, group, number] += int(first or 0)
        if what in "al":
            found[f"{what}+", group, number] += int(second or 0)
    groups = {each.group for each in (*flows, *states)}
    return {
        (group, each.number): Sum(
            found["a", group, each.number],
            found[_value(each), group, each.number],
            found["u", group, each.number],
        )
        for each in measures
        for group in groups
        if found["a", group, each.number] or found["u", group, each.number]
    }, unsure


def _value(measure: Measure) -> str:
    """Return where the number of a measure is found: records, values, keys, lasts."""
    if measure.aggregate is Aggregate.SUM:
        return "a+"
    if measure.standing:
        return "a"
    return {Aggregate.DISTINCT: "k", Aggregate.LATEST: "l+"}.get(measure.aggregate, "a")


def _numbers(measures: Sequence[Measure]) -> str:
    return ", ".join(str(each.number) for each in measures)


def _totals(
    measures: Sequence[Measure], stretches: Sequence[Stretch], fresh: frozenset[int]
) -> list[Text]:
    """Return the texts for records and values.

    Totals where there are some, with what is fresh there; facts for the days around
    whole months further down the tree.
    """
    if not measures or not stretches:
        return []
    added, recent, single = _cut(stretches)
    texts = []
    changing = [each for each in measures if each.number in fresh]
    if recent and changing:
        texts.append(_ranges(changing, recent, "figures_fresh"))
    if single:
        texts.append(_ranges(measures, single, "figures_fact"))
    if added:
        table = gateway.table_of(added, PIECE)
        sql = (
            "SELECT 'a' AS what, p.column1 AS grp, t.measure_id, SUM(t.records) AS one,"
            f" SUM(t.value) AS two FROM ({table}) p CROSS JOIN figures_total t"
            f" WHERE t.measure_id IN ({_numbers(measures)}) AND t.path = p.column2"
            " AND t.grain = p.column3 AND t.start >= p.column4"
            " AND t.start <= p.column5 GROUP BY p.column1, t.measure_id"
        )
        texts.append((sql, _values(added)))
    return texts


Rows = list[tuple[Any, ...]]


def _cut(stretches: Sequence[Stretch]) -> tuple[Rows, Rows, Rows]:
    """Return what to read from totals, the same from what is fresh, and from facts."""
    added: Rows = []
    fresh: Rows = []
    single: Rows = []
    for each in stretches:
        daily = len(each.path) <= DAILY
        for piece in pieces(each.first, each.last):
            if piece.grain == "d" and not daily:
                single.append((each.group, each.low, each.high, piece.low, piece.high))
            else:
                added.append(
                    (each.group, each.path, piece.grain, piece.low, piece.high)
                )
        months = whole_months(each.first, each.last)
        if daily:
            fresh.append((each.group, each.low, each.high, each.first, each.last))
        elif months is not None:
            ends = next_month(months[1]) - FOLLOWING
            fresh.append((each.group, each.low, each.high, months[0], ends))
    return added, fresh, single


def _ranges(measures: Sequence[Measure], rows: Rows, table: str) -> Text:
    """Return the text that adds up facts (or fresh ones) of ranges of paths and days."""
    sql = (
        "SELECT 'a' AS what, p.column1 AS grp, f.measure_id, SUM(f.records) AS one,"
        f" SUM(f.records * f.value) AS two FROM ({gateway.table_of(rows, PIECE)}) p"
        f" CROSS JOIN {table} f WHERE f.measure_id IN ({_numbers(measures)})"
        " AND f.path >= p.column2 AND f.path < p.column3 AND f.on_day >= p.column4"
        " AND f.on_day <= p.column5 GROUP BY p.column1, f.measure_id"
    )
    return sql, _values(rows)


def by_dimension(
    measure: Measure, stretches: Sequence[Stretch]
) -> list[tuple[Any, ...]]:
    """Return dimension, records, value of a count or sum; one query.

    Additions over several places of a unit that moved are additions.
    """
    added, fresh, single = _cut(stretches)
    texts: list[Text] = []
    if added:
        texts.append(
            (
                "SELECT t.dimension, t.records, t.value AS value FROM"
                f" ({gateway.table_of(added, PIECE)}) p CROSS JOIN figures_total t"
                f" WHERE t.measure_id = {measure.number} AND t.path = p.column2"
                " AND t.grain = p.column3 AND t.start >= p.column4"
                " AND t.start <= p.column5",
                _values(added),
            )
        )
    for table, some in (("figures_fresh", fresh), ("figures_fact", single)):
        if some:
            sql = (
                "SELECT f.dimension, f.records, f.records * f.value AS value FROM"
                f" ({gateway.table_of(some, PIECE)}) p CROSS JOIN {table} f"
                f" WHERE f.measure_id = {measure.number} AND f.path >= p.column2"
                " AND f.path < p.column3 AND f.on_day >= p.column4"
                " AND f.on_day <= p.column5"
            )
            texts.append((sql, _values(some)))
    every = " UNION ALL ".join(text for text, _values_ in texts)
    return gateway.rows(
        f"SELECT dimension, SUM(records), SUM(value) FROM ({every}) a"
        " GROUP BY dimension HAVING SUM(records) <> 0",
        [value for _text, some in texts for value in some],
    )


def _values(rows: Rows) -> list[Any]:
    return [value for row in rows for value in row]


def _unsure(
    measures: Sequence[Measure], stretches: Sequence[Stretch], fresh: frozenset[int]
) -> list[Text]:
    """Return the text that tells whether last values need the facts.

    They do where something is fresh, or days around whole months have records.
    """
    rows = [
        (each.group, each.low, each.high, each.first, each.last) for each in stretches
    ]
    around = [
        (each.group, each.low, each.high, first, last)
        for each in stretches
        for first, last in edges(each.first, each.last)
    ]
    changing = [each for each in measures if each.number in fresh]
    texts: list[Text] = []
    for table, some, asked in (
        ("figures_fresh", rows, changing),
        ("figures_fact", around, measures),
    ):
        if some and asked:
            sql = (
                "SELECT DISTINCT '?', 0, f.measure_id, 0, 0 FROM"
                f" ({gateway.table_of(some, PIECE)}) p CROSS JOIN {table} f"
                f" WHERE f.measure_id IN ({_numbers(asked)})"
                " AND f.path >= p.column2 AND f.path < p.column3"
                " AND f.on_day >= p.column4 AND f.on_day <= p.column5"
            )
            texts.append((sql, _values(some)))
    return texts
