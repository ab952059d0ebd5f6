"""How many different units (or keys) have something: from spans, gaps and presence.

Over the whole months of a period spans tell. What its other days add depends on how
high up the unit stands: on top, gaps tell by day; further down the units below are few,
and each month of theirs tells its days. What is fresh is looked at subject by subject:
had it anything without the fresh facts, has it anything with them?
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Measure
from wugeyi.figures.rules.pieces import (
    DAILY,
    FOLLOWING,
    bits,
    edges,
    month_start,
    next_month,
    whole_months,
)
from wugeyi.figures.rules.places import NEVER, Stretch

Text = tuple[str, list[Any]]
Row = tuple[Any, ...]
SPANS = ("integer", "varchar", "date", "date", "date")
GAPS = ("integer", "varchar", "varchar", *["date"] * 6)
DAYS = ("integer", "varchar", "varchar", "date", "integer")
EDGE = ("integer", "varchar", "varchar", "date", "date")
# Group, path from, path to; first whole month, last one, the day after it; first and
# last day; an edge by month and bits, another one; whether gaps tell of the edges.
LOOK = (
    *("integer", "varchar", "varchar"),
    *("date", "date", "date"),
    *("date", "date"),
    *("date", "integer", "date", "integer", "integer"),
)
# No month: the range of a period without whole months, an edge that is not there.
NO_MONTHS = (date(9999, 12, 31), date(1, 1, 1))
NO_DAYS = (date(1, 1, 1), 0)


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch by its whole months and the days around them."""

    stretch: Stretch
    months: tuple[date, date] | None
    edges: list[tuple[date, date]]

    @property
    def high(self) -> bool:
        """Tell whether gaps know of the unit."""
        return len(self.stretch.path) <= DAILY

    @property
    def last(self) -> date:
        """Return the last month touched."""
        return month_start(self.stretch.last)


def cut_up(stretches: Sequence[Stretch]) -> list[Cut]:
    """Cut stretches into whole months and edges."""
    return [
        Cut(each, whole_months(each.first, each.last), edges(each.first, each.last))
        for each in stretches
    ]


def subjects(
    measures: Sequence[Measure],
    stretches: Sequence[Stretch],
    what: str,
    fresh: frozenset[int],
) -> list[Text]:
    """Return the texts that together count different subjects of what happened.

    ``fresh`` are the measures with anything fresh.
    """
    if not measures or not stretches:
        return []
    cuts = cut_up(stretches)
    wanted = list_of(measures)
    # On top the next one must come after the last month touched: gaps tell who comes
    # within it, but after the period.
    spans = [
        (
            *(each.stretch.group, each.stretch.path),
            *each.months,
            each.last if each.high else each.months[1],
        )
        for each in cuts
        if each.months is not None
    ]
    gaps = [row for each in cuts if each.high for row in _gaps(each)]
    texts = []
    if spans:
        texts.append(span_text(wanted, spans, what))
    if gaps:
        texts.append(gap_text(wanted, gaps, what))
    changing = [each for each in measures if each.number in fresh]
    return [*texts, *_looked(wanted, list_of(changing), cuts, what)]


def last_values(
    measures: Sequence[Measure], stretches: Sequence[Stretch]
) -> list[Text]:
    """Return the text for the last values in the whole months of the stretches."""
    rows = [
        (each.stretch.group, each.stretch.path, *each.months, each.months[1])
        for each in cut_up(stretches)
        if each.months is not None
    ]
    return [span_text(list_of(measures), rows, "u", "l")] if measures and rows else []


def together(parts: Sequence[Text]) -> Text:
    """Return one text for the rows of all."""
    every = " UNION ALL ".join(text for text, _some in parts)
    return every, [value for _text, some in parts for value in some]


def list_of(measures: Sequence[Measure]) -> str:
    """Return the keys of measures as a list for IN; empty for none."""
    return ", ".join(str(each.number) for each in measures)


