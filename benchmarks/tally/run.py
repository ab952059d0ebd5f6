"""All contenders in turn, three times over, each time in a process of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.casework.measure import yardstick
from benchmarks.tally import data
from benchmarks.tally.contenders import CONTENDERS, THREADS
from benchmarks.tally.question import MONTHS, QUESTION

ROUNDS = 3
# Asked by `run_all` only: it lasts.
ELSEWHERE = {"duckdb, the text by months"}
Told = dict[str, Any]


def run() -> None:
    """Print the table; stop with code 1 if two contenders disagree."""
    console = Console()
    folder = data.prepare(console)
    names = [name for name in CONTENDERS if name not in ELSEWHERE]
    told: dict[str, list[Told]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        console.print(f"yardstick {yardstick():.0f} ms, load {os.getloadavg()[0]:.1f}")
        for name in names:
            told[name].append(process(name, folder))
    show(console, told)
    agree(console, {one["digest"] for each in told.values() for one in each} - {""})


def run_all(facts: int = 2_000_000) -> None:
    """Ask every engine once, of fewer facts; stop with code 1 if two disagree."""
    from benchmarks.tally.tables import TABLES

    console = Console()
    folder = data.prepare(console, facts)
    digests = set()
    for name in CONTENDERS:
        told = process(name, folder)
        if told["digest"]:
            digests.add(told["digest"])
        wall = median(wall for wall, _ in told["again"])
        console.print(f"{name:28}{wall:8.2f} s")
    for name, ask in TABLES.items():
        wall, found = ask(folder)
        digests.add(found)
        console.print(f"{name:28}{wall:8.2f} s")
    agree(console, digests)


def agree(console: Console, digests: set[str]) -> None:
    console.print("One digest:" if len(digests) == 1 else "DIGESTS DIFFER:")
    console.print(*sorted(digests))
    if len(digests) != 1:
        raise SystemExit(1)


def process(name: str, folder: Path) -> Told:
    words = [sys.executable, "-m", "benchmarks.tally.inside", name, str(folder)]
    done = subprocess.run(
        [*words, str(time.time())],
        env={**os.environ, "POLARS_MAX_THREADS": str(THREADS)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: Told = json.loads(done.stdout)
    return found


def show(console: Console, told: dict[str, list[Told]]) -> None:
    table = Table(
        title=f"{data.FACTS:,} facts, {len(MONTHS)} months, "
        f"{sum(data.WIDTHS):,} units, "
        f"{len(QUESTION.indicators)} indicators: medians of {ROUNDS} processes"
    )
    table.add_column("who")
    heads = ("wall s", "CPU s", "wall × ours", "CPU × ours", "from start: wall", "CPU")
    for head in (*heads, "peak MB", "rows"):
        table.add_column(head, justify="right")
    ours = typical(told["ours"])
    for name, each in told.items():
        wall, cpu, first_wall, first_cpu = typical(each)
        table.add_row(
            name,
            f"{wall:.2f}",
            f"{cpu:.2f}",
            f"{wall / ours[0]:.1f}",
            f"{cpu / ours[1]:.1f}",
            f"{first_wall:.2f}",
            f"{first_cpu:.2f}",
            f"{max(one['peak_mb'] for one in each):.0f}",
            f"{each[0]['rows']:,}",
        )
    console.print(table)


def typical(each: list[Told]) -> tuple[float, float, float, float]:
    """Wall and CPU of an answer in a process that has answered; of a new process."""
    again = [pair for one in each for pair in one["again"]]
    return (
        median(wall for wall, _ in again),
        median(cpu for _, cpu in again),
        median(one["first"][0] for one in each),
        median(one["first"][1] for one in each),
    )


if __name__ == "__main__":
    run()
