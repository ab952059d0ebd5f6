"""DuckDB as fast as we could make it: whole numbers, month by month, own tables."""

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.tally.question import DEPTHS, MONTHS

THREADS = 2
_TREE = """
CREATE TABLE unit AS SELECT path, place, last, depth FROM read_parquet('{units}');
CREATE TABLE above0 AS SELECT place, node FROM (
  SELECT unnest(range(place, last + 1))::INTEGER AS place, place AS node
  FROM unit WHERE depth = {deepest}) ORDER BY place;
"""
_ABOVE = """
CREATE TABLE above{number} AS
  SELECT lower.place AS place, upper.place AS node FROM unit AS lower
  ASOF JOIN (SELECT place FROM unit WHERE depth = {depth}) AS upper
    ON lower.place >= upper.place WHERE lower.depth = {depth} + 1;
"""
_MONTH = """
CREATE OR REPLACE TABLE sum0 AS
  SELECT node, sum(records) FILTER (measure = 1)::BIGINT AS m1,
    sum(records) FILTER (measure = 2)::BIGINT AS m2,
    sum(records * value) FILTER (measure = 3)::BIGINT AS m3,
    sum(records) FILTER (measure = 5)::BIGINT AS m5
  FROM read_parquet('{facts}') JOIN above0 USING (place)
  WHERE measure IN (1, 2, 3, 5) GROUP BY node;
CREATE OR REPLACE TABLE pair0 AS
  SELECT node, key, sum(records)::INTEGER AS net
  FROM read_parquet('{facts}') JOIN above0 USING (place)
  WHERE measure = 4 AND key IS NOT NULL GROUP BY node, key;
"""
_LEVEL = """
CREATE OR REPLACE TABLE sum{number} AS
  SELECT above{number}.node, sum(m1)::BIGINT AS m1, sum(m2)::BIGINT AS m2,
    sum(m3)::BIGINT AS m3, sum(m5)::BIGINT AS m5
  FROM sum{below} JOIN above{number} ON above{number}.place = sum{below}.node
  GROUP BY ALL;
CREATE OR REPLACE TABLE pair{number} AS
  SELECT above{number}.node, key, sum(net)::INTEGER AS net
  FROM pair{below} JOIN above{number} ON above{number}.place = pair{below}.node
  GROUP BY ALL;
"""
_ANSWER = """
SELECT '{month}' AS period, path, coalesce(m1, 0) AS n1, coalesce(m2, 0) AS n2,
  coalesce(m1, 0) AS d2, coalesce(m3, 0) AS n3, coalesce(m4, 0) AS n4,
  coalesce(m3, 0) AS n5, coalesce(m5, 0) AS d5
FROM (SELECT DISTINCT path, place FROM unit WHERE depth <= {deepest}) AS grid
LEFT JOIN ({sums}) AS sums ON sums.node = grid.place
LEFT JOIN ({people}) AS people ON people.node = grid.place
"""


def answer(folder: Path) -> Any:
    import pyarrow as pa

    deepest = DEPTHS[-1]
    numbers = range(1, len(DEPTHS))
    every = range(len(DEPTHS))
    with duckdb.connect(config={"threads": THREADS}) as base:
        units = folder / str(MONTHS[0]) / "units.parquet"
        base.execute(_TREE.format(units=units, deepest=deepest))
        for number in numbers:
            base.execute(_ABOVE.format(number=number, depth=deepest - number))
        months = []
        for month in MONTHS:
            facts = folder / str(month) / "facts.parquet"
            base.execute(_MONTH.format(facts=facts))
            for number in numbers:
                base.execute(_LEVEL.format(number=number, below=number - 1))
            sums = " UNION ALL ".join(f"SELECT * FROM sum{one}" for one in every)
            people = " UNION ALL ".join(
                f"SELECT node, count(*) AS m4 FROM pair{one} WHERE net > 0 GROUP BY node"
                for one in every
            )
            text = _ANSWER.format(
                month=month, deepest=deepest, sums=sums, people=people
            )
            months.append(base.sql(text).to_arrow_table())
    return pa.concat_tables(months)
