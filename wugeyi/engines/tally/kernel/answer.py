"""A question to an extract: by the kernel, or by the SQL text on DuckDB."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib.util import find_spec
from typing import Any

from wugeyi.engines.tally.extract import Closed, ExtractError
from wugeyi.engines.tally.kernel.month import MonthPass
from wugeyi.engines.tally.kernel.nodes import Nodes, nodes_of
from wugeyi.engines.tally.rollup import Question, Row, sql


class Engine(StrEnum):
    """Who answers; ``auto`` is the kernel where it can run."""

    AUTO = "auto"
    KERNEL = "kernel"
    SQL = "sql"


def answer(
    extract: Sequence[Closed],
    question: Question,
    *,
    engine: Engine = Engine.AUTO,
    threads: int = 2,
) -> Any:
    """Answer from the extract's months.

    Parameters
    ----------
    extract
        ``open_extract(folder, question.months)``.
    question
        What is asked.
    engine
        Who answers.
    threads
        At most so many at once; each holds a month's row group.

    Returns
    -------
    pyarrow.Table
        ``period``, ``path``, then ``question.columns`` as 64-bit integers: a row for
        each month and unit that stood there on some day of it, in that order.

    Raises
    ------
    ExtractError
        A month is not there, or a measure was closed with another meaning.
    """
    _check(extract, question)
    if engine is Engine.AUTO:
        engine = Engine.KERNEL if find_spec("numba") else Engine.SQL
    if engine is Engine.KERNEL:
        return by_kernel(extract, question, threads=threads)
    return by_sql(extract, question, threads=threads)


def _check(extract: Sequence[Closed], question: Question) -> None:
    months = tuple(one.manifest.month for one in extract)
    if months != question.months:
        msg = f"opened {', '.join(map(str, months))}; asked for other months"
        raise ExtractError(msg)
    for closed in extract:
        listed = {one.code: one for one in closed.manifest.measures}
        for measure in question.measures:
            if listed.get(measure.code) != measure:
                msg = (
                    f"{closed.folder}: {measure.name} (code {measure.code}, "
                    f"{measure.aggregate}, version {measure.version}) was closed as "
                    f"{listed.get(measure.code)}"
                )
                raise ExtractError(msg)


def by_kernel(extract: Sequence[Closed], question: Question, *, threads: int) -> Any:
    """Answer with the passes of ours; see ``answer``."""
    import pyarrow as pa

    trees: dict[object, Nodes] = {}
    for closed in extract:
        mark = closed.manifest.files[closed.units.name]["sha256"]
        if mark not in trees:
            trees[mark] = nodes_of(closed, question.depths)

    def one(closed: Closed) -> Any:
        tree = trees[closed.manifest.files[closed.units.name]["sha256"]]
        return _month(closed, tree, question)

    with ThreadPoolExecutor(threads) as pool:
        return pa.concat_tables(pool.map(one, extract))


def _month(closed: Closed, nodes: Nodes, question: Question) -> Any:
    import numpy as np
    import pyarrow as pa

    month = MonthPass(closed, nodes, question)
    found = {measure.code: month.totals(measure) for measure in question.measures}
    standing = np.flatnonzero(nodes.standing(closed.manifest.month))
    period = pa.repeat(str(closed.manifest.month), len(standing))
    paths = nodes.paths.take(pa.array(standing))
    columns = [pa.array(found[one.code][standing]) for one in question.taken]
    names = ["period", "path", *question.columns]
    return pa.table([period, paths, *columns], names=names)


def by_sql(
    extract: Sequence[Closed], question: Question, *, threads: int, memory: str = "1GB"
) -> Any:
    """Answer with the SQL text on DuckDB; see ``answer``.

    Each month is asked by itself, so ``memory`` holds for one month.
    """
    import duckdb
    import pyarrow as pa

    parts = []
    for closed in extract:
        month = Question(
            question.indicators,
            (closed.manifest.month,),
            question.depths,
            question.as_of,
        )
        with duckdb.connect(config={"threads": threads, "memory_limit": memory}) as db:
            text = sql(
                month,
                facts=f"read_parquet('{_quoted(closed.facts)}')",
                units=f"read_parquet('{_quoted(closed.units)}')",
            )
            found = db.sql(f"{text}\nORDER BY period, path").to_arrow_table()
        kinds = [pa.string(), pa.string(), *[pa.int64()] * len(question.columns)]
        names = ["period", "path", *question.columns]
        schema = pa.schema(list(zip(names, kinds, strict=True)))
        parts.append(found.cast(schema))
    return pa.concat_tables(parts)


def _quoted(path: object) -> str:
    return str(path).replace("'", "''")


def rows_of(table: Any) -> Iterator[Row]:
    """Give the rows of an answer, as ``digest`` takes them."""
    columns = [column.to_pylist() for column in table.columns]
    return zip(*columns, strict=True)
