"""All trial balances and income statements, by everybody, of the same books."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.casework.measure import yardstick
from benchmarks.ledger import villages
from benchmarks.ledger.contenders import CONTENDERS, YEARS
from benchmarks.ledger.question import periods
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.batch import Writer, opened, parts
from wugeyi.engines.ledger.exports import beancount, journal

BOOKS, VOUCHERS = 208, 600
ROUNDS = 3
# Asked once: they last.
PROGRAMS = {"ledger", "hledger", "beancount"}
SLOW = {"ours, book by book", "ledger", "hledger", "beancount"}
GOALS = {
    "duckdb on Parquet": "≥ 0.5",
    "ledger": "≥ 8",
    "hledger": "≥ 50",
    "beancount": "≥ 100",
}
Told = dict[str, Any]


def run(books: int = BOOKS, vouchers: int = VOUCHERS) -> None:
    """Print the table; stop with code 1 if two disagree."""
    console = Console()
    folder = prepare(console, books, vouchers)
    names = [name for name in CONTENDERS if there(console, name)]
    told: dict[str, list[Told]] = {name: [] for name in names}
    for turn in range(ROUNDS):
        load = os.getloadavg()[0]
        console.print(f"yardstick {yardstick():.0f} ms, load {load:.1f}")
        for name in names:
            if turn == 0 or name not in SLOW:
                told[name].append(process(name, folder))
    show(console, told, books, vouchers)
    agree(console, told)
    slowly(console)


def slowly(console: Console, books: int = 3, vouchers: int = 40) -> None:
    """Hold what is quick to the reference, on books small enough for that."""
    with TemporaryDirectory() as name:
        with Writer(Path(name)) as writer:
            villages.write(writer, 0, books, YEARS, vouchers)
        (part,) = parts(opened(Path(name)), periods(YEARS))
    net = part.statement("2023", "income_statement")["net"]
    rows = 0
    for number, book in enumerate(villages.books(0, books, YEARS, vouchers)):
        for at in range(YEARS):
            first, last = periods(YEARS).first(at), periods(YEARS).last(at)
            assert net[number, at] == reference.income(book, first, last)
            for code, *fen in part.rows(number, at):
                rows += 1
                assert fen == [
                    reference.opening(book, code, first, last),
                    *reference.turnover(book, code, first, last),
                    reference.balance(book, code, last),
                ]
    console.print(f"{rows} rows of small books are those of the slow reference.")


def there(console: Console, name: str) -> bool:
    if name not in {"ledger", "hledger"} or shutil.which(name):
        return True
    console.print(f"{name} is not installed (Debian: apt-get install {name})")
    return False


def prepare(console: Console, books: int, vouchers: int) -> Path:
    """Return the books in every form, made once and kept for the next run."""
    folder = Path("var/bench") / f"ledger-{books}-{vouchers}-{villages.SEED}"
    made = folder / "made.json"
    if made.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    text = folder / "text"
    text.mkdir(parents=True)
    found = villages.books(0, books, YEARS, vouchers)
    with Writer(folder) as writer:
        for book in track(found, "Writing books", books, console=console):
            writer.add(book)
            (text / f"{book.code}.beancount").write_text(beancount(book), "utf-8")
            (text / f"{book.code}.journal").write_text(journal(book), "utf-8")
    seconds = fill(folder)
    console.print(f"SQLite was filled in {seconds:.1f} s")
    made.write_text(json.dumps({"books": books, "vouchers": vouchers}))
    return folder


def fill(folder: Path) -> float:
    base = sqlite3.connect(folder / "lines.sqlite3")
    base.execute(
        "CREATE TABLE lines (book INTEGER, day TEXT, account INTEGER, nature INTEGER,"
        " fen INTEGER)"
    )
    began = time.perf_counter()
    for batch in pq.ParquetFile(folder / "lines.parquet").iter_batches():
        columns = [each.to_pylist() for each in batch.columns]
        columns[1] = [each.isoformat() for each in columns[1]]
        base.executemany(
            "INSERT INTO lines VALUES (?,?,?,?,?)", zip(*columns, strict=True)
        )
    base.commit()
    base.close()
    return time.perf_counter() - began


def process(name: str, folder: Path) -> Told:
    words = [sys.executable, "-m", "benchmarks.ledger.inside", name, str(folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    found: Told = json.loads(done.stdout)
    return found


def show(
    console: Console, told: dict[str, list[Told]], books: int, vouchers: int
) -> None:
    table = Table(
        title=f"{books} villages, {YEARS} years of {vouchers} vouchers: all trial"
        " balances and income statements"
    )
    table.add_column("who")
    heads = ("CPU s from start", "× ours", "goal", "CPU s again", "× ours", "peak MB")
    for head in heads:
        table.add_column(head, justify="right")
    first, again = typical(told["ours"])
    for name, each in told.items():
        whole, work = typical(each)
        table.add_row(
            name,
            f"{whole:.2f}",
            f"{whole / first:.2f}",
            GOALS.get(name, ""),
            f"{work:.3f}" if work else "",
            f"{work / again:.2f}" if work else "",
            "" if name in PROGRAMS else f"{max(one['peak_mb'] for one in each):.0f}",
        )
    console.print(table)


def typical(each: list[Told]) -> tuple[float, float]:
    again = [cpu for one in each for cpu, _ in one["again"]]
    return median(one["first"] for one in each), median(again) if again else 0.0


def agree(console: Console, told: dict[str, list[Told]]) -> None:
    """Hold digests of whole answers to each other, and of what programs tell."""
    failed = False
    for kind in ("whole", "part"):
        found = {
            name: {one[kind] for one in each} - {""}
            for name, each in told.items()
            if any(one[kind] for one in each)
        }
        digests = set().union(*found.values())
        console.print(f"{kind}: {', '.join(found)}:", *sorted(digests))
        if len(digests) != 1:
            console.print(f"DIGESTS DIFFER: {found}")
            failed = True
    if failed:
        raise SystemExit(1)
