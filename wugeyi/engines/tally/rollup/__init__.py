"""Roll-up: indicators × months × every unit of chosen depths, as one SQL text.

A fact is one record entering (+1) or leaving (-1) one measure, at a place of the tree,
on a day. The text runs word for word on SQLite, PostgreSQL, DuckDB and Spark.
"""

from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.rollup.digest import Row, digest
from wugeyi.engines.tally.rollup.question import (
    STEP,
    Asked,
    Month,
    Part,
    Question,
    QuestionError,
    months,
)
from wugeyi.engines.tally.rollup.text import sql

__all__ = [
    "STEP",
    "Aggregate",
    "Asked",
    "Month",
    "Part",
    "Question",
    "QuestionError",
    "Row",
    "digest",
    "months",
    "sql",
]
