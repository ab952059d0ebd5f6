"""The same SQL text on tables of SQLite and PostgreSQL, and on Spark.

Filling the tables is not timed.
"""

import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pyarrow.parquet as pq

from benchmarks.casework.cluster import server
from benchmarks.tally.question import MONTHS, QUESTION
from tests.machine import SPARK_PYTHON
from wugeyi.engines.tally.extract import Fact
from wugeyi.engines.tally.rollup import digest, sql

_FACTS = """CREATE TABLE facts (measure integer, path {text}, day date, record bigint,
  records smallint, value bigint, key bigint, dimension text, recorded_at {moment})"""
_UNITS = "CREATE TABLE units (path {text}, valid_from date, valid_until date)"
_STAYS = ["path", "valid_from", "valid_until"]
Took = tuple[float, str]


def sqlite(folder: Path) -> Took:
    with (
        TemporaryDirectory() as home,
        closing(sqlite3.connect(Path(home) / "facts.db")) as base,
    ):
        base.execute(_FACTS.format(text="text", moment="text"))
        base.execute(_UNITS.format(text="text"))
        for rows in facts(folder):
            base.executemany(
                "INSERT INTO facts VALUES (?,?,?,?,?,?,?,?,?)", map(plain, rows)
            )
        base.executemany("INSERT INTO units VALUES (?,?,?)", map(plain, stays(folder)))
        base.commit()
        started = time.perf_counter()
        found = base.execute(sql(QUESTION)).fetchall()
        return time.perf_counter() - started, digest(found)


def plain(row: tuple[object, ...]) -> list[object]:
    """Write dates and moments as Django does."""
    return [
        value
        if value is None or isinstance(value, int | str)
        else str(value).removesuffix("+00:00")
        for value in row
    ]


def postgresql(folder: Path) -> Took:
    with server() as host:
        name = "wugeyi_bench_tally"
        try:
            with psycopg.connect(host.make(name)) as base:
                text = 'text COLLATE "C"'
                base.execute(_FACTS.format(text=text, moment="timestamptz"))
                base.execute(_UNITS.format(text=text))
                for table, batches in (("facts", facts(folder)), ("units", None)):
                    with base.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                        for rows in batches or [stays(folder)]:
                            for row in rows:
                                copy.write_row(row)
                base.commit()
                base.execute("SET work_mem = '512MB'")
                base.execute("ANALYZE")
                started = time.perf_counter()
                found = base.execute(sql(QUESTION)).fetchall()
                return time.perf_counter() - started, digest(found)
        finally:
            host.drop(name)


def spark(folder: Path) -> Took:
    """On this machine, without the time Spark takes to start."""
    words = [str(SPARK_PYTHON), "-m", "benchmarks.tally.on_spark", str(folder)]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(
        words, stdout=subprocess.PIPE, text=True, check=True, env=environment
    )
    wall, found = done.stdout.split()
    return float(wall), found


def facts(folder: Path) -> Iterator[Iterator[tuple[object, ...]]]:
    for month in MONTHS:
        file = pq.ParquetFile(folder / str(month) / "facts.parquet")
        for batch in file.iter_batches(100_000, columns=list(Fact._fields)):
            columns = batch.select(Fact._fields).columns
            yield zip(*(column.to_pylist() for column in columns), strict=True)


def stays(folder: Path) -> Iterator[tuple[object, ...]]:
    table = pq.read_table(folder / str(MONTHS[0]) / "units.parquet", columns=_STAYS)
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


TABLES = {"sqlite": sqlite, "postgresql": postgresql, "spark, this machine": spark}
