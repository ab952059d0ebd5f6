"""Spark on this machine, by Spark's own Python; prints the seconds and the digest."""

import sys
import time
from pathlib import Path

from benchmarks.tally.question import MONTHS, QUESTION
from wugeyi.engines.tally.extract import open_extract
from wugeyi.engines.tally.rollup import digest
from wugeyi.engines.tally.spark import answer, connect, rows_of


def main(folder: Path) -> None:
    session = connect("local[2]", settings={"spark.sql.shuffle.partitions": "4"})
    extract = open_extract(folder, MONTHS, verify=False)
    started = time.perf_counter()
    rows = list(rows_of(answer(session, extract, QUESTION)))
    print(time.perf_counter() - started, digest(rows))
    session.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
