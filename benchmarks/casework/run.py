"""Our casework and django-helpdesk, one after the other, on one PostgreSQL server."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.casework import burst, ours, peer_pages, programs, table
from benchmarks.casework.cluster import Server, server
from benchmarks.casework.measure import Ask, Cost, cost, rate, yardstick

OURS, PEER = "wugeyi_bench", "wugeyi_bench_peer"
RATE_SECONDS = 6


@dataclass
class Contender:
    """A program with what is asked of it, and what was found."""

    program: programs.Program
    operations: Callable[[int, dict[str, Any]], dict[str, Ask]]
    creators: Callable[[int, dict[str, Any]], list[Ask]]
    costs: dict[int, dict[str, Cost]] = field(default_factory=dict)
    rates: dict[int, float] = field(default_factory=dict)


def run(sizes: list[int], *, measured: bool = True) -> None:
    """Measure at each size, then the burst; print tables and leave nothing behind."""
    console = Console()
    now = datetime.fromtimestamp(int(time.time()), UTC).isoformat()
    with server() as host, contenders(host, with_peer=measured) as found:
        for size in sizes if measured else []:
            for contender in found:
                measure(console, contender, size, host, now)
        if measured:
            table.compare(console, sizes, *found)
        program = found[0].program
        known = program.prepare(sizes[-1], now)
        with program.serve() as running:
            processes = (running.process, host.postmaster)
            crowd = burst.run(running.port, known, host.database(OURS), processes)
            table.burst(console, crowd)


def measure(
    console: Console, contender: Contender, size: int, host: Server, now: str
) -> None:
    program = contender.program
    known = program.prepare(size, now)
    seconds = known["fill_seconds"]
    console.print(
        f"{program.name}: filled up to {size:,} cases in {seconds:.0f} s;"
        f" yardstick {yardstick():.0f} ms"
    )
    with program.serve() as running:
        asks = contender.operations(running.port, known)
        contender.costs[size] = {
            name: cost(ask, process=running.process, postmaster=host.postmaster)
            for name, ask in asks.items()
        }
        creators = contender.creators(running.port, known)
        contender.rates[size] = rate(creators, seconds=RATE_SECONDS)
    table.costs(console, program.name, size, contender.costs[size])


@contextmanager
def contenders(host: Server, *, with_peer: bool) -> Iterator[list[Contender]]:
    """Make the databases; drop them and every file afterwards."""
    names = (OURS, PEER) if with_peer else (OURS,)
    with tempfile.TemporaryDirectory(prefix="wugeyi-bench-") as name:
        try:
            mine = programs.ours(host.make(OURS), Path(name))
            found = [Contender(mine, ours.operations, ours.creators)]
            if with_peer:
                theirs = programs.peer(host.make(PEER), Path(name))
                found.append(
                    Contender(theirs, peer_pages.operations, peer_pages.creators)
                )
            yield found
        finally:
            for each in names:
                host.drop(each)
