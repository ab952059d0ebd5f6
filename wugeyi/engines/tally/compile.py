"""One SQL text per source: what its records give to every measure, one row a record.

The text is plain SQL that SQLite, PostgreSQL, DuckDB and Spark read alike (the checker
refuses what is not). Values are given as ``%s``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wugeyi.engines.tally.definitions import Aggregate, Measure, Source

NOW = re.compile(r":now\b")
MOMENT = "TIMESTAMP WITH TIME ZONE"
DAY = "DATE"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text with the number of times the moment (``:now``) is to be given, in order.

    Columns: record, organisation, recorded (null without), then for each of
    ``measures`` five: on, until, value, key, dimension; ``on`` is null where the record
    does not count.
    """

    sql: str
    nows: int
    measures: tuple[Measure, ...]


WIDTH = 5


def wide(source: Source, measures: Sequence[Measure]) -> Compiled:
    """Compile every measure of a source into one select over its rows."""
    columns = ["s.record", "s.organisation", _or_null(source.recorded, MOMENT)]
    nows = 0
    for measure in measures:
        parts = _columns(measure)
        columns += parts
        nows += sum(len(NOW.findall(part)) for part in parts)
    nows += len(NOW.findall(source.select))
    sql = f"SELECT {', '.join(columns)} FROM ({source.select}) s"  # noqa: S608
    return Compiled(placeholders(sql), nows, tuple(measures))


def narrow(source: Source, measure: Measure) -> Compiled:
    """Compile one measure: only the records that count, for statements over all rows."""
    columns = [
        "s.record AS record",
        "s.organisation AS organisation",
        f"{_or_null(source.recorded, MOMENT)} AS recorded",
        f"s.{measure.on} AS on_day",
        f"{_or_null(measure.until, 'DATE')} AS until_day",
        f"{_value(measure)} AS value",
        f"{_key(measure)} AS subject",
        f"{_dimension(measure)} AS dimension",
    ]
    conditions = [f"s.{measure.on} IS NOT NULL"]
    if measure.where:
        conditions.append(f"({measure.where})")
    sql = (
        f"SELECT {', '.join(columns)} FROM ({source.select}) s"  # noqa: S608
        f" WHERE {' AND '.join(conditions)}"
    )
    return Compiled(placeholders(sql), len(NOW.findall(sql)), (measure,))


def placeholders(sql: str) -> str:
    """Write ``:now`` as ``%s`` and protect every other percent sign."""
    return NOW.sub("%s", sql.replace("%", "%%"))


def _columns(measure: Measure) -> list[str]:
    day = f"s.{measure.on}"
    if measure.where:
        day = f"CASE WHEN {measure.where} THEN {day} END"
    return [
        day,
        _or_null(measure.until, DAY),
        _value(measure),
        _key(measure),
        _dimension(measure),
    ]


def _or_null(column: str, kind: str) -> str:
    return f"s.{column}" if column else f"CAST(NULL AS {kind})"


def _value(measure: Measure) -> str:
    if measure.aggregate in (Aggregate.SUM, Aggregate.LATEST) and measure.value:
        return f"COALESCE(s.{measure.value}, 0)"
    return "0"


def _key(measure: Measure) -> str:
    if measure.aggregate is Aggregate.DISTINCT and measure.key:
        return f"COALESCE(CAST(s.{measure.key} AS VARCHAR(120)), '')"
    return "''"


def _dimension(measure: Measure) -> str:
    if measure.dimension:
        return f"COALESCE(CAST(s.{measure.dimension} AS VARCHAR(60)), '')"
    return "''"
