"""Posting with all guarantees beside django-hordak and django-ledger, on both databases."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.accessibility.peers import ROOT, python_of
from benchmarks.casework.cluster import Server, server
from benchmarks.casework.measure import yardstick
from benchmarks.ledger.posting import drawn

ONE = 1_500
MANY = 20_000
PEERS = {
    "hordak": ("django-hordak", 600, 5),
    "django_ledger": ("django-ledger", 300, 10),
}
INSIDE = Path(__file__).parent
Told = dict[str, Any]


def run(one: int = ONE, many: int = MANY) -> None:
    console = Console()
    with tempfile.TemporaryDirectory(prefix="wugeyi-bench-") as name, server() as host:
        folder = Path(name)
        drawn.write(folder / "vouchers.json", one)
        for database in ("SQLite", "PostgreSQL"):
            load = os.getloadavg()[0]
            console.print(f"yardstick {yardstick():.0f} ms, load {load:.1f}")
            told = {
                who: ask(who, database, folder, host, one, many)
                for who in ("ours", *PEERS)
            }
            show(console, database, told)


def ask(who: str, kind: str, folder: Path, host: Server, one: int, many: int) -> Told:
    name = f"wugeyi_bench_{who}"
    file = folder / f"{who}.sqlite3"
    on_server = kind == "PostgreSQL"
    address = host.make(name) if on_server else str(file)
    env = {
        **os.environ,
        "BENCH_POSTMASTER": str(host.postmaster) if on_server else "",
        "PYTHONPATH": str(ROOT),
    }
    try:
        if who == "ours":
            return ours(address, folder, env, (one, many))
        return peer(who, address, folder, env)
    finally:
        if kind == "PostgreSQL":
            host.drop(name)
        for each in folder.glob(f"{who}.sqlite3*"):
            with suppress(FileNotFoundError):
                each.unlink()


def ours(
    address: str, folder: Path, env: dict[str, str], sizes: tuple[int, int]
) -> Told:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    for each in home.glob("wugeyi.sqlite3*"):
        each.unlink()
    env |= {
        "WUGEYI_DATABASE_URL": address if address.startswith("postgresql:") else "",
        "WUGEYI_DATA_DIR": str(home),
        "WUGEYI_SECRET_KEY": "only-for-measuring",
        "DJANGO_SETTINGS_MODULE": "wugeyi.settings",
    }
    words = ["-m", "benchmarks.ledger.posting.inside", str(folder / "vouchers.json")]
    return asked([sys.executable, *words, *map(str, sizes)], env)


def peer(who: str, address: str, folder: Path, env: dict[str, str]) -> Told:
    name, many, _ = PEERS[who]
    env |= {
        "BENCH_PEER": who,
        "BENCH_DATABASE": address,
        "DJANGO_SETTINGS_MODULE": "benchmarks.ledger.posting.peer_settings",
    }
    python = python_of(name.removeprefix("django-") if who == "hordak" else name)
    words = [str(python), str(INSIDE / f"peer_{who}.py"), str(folder / "vouchers.json")]
    return asked([*words, str(many)], env)


def asked(words: list[str], env: dict[str, str]) -> Told:
    done = subprocess.run(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{words[1:3]} failed")
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def show(console: Console, database: str, told: dict[str, Told]) -> None:
    mine = told["ours"]
    table = Table(title=f"Posting one at a time, {database}")
    table.add_column("who")
    heads = ("vouchers a second", "ours ×", "goal", "CPU ms", "ours ×", "p99 ms")
    for head in (*heads, "refused"):
        table.add_column(head, justify="right")
    rate = a_second(mine["one"])
    for who, each in told.items():
        name, _, goal = PEERS.get(who, ("ours", 0, 0))
        held = each.get("one", each)
        table.add_row(
            name,
            f"{a_second(held):.0f}",
            f"{rate / a_second(held):.1f}",
            f"≥ {goal}" if goal else "",
            f"{held['cpu_ms']:.2f}",
            f"{held['cpu_ms'] / mine['one']['cpu_ms']:.1f}",
            f"{quantiles(held['seconds'], n=100)[98] * 1000:.1f}",
            str(held.get("refused", 0)),
        )
    console.print(table)
    many, goal = mine["many"], 10_000 if database == "SQLite" else 5_000
    console.print(
        f"Import: {many['rate']:,.0f} vouchers a second as one act (goal ≥ {goal:,}),"
        f" {many['by_500']:,.0f} by 500; plain inserts {mine['plain']['rate']:,.0f}, so"
        f" {many['rate'] / mine['plain']['rate']:.2f} of them; a CPU second takes"
        f" {many['cpu_rate']:,.0f}, and {mine['plain']['cpu_rate']:,.0f} plain ones"
    )
    whole, sums = mine["statements"]["all"], mine["statements"]["sums"]
    console.print(
        f"Statements of a village of three years: p50 {median(whole) * 1000:.1f} ms,"
        f" p95 {quantiles(whole, n=20)[18] * 1000:.1f} ms (goal ≤ 10), of it sums from"
        f" the database {median(sums) * 1000:.1f} and {quantiles(sums, n=20)[18] * 1000:.1f}"
    )
    checked = mine["verify"]
    console.print(
        f"Verifying {checked['vouchers']:,} vouchers from the database:"
        f" {checked['rate']:,.0f} a second (goal ≥ 50,000), a CPU second"
        f" {checked['cpu_rate']:,.0f}; peak {checked['peak_mb']:.0f} MB"
        f" ({checked['before_mb']:.0f} before)"
    )


def a_second(told: Told) -> float:
    return 1 / (sum(told["seconds"]) / len(told["seconds"]))
