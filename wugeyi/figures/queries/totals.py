"""Reading figures from what is added up already, and what is fresh: one statement.

One statement sees one moment of the database: a fold in between cannot count a fact
twice or not at all. What totals do not know (an earlier moment, another arrangement of
the tree, a unit that moved within the period) is read from the facts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Aggregate, Measure
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
from wugeyi.organisations.rules import SEGMENT

Text = tuple[str, list[Any]]
PIECE = ("integer", "varchar", "varchar", "date", "date")
SUBTREE = ("integer", "varchar", "varchar", "varchar", "date", "date", "date", "date")
# No month: the range of a subtree without whole months.
NO_MONTHS = (date(9999, 12, 31), date(1, 1, 1))


def sums(
    measures: Sequence[Measure],
    flows: Sequence[Stretch],
    states: Sequence[Stretch],
    *,
    as_of: datetime | None = None,
) -> Sums:
    """Add up each measure for each group; from the totals where they know it.

    One query; another before it for a period that ends within a month, and one after
    it when something has to be read from the facts.
    """
    known = {each.group for each in (*flows, *states)}
    if as_of is None:
        known &= _simple(flows, states)
    else:
        known = set()
    quick = _rounded(measures, [each for each in flows if each.group in known])
    still = [each for each in states if each.group in known]
    found, unsure = _quick(measures, quick, still)
    slow_flows = [each for each in flows if each.group not in known]
    slow_states = [each for each in states if each.group not in known]
    if slow_flows or slow_states:
        found |= from_facts(measures, slow_flows, slow_states, as_of=as_of)
    if unsure:
        found |= from_facts(
            [each for each in measures if each.number in unsure], quick, still
        )
    return found


def _rounded(measures: Sequence[Measure], flows: list[Stretch]) -> list[Stretch]:
    """Let the last month be whole where nothing lies after the period in it.

    That is how it is for every period that ends today, at whatever level: days are
    added up on top of the tree, where one look tells. One query, if there is a choice.
    """
    # What stands may well end on a day to come; flows alone are asked for here.
    measures = [each for each in measures if not each.standing]
    if not flows or not measures:
        return flows
    last = max(each.last for each in flows)
    ends = next_month(last) - FOLLOWING
    if ends == last:
        return flows
    roots = sorted({each.path[:SEGMENT] for each in flows})
    marks = ", ".join(["%s"] * len(roots))
    later = gateway.rows(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM figures_total"
        f" WHERE measure_id IN ({_numbers(measures)}) AND path IN ({marks})"
        " AND grain = 'd' AND start > %s AND start <= %s AND records <> 0)"
        " OR EXISTS (SELECT 1 FROM figures_fresh"
        f" WHERE measure_id IN ({_numbers(measures)})"
        " AND on_day > %s AND on_day <= %s)",
        [*roots, last, ends, last, ends],
    )
    if later:
        return flows
    return [replace(each, last=ends) if each.last == last else each for each in flows]


def _simple(flows: Iterable[Stretch], states: Iterable[Stretch]) -> set[int]:
    """Return the groups that are the subtree of one unit that did not move meanwhile."""
    moving = Counter(each.group for each in flows)
    odd = {each.group for each in (*flows, *states) if not each.path}
    groups = {each.group for each in (*flows, *states)}
    return {group for group in groups - odd if moving[group] <= 1}


def _quick(
    measures: Sequence[Measure], flows: Sequence[Stretch], states: Sequence[Stretch]
) -> tuple[Sums, set[int]]:
    """Return what the totals say, and the measures whose last values are not certain."""
    if not measures or not (flows or states):
        return {}, set()
    moving = [each for each in measures if not each.standing]
    standing = [each for each in measures if each.standing]
    keyed = [each for each in moving if each.aggregate is Aggregate.DISTINCT]
    latest = [each for each in moving if each.aggregate is Aggregate.LATEST]
    texts = [
        *_totals(moving, flows),
        *_totals(standing, states),
        *_subjects(moving, flows, "u"),
        *_subjects(keyed, flows, "k"),
        *_fresh_lasts(latest, flows),
        *_standing_units(standing, states),
    ]
    records: Counter[tuple[int, int]] = Counter()
    values: Counter[tuple[int, int]] = Counter()
    units: Counter[tuple[int, int]] = Counter()
    keys: Counter[tuple[int, int]] = Counter()
    lasts: Counter[tuple[int, int]] = Counter()
    unsure: set[int] = set()
    sql = " UNION ALL ".join(text for text, _values in texts)
    for what, group, number, first, second in gateway.rows(
        sql, [value for _text, some in texts for value in some]
    ):
        place = (group, number)
        if what == "a":
            records[place] += int(first or 0)
            values[place] += int(second or 0)
        elif what == "u":
            units[place] += int(first or 0)
            lasts[place] += int(second or 0)
        elif what == "k":
            keys[place] += int(first or 0)
        else:
            unsure.add(number)
    found: Sums = {}
    groups = {each.group for each in (*flows, *states)}
    for measure in measures:
        for group in groups:
            place = (group, measure.number)
            if not (records[place] or units[place]):
                continue
            value = {
                Aggregate.COUNT: records,
                Aggregate.SUM: values,
                Aggregate.DISTINCT: keys,
                Aggregate.LATEST: lasts,
            }[measure.aggregate][place]
            if measure.standing and measure.aggregate is not Aggregate.SUM:
                value = records[place]
            found[place] = Sum(records[place], value, units[place])
    return found, unsure


def _numbers(measures: Sequence[Measure]) -> str:
    return ", ".join(str(each.number) for each in measures)


def _totals(measures: Sequence[Measure], stretches: Sequence[Stretch]) -> list[Text]:
    """Return the texts for records and values.

    Totals where there are some, with what is fresh there; facts for the days around
    whole months further down the tree.
    """
    if not measures or not stretches:
        return []
    added, fresh, single = _cut(stretches)
    texts = [_ranges(measures, fresh, "figures_fresh")] if fresh else []
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


def _subjects(
    measures: Sequence[Measure], stretches: Sequence[Stretch], what: str
) -> list[Text]:
    """Return the texts for different subjects: over whole months, then what differs.

    Subjects with facts in the days around the whole months, or fresh ones, are looked
    at one by one: do they have anything now, did the whole months have them?
    """
    if not measures or not stretches:
        return []
    rows = [_subtree(each) for each in stretches]
    table = gateway.table_of(rows, SUBTREE)
    numbers = _numbers(measures)
    spans = (
        f"SELECT '{what}', p.column1, s.measure_id, SUM(s.subjects), SUM(s.value)"
        f" FROM ({table}) p CROSS JOIN figures_span s"
        f" WHERE s.measure_id IN ({numbers}) AND s.what = '{what}'"
        " AND s.path = p.column2 AND s.following > p.column6 AND s.month >= p.column5"
        " AND s.month <= p.column6 GROUP BY p.column1, s.measure_id"
    )
    subject, around = _around(measures, stretches, what)
    fresh = (
        f"SELECT p.column1 AS grp, f.measure_id, {subject} AS subject,"
        f" SUM(f.records) AS more FROM ({table}) p CROSS JOIN figures_fresh f"
        f" WHERE f.measure_id IN ({numbers}) AND f.path >= p.column3"
        " AND f.path < p.column4 AND f.on_day >= p.column5 AND f.on_day < p.column8"
        f" GROUP BY p.column1, f.measure_id, {subject}"
    )
    parts = [(fresh, [value for row in rows for value in row]), *around]
    looked = " UNION ALL ".join(text for text, _values in parts)
    had = (
        "(SELECT COALESCE(SUM(r.records), 0) FROM figures_presence r"
        f" WHERE r.measure_id = x.measure_id AND r.what = '{what}'"
        " AND r.subject = x.subject AND r.path >= q.column3 AND r.path < q.column4"
        " AND r.month >= q.column5 AND r.month <= q.column6)"
    )
    differing = (
        f"SELECT '{what}', grp, measure_id,"
        " SUM(CASE WHEN had + more > 0 THEN 1 ELSE 0 END"
        " - CASE WHEN had > 0 THEN 1 ELSE 0 END), 0"
        f" FROM (SELECT x.grp, x.measure_id, x.more, {had} AS had FROM"
        " (SELECT grp, measure_id, subject, SUM(more) AS more"
        f" FROM ({looked}) y GROUP BY grp, measure_id, subject) x"
        f" JOIN ({table}) q ON q.column1 = x.grp) z GROUP BY grp, measure_id"
    )
    values = [value for _text, some in parts for value in some]
    values += [value for row in rows for value in row]
    return [(spans, [value for row in rows for value in row]), (differing, values)]


def _subtree(stretch: Stretch) -> tuple[Any, ...]:
    """Return group, path, low, high, first and last whole month, first day after."""
    months = whole_months(stretch.first, stretch.last) or NO_MONTHS
    after = next_month(months[1]) if months != NO_MONTHS else months[1]
    return (
        stretch.group,
        stretch.path,
        stretch.low,
        stretch.high,
        *months,
        stretch.first,
        after,
    )


def _around(
    measures: Sequence[Measure], stretches: Sequence[Stretch], what: str
) -> tuple[str, list[Text]]:
    """Return the facts of the days around whole months, by subject."""
    subject = "CAST(f.organisation_id AS VARCHAR(120))" if what == "u" else "f.subject"
    texts = []
    for high_up in (True, False):
        rows = [
            (each.group, each.low, each.high, first, last)
            for each in stretches
            if (len(each.path) <= DAILY) is high_up
            for first, last in edges(each.first, each.last)
        ]
        if rows:
            # Of everything below a large unit the days choose, not the place: as an
            # expression the path cannot lead the database to the index of places.
            path = "f.path || ''" if high_up else "f.path"
            text = (
                f"SELECT p.column1, f.measure_id, {subject}, SUM(f.records)"
                f" FROM ({gateway.table_of(rows, PIECE)}) p CROSS JOIN figures_fact f"
                f" WHERE f.measure_id IN ({_numbers(measures)})"
                f" AND {path} >= p.column2 AND {path} < p.column3"
                " AND f.on_day >= p.column4 AND f.on_day <= p.column5"
                f" GROUP BY p.column1, f.measure_id, {subject}"
            )
            texts.append((text, _values(rows)))
    return subject, texts


def _fresh_lasts(
    measures: Sequence[Measure], stretches: Sequence[Stretch]
) -> list[Text]:
    """Return the text that tells whether last values need the facts.

    They do where something is fresh, or days around whole months have records.
    """
    if not measures or not stretches:
        return []
    rows = [
        (each.group, each.low, each.high, each.first, each.last) for each in stretches
    ]
    around = [
        (each.group, each.low, each.high, first, last)
        for each in stretches
        for first, last in edges(each.first, each.last)
    ]
    texts: list[Text] = []
    for table, some in (("figures_fresh", rows), ("figures_fact", around)):
        if some:
            sql = (
                "SELECT DISTINCT '?', 0, f.measure_id, 0, 0 FROM"
                f" ({gateway.table_of(some, PIECE)}) p CROSS JOIN {table} f"
                f" WHERE f.measure_id IN ({_numbers(measures)})"
                " AND f.path >= p.column2 AND f.path < p.column3"
                " AND f.on_day >= p.column4 AND f.on_day <= p.column5"
            )
            texts.append((sql, _values(some)))
    return texts


def _standing_units(
    measures: Sequence[Measure], stretches: Sequence[Stretch]
) -> list[Text]:
    """Return the text for the units in which something stands."""
    if not measures or not stretches:
        return []
    rows = [
        (each.group, each.low, each.high, each.last.replace(day=1), each.last)
        for each in stretches
    ]
    table = gateway.table_of(rows, PIECE)
    numbers = _numbers(measures)
    place = " >= p.column2 AND {0}.path < p.column3"
    before = (
        "SELECT p.column1 AS grp, r.measure_id, r.subject, r.records FROM"
        f" ({table}) p CROSS JOIN figures_presence r"
        f" WHERE r.measure_id IN ({numbers}) AND r.what = 'u'"
        f" AND r.path{place.format('r')} AND r.month < p.column4"
    )
    unit = "CAST(f.organisation_id AS VARCHAR(120))"
    fresh = (
        f"SELECT p.column1, f.measure_id, {unit}, f.records FROM"
        f" ({table}) p CROSS JOIN figures_fresh f"
        f" WHERE f.measure_id IN ({numbers}) AND f.path{place.format('f')}"
        " AND f.on_day < p.column4"
    )
    during = (
        f"SELECT p.column1, f.measure_id, {unit}, f.records FROM"
        f" ({table}) p CROSS JOIN figures_fact f"
        f" WHERE f.measure_id IN ({numbers}) AND f.path{place.format('f')}"
        " AND f.on_day >= p.column4 AND f.on_day <= p.column5"
    )
    sql = (
        "SELECT 'u', grp, measure_id, COUNT(*), 0 FROM (SELECT grp, measure_id, subject"
        f" FROM ({before} UNION ALL {fresh} UNION ALL {during}) a"
        " GROUP BY grp, measure_id, subject HAVING SUM(records) > 0) b"
        " GROUP BY grp, measure_id"
    )
    return [(sql, [value for row in rows for value in row] * 3)]
