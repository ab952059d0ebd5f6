"""The one SQL text of a question.

It keeps to what SQLite, PostgreSQL, DuckDB and Spark share word for word, so there is
no dialect to translate into: two-argument casts, plain literals for dates, no names
that one of them reserves. Facts are grouped once at the deepest level asked for; each
level above is grouped from the one below it, never from the facts again. Distinct
keys go up the same way, as pairs of unit and key with what is left of their records.
"""

# Only numbers, dates and the names of two relations are put into the text.
# ruff: noqa: S608

from collections.abc import Iterable

from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.rollup.question import STEP, Part, Question

_ADDITIVE = (Aggregate.COUNT, Aggregate.SUM)
_WHAT = {
    Aggregate.COUNT: "records",
    Aggregate.SUM: "records * value",
    Aggregate.LATEST: "value",
}


def sql(question: Question, *, facts: str = "facts", units: str = "units") -> str:
    """Write the question as SQL.

    Parameters
    ----------
    question
        What is asked.
    facts
        A table, view or select in parentheses with the columns ``measure`` (code),
        ``path``, ``day`` (local date), ``record`` (its number), ``records`` (+1 or
        -1), ``value``, ``key`` (null where nothing is to be told apart) and
        ``recorded_at`` (UTC).
    units
        The same with ``path``, ``valid_from`` and ``valid_until`` (dates; the last
        one is the first day on which it no longer stands there, or null).

    Returns
    -------
    str
        A select of ``period`` (like 2026-09), ``path`` and ``question.columns``: a row
        for every month and every unit of the depths that stood there on some day of
        it, 0 where there is nothing to count; in no particular order.
    """
    parts = [_fact(question, facts)]
    sources: list[str] = []
    additive = question.of(*_ADDITIVE)
    if additive:
        parts += _sums(question, "base", _base(question, additive), additive)
        sources += _levels(question, "base", additive)
    latest = question.of(Aggregate.LATEST)
    if latest:
        parts += _last(question, latest)
        sources += _levels(question, "stock", latest)
    distinct = question.of(Aggregate.DISTINCT)
    if distinct:
        parts += _pairs(question, distinct)
        sources += _counted(question, distinct)
    parts.append("part AS (\n  " + "\n  UNION ALL ".join(sources) + "\n)")
    names = [_name(measure) for measure in question.measures]
    parts.append(
        f"total AS (\n  SELECT period, node, {_summed(names)}\n"
        "  FROM part GROUP BY period, node\n)"
    )
    parts += _grid(question, units)
    return "WITH " + ",\n".join(parts) + "\n" + _answer(question)


def _name(measure: Part) -> str:
    return f"m{measure.code}"


def _summed(names: Iterable[str]) -> str:
    return ", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in names)


def _codes(measures: Iterable[Part]) -> str:
    return ", ".join(str(measure.code) for measure in measures)


def _fact(question: Question, facts: str) -> str:
    first, end = question.months[0].first, question.months[-1].next.first
    choices = " ".join(
        f"WHEN day < '{month.next.first}' THEN {number}"
        for number, month in enumerate(question.months[:-1])
    )
    last = len(question.months) - 1
    period = f"CASE {choices} ELSE {last} END" if choices else str(last)
    known = ""
    if question.as_of_text is not None:
        known = f"\n    AND recorded_at <= '{question.as_of_text}'"
    return (
        f"fact AS (\n  SELECT {period} AS period,\n"
        "    measure, path, day, record, records, value, key, recorded_at\n"
        f"  FROM {facts} AS source\n"
        f"  WHERE day >= '{first}' AND day < '{end}'\n"
        f"    AND measure IN ({_codes(question.measures)}){known}\n)"
    )


def _column(measure: Part) -> str:
    what = _WHAT[measure.aggregate]
    chosen = f"CASE WHEN measure = {measure.code} THEN {what} ELSE 0 END"
    return f"CAST(SUM({chosen}) AS BIGINT) AS {_name(measure)}"


def _base(question: Question, measures: tuple[Part, ...]) -> str:
    node = f"SUBSTR(path, 1, {question.lengths[0]})"
    return (
        f"SELECT period, {node} AS node, {', '.join(map(_column, measures))}\n"
        f"  FROM fact WHERE measure IN ({_codes(measures)})\n"
        f"  GROUP BY period, {node}"
    )


def _sums(
    question: Question, name: str, base: str, measures: tuple[Part, ...]
) -> list[str]:
    """Add up at the deepest level, then level by level upwards."""
    columns = _summed(map(_name, measures))
    parts = [f"{name}0 AS (\n  {base}\n)"]
    for number, length in enumerate(question.lengths[1:], 1):
        node = f"SUBSTR(node, 1, {length})"
        parts.append(
            f"{name}{number} AS (\n  SELECT period, {node} AS node, {columns}\n"
            f"  FROM {name}{number - 1} GROUP BY period, {node}\n)"
        )
    return parts