def span_text(numbers: str, rows: Sequence[Row], what: str, name: str = "") -> Text:
    """Return the text for subjects of months from … to … with nothing until after …."""
    sql = (
        f"SELECT '{name or what}' AS what, p.column1 AS grp, s.measure_id,"
        " SUM(s.subjects) AS one, SUM(s.value) AS two"
        f" FROM ({gateway.table_of(rows, SPANS)}) p CROSS JOIN figures_span s"
        f" WHERE s.measure_id IN ({numbers}) AND s.what = '{what}'"
        " AND s.path = p.column2 AND s.following > p.column5 AND s.month >= p.column3"
        " AND s.month <= p.column4 GROUP BY p.column1, s.measure_id"
    )
    return sql, flat(rows)


def flat(rows: Sequence[Row]) -> list[Any]:
    """Return the values of rows, row after row."""
    return [value for row in rows for value in row]


def _gaps(cut: Cut) -> Iterator[Row]:
    """Return what to read of gaps: the last day in the period, the next one after it.

    The last day lies in a whole month or an edge; the next one in a later month than
    any of the period, or in its last month, but after it.
    """
    unit = (cut.stretch.group, cut.stretch.path)
    ends = cut.stretch.last
    after = next_month(ends)
    # Where the last month is whole, nothing lies after the period within it.
    within = ends < after - FOLLOWING
    if within and cut.months is not None:
        yield (*unit, "l", cut.last, *cut.months, ends + FOLLOWING, NEVER, ends)
    for first, last in cut.edges:
        month = month_start(first)
        yield (*unit, "e", month, after, NEVER, first, last, ends)
        if within:
            yield (*unit, "b", month, cut.last, cut.last, first, last, ends)


def gap_text(numbers: str, rows: Sequence[Row], what: str) -> Text:
    """Return the text for subjects of the days that rows of ``GAPS`` choose."""
    sql = (
        f"SELECT '{what}' AS what, p.column1 AS grp, g.measure_id,"
        " SUM(g.subjects) AS one, 0 AS two"
        f" FROM ({gateway.table_of(rows, GAPS)}) p CROSS JOIN figures_gap g"
        f" WHERE g.measure_id IN ({numbers}) AND g.what = '{what}'"
        " AND g.path = p.column2 AND g.known = p.column3 AND g.near = p.column4"
        " AND g.far >= p.column5 AND g.far <= p.column6"
        " AND g.day >= p.column7 AND g.day <= p.column8 AND g.other > p.column9"
        " GROUP BY p.column1, g.measure_id"
    )
    return sql, flat(rows)


def row_of(cut: Cut) -> Row:
    """Return a stretch as a row of ``LOOK``."""
    each, months = cut.stretch, cut.months or NO_MONTHS
    after = next_month(months[1]) if cut.months else months[1]
    found = [(month_start(first), bits(first, last)) for first, last in cut.edges]
    one, two = [*found, NO_DAYS, NO_DAYS][:2]
    place = (each.group, each.low, each.high)
    return (*place, *months, after, each.first, each.last, *one, *two, int(cut.high))


def had(what: str) -> str:
    """Return the text for the folded records of a subject ``x`` in months of ``q``."""
    return (
        "(SELECT COALESCE(SUM(r.records), 0) FROM figures_presence r"
        f" WHERE r.measure_id = x.measure_id AND r.what = '{what}'"
        " AND r.subject = x.subject AND r.path >= q.column2 AND r.path < q.column3"
        " AND r.month >= q.column4 AND r.month <= q.column5)"
    )


def _seen(what: str) -> str:
    """Return the text that tells (1, 0) whether a subject has folded days in the edges."""
    return (
        "(SELECT COALESCE(MAX(CASE WHEN r.month = q.column9 AND r.days & q.column10"
        " <> 0 OR r.month = q.column11 AND r.days & q.column12 <> 0"
        " THEN 1 ELSE 0 END), 0) FROM figures_presence r"
        f" WHERE r.measure_id = x.measure_id AND r.what = '{what}'"
        " AND r.subject = x.subject AND r.path >= q.column2 AND r.path < q.column3"
        " AND r.month IN (q.column9, q.column11))"
    )


def _left(what: str) -> str:
    """Return the text for the facts of a subject in the edges, where it ever was."""
    key = " AND f.subject = x.subject" if what == "k" else ""
    return (
        "(SELECT COALESCE(SUM(f.records), 0) FROM figures_presence r"
        " JOIN figures_fact f ON f.measure_id = r.measure_id AND f.path = r.path"
        f" WHERE r.measure_id = x.measure_id AND r.what = '{what}'"
        " AND r.subject = x.subject AND r.path >= q.column2 AND r.path < q.column3"
        " AND r.month IN (q.column9, q.column11)"
        " AND f.on_day >= q.column7 AND f.on_day <= q.column8"
        f" AND NOT (f.on_day >= q.column4 AND f.on_day < q.column6){key})"
    )


