"""600,000 books of 30 vouchers each by the batch path: seconds and memory."""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from benchmarks.casework.measure import yardstick
from benchmarks.ledger import villages
from benchmarks.ledger.inside import peak_mb
from wugeyi.engines.ledger.batch import Writer

BOOKS, VOUCHERS = 600_000, 30
# DuckDB is asked about fewer: of all, its answer goes over 4 GB.
BESIDE = 30_000
STEP = 2_000
Told = dict[str, Any]


def run(books: int = BOOKS, beside: int = BESIDE) -> None:
    """Print what it took; stop with code 1 if sums differ from DuckDB's of fewer books."""
    console = Console()
    found = [measured(console, beside, name) for name in WHO]
    if any(each != found[0] for each in found):
        console.print(f"SUMS DIFFER: {found}")
        raise SystemExit(1)
    console.print("The same sums of every column and every line.")
    measured(console, books, "ours")


def measured(console: Console, books: int, name: str) -> Told:
    folder = prepare(console, books)
    size = (folder / "lines.parquet").stat().st_size / 1e6
    words = [sys.executable, "-m", "benchmarks.ledger.country", name, str(folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    told: Told = json.loads(done.stdout)
    sums: Told = told["sums"]
    console.print(
        f"{books:,} books of {VOUCHERS} vouchers, {size:.0f} MB of Parquet, {name}:"
        f" {told['cpu']:.1f} CPU s, {told['wall']:.1f} s, peak {told['peak_mb']:.0f} MB,"
        f" {sums['rows']:,} rows of trial balances; yardstick {yardstick():.0f} ms,"
        f" load {os.getloadavg()[0]:.1f}"
    )
    return sums


def prepare(console: Console, books: int) -> Path:
    """Return the books, made once and kept for the next run."""
    folder = Path("var/bench") / f"ledger-country-{books}-{villages.SEED}"
    if (folder / "books.parquet").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    with Writer(folder) as writer:
        steps = range(0, books, STEP)
        for first in track(steps, "Writing books", console=console):
            villages.write(writer, first, min(STEP, books - first), 1, VOUCHERS)
    return folder


def ours(folder: Path) -> Told:
    from collections import Counter

    from benchmarks.ledger.question import periods
    from wugeyi.engines.ledger.batch import opened, parts

    sums: Counter[str] = Counter()
    for part in parts(opened(folder), periods(1)):
        sums["rows"] += int(part.posted.sum())
        for name in ("opening_fen", "debit_fen", "credit_fen", "closing_fen"):
            sums[name] += int(abs(getattr(part, name)).sum())
        for key, fen in part.statement("2023", "income_statement").items():
            sums[key] += int(abs(fen).sum())
    return dict(sums)


def duckdb(folder: Path) -> Told:
    import duckdb as base

    from benchmarks.ledger.question import sql

    text = sql(
        f"read_parquet('{folder / 'lines.parquet'}')",
        year="year(day)",
        divide="//",
        years_told=[villages.FIRST_YEAR],
    )
    whole = f"""SELECT CASE WHEN two IS NULL THEN name ELSE '' END AS what, count(*),
      CAST(sum(abs(one)) AS BIGINT), CAST(sum(two) AS BIGINT),
      CAST(sum(three) AS BIGINT), CAST(sum(abs(four)) AS BIGINT)
      FROM ({text}) GROUP BY 1"""
    scratch = folder / "scratch"
    settings = {
        "threads": 2,
        "memory_limit": "4GB",
        "temp_directory": str(scratch),
        "preserve_insertion_order": False,
    }
    with base.connect(config=settings) as connection:
        found = connection.sql(whole).fetchall()
    shutil.rmtree(scratch, ignore_errors=True)
    sums: Told = {}
    for what, many, one, two, three, four in found:
        if what:
            sums[what] = one
        else:
            names = ("rows", "opening_fen", "debit_fen", "credit_fen", "closing_fen")
            sums.update(zip(names, (many, one, two, three, four), strict=True))
    return sums


WHO = {"ours": ours, "duckdb": duckdb}


def main(name: str, folder: Path) -> None:
    began = time.perf_counter()
    sums = WHO[name](folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "wall": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "peak_mb": peak_mb(),
        "sums": sums,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