def _levels(question: Question, name: str, own: tuple[Part, ...]) -> list[str]:
    """Take of each level the units that stand on it: a fact may lie above the deepest."""
    columns = ", ".join(
        _name(one) if one in own else f"0 AS {_name(one)}" for one in question.measures
    )
    return [
        f"SELECT period, node, {columns} FROM {name}{number}"
        f" WHERE LENGTH(node) = {length}"
        for number, length in enumerate(question.lengths)
    ]


def _last(question: Question, measures: tuple[Part, ...]) -> list[str]:
    """Take at each level each unit's last value: a moved unit has one, not two."""
    columns = ", ".join(map(_column, measures))
    line = "period, measure, path, record, day, value"
    parts = [
        f"standing AS (\n  SELECT {line}, MAX(recorded_at) AS entered\n"
        f"  FROM fact WHERE measure IN ({_codes(measures)})\n"
        f"  GROUP BY {line} HAVING SUM(records) > 0\n)"
    ]
    for number, length in enumerate(question.lengths):
        node = f"SUBSTR(path, 1, {length})"
        parts.append(
            f"stock{number} AS (\n  SELECT period, node, {columns} FROM (\n"
            f"    SELECT period, measure, {node} AS node, value, ROW_NUMBER() OVER (\n"
            f"      PARTITION BY period, measure, {node}, "
            f"SUBSTR(path, LENGTH(path) - {STEP - 1}, {STEP})\n"
            "      ORDER BY day DESC, entered DESC, value DESC) AS place\n"
            f"    FROM standing WHERE LENGTH(path) >= {length}\n"
            "  ) AS ranked WHERE place = 1 GROUP BY period, node\n)"
        )
    return parts


def _pairs(question: Question, measures: tuple[Part, ...]) -> list[str]:
    deepest = f"SUBSTR(path, 1, {question.lengths[0]})"
    parts = [
        f"pair0 AS (\n  SELECT period, measure, {deepest} AS node, key,\n"
        "    CAST(SUM(records) AS BIGINT) AS net\n"
        f"  FROM fact WHERE measure IN ({_codes(measures)}) AND key IS NOT NULL\n"
        f"  GROUP BY period, measure, {deepest}, key\n)"
    ]
    for number, length in enumerate(question.lengths[1:], 1):
        node = f"SUBSTR(node, 1, {length})"
        parts.append(
            f"pair{number} AS (\n  SELECT period, measure, {node} AS node, key,\n"
            "    CAST(SUM(net) AS BIGINT) AS net\n"
            f"  FROM pair{number - 1} GROUP BY period, measure, {node}, key\n)"
        )
    return parts


def _counted(question: Question, own: tuple[Part, ...]) -> list[str]:
    columns = ", ".join(
        f"CAST(SUM(CASE WHEN measure = {one.code} THEN 1 ELSE 0 END) AS BIGINT)"
        f" AS {_name(one)}"
        if one in own
        else f"0 AS {_name(one)}"
        for one in question.measures
    )
    return [
        f"SELECT period, node, {columns} FROM pair{number}"
        f" WHERE net > 0 AND LENGTH(node) = {length} GROUP BY period, node"
        for number, length in enumerate(question.lengths)
    ]


def _grid(question: Question, units: str) -> list[str]:
    """List every month with the units that stood on their place on some day of it."""
    listed = ", ".join(map(str, question.lengths))
    rows = [
        f"SELECT {number} AS period, '{month}' AS name, path FROM stay"
        f" WHERE valid_from < '{month.next.first}'"
        f" AND (valid_until IS NULL OR valid_until > '{month.first}')"
        for number, month in enumerate(question.months)
    ]
    return [
        "stay AS (\n  SELECT path, valid_from, valid_until\n"
        f"  FROM {units} AS source WHERE LENGTH(path) IN ({listed})\n)",
        "grid AS (\n  SELECT DISTINCT period, name, path FROM (\n    "
        + "\n    UNION ALL ".join(rows)
        + "\n  ) AS standing_there\n)",
    ]


def _answer(question: Question) -> str:
    columns = ", ".join(
        f"COALESCE(total.{_name(measure)}, 0) AS {column}"
        for column, measure in zip(question.columns, question.taken, strict=True)
    )
    return (
        f"SELECT grid.name AS period, grid.path AS path, {columns}\n"
        "FROM grid LEFT JOIN total\n"
        "  ON total.period = grid.period AND total.node = grid.path"
    )
