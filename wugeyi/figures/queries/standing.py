"""In how many units something stands on a day: from spans, and by day on top."""

from collections.abc import Sequence
from dataclasses import replace

from wugeyi.figures import gateway
from wugeyi.figures.adapter import Measure
from wugeyi.figures.queries.subjects import (
    LOOK,
    Cut,
    Text,
    cut_up,
    flat,
    gap_text,
    had,
    list_of,
    row_of,
    span_text,
    together,
)
from wugeyi.figures.rules.pieces import month_start
from wugeyi.figures.rules.places import EVER, NEVER, Stretch

EDGE = ("integer", "varchar", "varchar", "date", "date")


def standing_units(
    measures: Sequence[Measure], stretches: Sequence[Stretch], fresh: frozenset[int]
) -> list[Text]:
    """Return the texts that together count the units in which something stands.

    Spans tell at the end of the last whole month, on top what is kept by day since
    then. Units with fresh facts are looked at one by one; further down those with any
    fact since the last whole month.
    """
    if not measures or not stretches:
        return []
    cuts = cut_up([replace(each, first=EVER) for each in stretches])
    wanted = list_of(measures)
    spans = [
        (each.stretch.group, each.stretch.path, *each.months, each.months[1])
        for each in cuts
        if each.months is not None
    ]
    turns = [
        (
            *(each.stretch.group, each.stretch.path, "s", month_start(first)),
            *(EVER, NEVER, first, last, last),
        )
        for each in cuts
        if each.high
        for first, last in each.edges
    ]
    texts = []
    if spans:
        texts.append(span_text(wanted, spans, "u"))
    if turns:
        texts.append(gap_text(wanted, turns, "u"))
    changing = [each for each in measures if each.number in fresh]
    return [*texts, *_changing(wanted, list_of(changing), cuts)]


def _changing(numbers: str, fresh: str, cuts: Sequence[Cut]) -> list[Text]:
    """Return the text for what units with fresh facts, or with recent ones, change."""
    rows = [row_of(each) for each in cuts]
    table = gateway.table_of(rows, LOOK)
    unit = "CAST(f.organisation_id AS VARCHAR(120))"
    parts: list[Text] = []
    if fresh:
        sql = (
            f"SELECT p.column1 AS grp, f.measure_id, {unit} AS subject,"
            f" f.records AS more FROM ({table}) p CROSS JOIN figures_fresh f"
            f" WHERE f.measure_id IN ({fresh}) AND f.path >= p.column2"
            " AND f.path < p.column3 AND (f.on_day < p.column6"
            " OR p.column13 = 1 AND f.on_day <= p.column8)"
        )
        parts.append((sql, flat(rows)))
    days = [
        (each.stretch.group, each.stretch.low, each.stretch.high, *edge)
        for each in cuts
        if not each.high
        for edge in each.edges
    ]
    if days:
        sql = (
            f"SELECT p.column1 AS grp, f.measure_id, {unit} AS subject,"
            f" f.records AS more FROM ({gateway.table_of(days, EDGE)}) p"
            f" CROSS JOIN figures_fact f WHERE f.measure_id IN ({numbers})"
            " AND f.path >= p.column2 AND f.path < p.column3"
            " AND f.on_day >= p.column4 AND f.on_day <= p.column5"
        )
        parts.append((sql, flat(days)))
    if not parts:
        return []
    every, values = together(parts)
    # What is folded of the days after the whole months, where the unit ever was.
    since = (
        "(SELECT COALESCE(SUM(f.records), 0) FROM {} f"
        " WHERE f.measure_id = x.measure_id AND f.path IN (SELECT r.path"
        " FROM figures_presence r WHERE r.measure_id = x.measure_id"
        " AND r.what = 'u' AND r.subject = x.subject"
        " AND r.path >= q.column2 AND r.path < q.column3)"
        " AND f.on_day >= q.column6 AND f.on_day <= q.column8)"
    )
    folded = f"{since.format('figures_fact')} - {since.format('figures_fresh')}"
    sql = (
        "SELECT 'u', grp, measure_id,"
        " SUM(CASE WHEN had + more > 0 THEN 1 ELSE 0 END"
        " - CASE WHEN had > 0 THEN 1 ELSE 0 END), 0"
        f" FROM (SELECT x.grp, x.measure_id, x.more, {had('u')} +"
        f" CASE WHEN q.column13 = 1 AND q.column6 <= q.column8 THEN {folded}"
        " ELSE 0 END AS had FROM"
        " (SELECT grp, measure_id, subject, SUM(more) AS more"
        f" FROM ({every}) y GROUP BY grp, measure_id, subject) x"
        f" JOIN ({table}) q ON q.column1 = x.grp) z GROUP BY grp, measure_id"
    )
    return [(sql, [*values, *flat(rows)])]