def _looked(numbers: str, fresh: str, cuts: Sequence[Cut], what: str) -> list[Text]:
    """Return the text for what the subjects looked at one by one change.

    Further down those with something in the edges are among them.
    """
    rows = [row_of(each) for each in cuts]
    parts = [_fresh(fresh, rows, what)] if fresh else []
    days = [
        (each.stretch.group, each.stretch.low, each.stretch.high, month, found)
        for each in cuts
        if not each.high
        for month, found in ((month_start(a), bits(a, b)) for a, b in each.edges)
    ]
    if days:
        sql = (
            "SELECT p.column1 AS grp, r.measure_id, r.subject,"
            " 0 AS more, 0 AS up, 0 AS down, 1 AS seen"
            f" FROM ({gateway.table_of(days, DAYS)}) p CROSS JOIN figures_presence r"
            f" WHERE r.measure_id IN ({numbers}) AND r.what = '{what}'"
            " AND r.path >= p.column2 AND r.path < p.column3"
            " AND r.month = p.column4 AND r.days & p.column5 <> 0"
        )
        parts.append((sql, flat(days)))
    if not parts:
        return []
    every, values = together(parts)
    sql = (
        f"SELECT '{what}', grp, measure_id,"
        " SUM(CASE WHEN had + more > 0 OR up = 1 OR down = 0 AND seen = 1"
        " OR remaining > 0 THEN 1 ELSE 0 END"
        " - CASE WHEN had > 0 OR high = 1 AND seen = 1 THEN 1 ELSE 0 END), 0"
        " FROM (SELECT x.grp, x.measure_id, x.more, x.up, x.down,"
        f" q.column13 AS high, {had(what)} AS had,"
        f" CASE WHEN q.column13 = 1 THEN {_seen(what)} ELSE x.seen END AS seen,"
        f" CASE WHEN x.down = 1 THEN {_left(what)} ELSE 0 END AS remaining FROM"
        " (SELECT grp, measure_id, subject, SUM(more) AS more, MAX(up) AS up,"
        f" MAX(down) AS down, MAX(seen) AS seen FROM ({every}) y"
        " GROUP BY grp, measure_id, subject) x"
        f" JOIN ({gateway.table_of(rows, LOOK)}) q ON q.column1 = x.grp) z"
        " GROUP BY grp, measure_id"
    )
    return [(sql, [*values, *flat(rows)])]


def _fresh(numbers: str, rows: Sequence[Row], what: str) -> Text:
    """Return the text for fresh facts by subject.

    ``more``: in the whole months. Of the edges: whether a day gains (``up``) or loses
    (``down``) something; what it had and loses in part, only its facts tell.
    """
    subject = "CAST(f.organisation_id AS VARCHAR(120))" if what == "u" else "f.subject"
    inside = (
        "CASE WHEN f.on_day >= p.column4 AND f.on_day < p.column6 THEN 1 ELSE 0 END"
    )
    sql = (
        "SELECT grp, measure_id, subject, SUM(inside * n) AS more,"
        " MAX(CASE WHEN inside = 0 AND n > 0 THEN 1 ELSE 0 END) AS up,"
        " MAX(CASE WHEN inside = 0 AND n < 0 THEN 1 ELSE 0 END) AS down, 0 AS seen"
        f" FROM (SELECT p.column1 AS grp, f.measure_id, {subject} AS subject,"
        f" f.path, f.on_day, {inside} AS inside, SUM(f.records) AS n"
        f" FROM ({gateway.table_of(rows, LOOK)}) p CROSS JOIN figures_fresh f"
        f" WHERE f.measure_id IN ({numbers}) AND f.path >= p.column2"
        " AND f.path < p.column3 AND f.on_day >= p.column7 AND f.on_day <= p.column8"
        f" GROUP BY p.column1, f.measure_id, {subject}, f.path, f.on_day, {inside}) n"
        " GROUP BY grp, measure_id, subject"
    )
    return sql, flat(rows)
