"""Who answers: each a function from the extract's folder to an answer.

Imports stand inside: what a process does not use must not count against it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.tally.question import MONTHS, QUESTION
from wugeyi.engines.tally.definitions import Aggregate

Answer = Any
THREADS = 2
_COLUMNS = {
    Aggregate.COUNT: ["place", "records"],
    Aggregate.SUM: ["place", "value", "records"],
    Aggregate.DISTINCT: ["place", "key", "records"],
}


def ours(folder: Path) -> Answer:
    from wugeyi.engines.tally.extract import open_extract
    from wugeyi.engines.tally.kernel import by_kernel

    extract = open_extract(folder, MONTHS, verify=False)
    return by_kernel(extract, QUESTION, threads=THREADS)


def polars(folder: Path) -> Answer:
    from benchmarks.tally import polars_plan

    return polars_plan.answer(folder)


def duckdb(folder: Path) -> Answer:
    from benchmarks.tally import duckdb_plan

    return duckdb_plan.answer(folder)


def duckdb_text(folder: Path) -> Answer:
    import duckdb as engine

    from wugeyi.engines.tally.rollup import sql

    text = sql(
        QUESTION,
        facts=f"read_parquet('{folder}/*/facts.parquet')",
        units=f"read_parquet('{folder}/{MONTHS[0]}/units.parquet')",
    )
    with engine.connect(config={"threads": THREADS}) as base:
        return base.sql(text).to_arrow_table()


def duckdb_months(folder: Path) -> Answer:
    from wugeyi.engines.tally.extract import open_extract
    from wugeyi.engines.tally.kernel import by_sql

    extract = open_extract(folder, MONTHS, verify=False)
    return by_sql(extract, QUESTION, threads=THREADS)


def one_pass(folder: Path) -> Answer:
    """Read what the question needs, once, and do nothing with it: the limit."""
    from concurrent.futures import ThreadPoolExecutor

    import pyarrow.parquet as pq

    from wugeyi.engines.tally.extract import Closed, open_extract

    def read(closed: Closed) -> int:
        file = pq.ParquetFile(closed.facts)
        rows = 0
        for part in QUESTION.measures:
            content = closed.manifest.content[part.code]
            for one in range(content.first_group, content.first_group + content.groups):
                columns = _COLUMNS[part.aggregate]
                rows += file.read_row_group(
                    one, columns=columns, use_threads=False
                ).num_rows
        return rows

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(read, open_extract(folder, MONTHS, verify=False)))


CONTENDERS: dict[str, Callable[[Path], Answer]] = {
    "ours": ours,
    "polars": polars,
    "duckdb": duckdb,
    "duckdb, the SQL text": duckdb_text,
    "duckdb, the text by months": duckdb_months,
    "reading alone": one_pass,
}


def rows(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """Give the rows of an Arrow table or a Polars frame."""
    if hasattr(answer, "iter_rows"):
        return answer.iter_rows()
    return zip(*(column.to_pylist() for column in answer.columns), strict=True)
