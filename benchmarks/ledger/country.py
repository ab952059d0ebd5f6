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
from rich.table import Table

from benchmarks.casework.measure import yardstick
from benchmarks.ledger import villages
from wugeyi.engines.ledger.batch import Writer

BOOKS, VOUCHERS = 600_000, 30
STEP = 2_000
Told = dict[str, Any]


def run(books: int = BOOKS) -> None:
    """Print what both took; stop with code 1 if their sums differ."""
    console = Console()
    folder = prepare(console, books)
    size = (folder / "lines.parquet").stat().st_size / 1e6
    console.print(f"yardstick {yardstick():.0f} ms, load {os.getloadavg()[0]:.1f}")
    table = Table(
        title=f"{books:,} books of {VOUCHERS} vouchers, {size:.0f} MB of Parquet"
    )
    table.add_column("who")
    for head in ("CPU s", "wall s", "peak MB", "rows of trial balances"):
        table.add_column(head, justify="right")
    found = {}
    for name in WHO:
        words = [sys.executable, "-m", "benchmarks.ledger.country", name, str(folder)]
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
        told: Told = json.loads(done.stdout)
        found[name] = told["sums"]
        table.add_row(
            name,
            f"{told['cpu']:.1f}",
            f"{told['wall']:.1f}",
            f"{told['peak_mb']:.0f}",
            f"{told['sums']['rows']:,}",
        )
    console.print(table)
    if len({json.dumps(each, sort_keys=True) for each in found.values()}) != 1:
        console.print(f"SUMS DIFFER: {found}")
        raise SystemExit(1)
    console.print("The same sums of every column and every line.")


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
        "peak_mb": used.ru_maxrss / 1024,
        "sums": sums,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
