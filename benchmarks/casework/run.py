"""Our casework and django-helpdesk, one after the other, on one PostgreSQL server."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.casework import burst, ours, peer_pages, table
from benchmarks.casework.cluster import Server, server
from benchmarks.casework.measure import Ask, Cost, cost, rate
from benchmarks.casework.programs import Program, Running
from benchmarks.casework.programs import ours as our_program
from benchmarks.casework.programs import peer as peer_program

OURS, PEER = "wugeyi_bench", "wugeyi_bench_peer"
RATE_SECONDS = 6

Operations = Callable[[int, dict[str, Any]], dict[str, Ask]]
Creators = Callable[[int, dict[str, Any]], list[Ask]]


def run(sizes: list[int], *, with_peer: bool = True, with_burst: bool = True) -> None:
    """Measure at each size, print a table, and leave nothing behind."""
    console = Console()
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    results: dict[tuple[str, int], dict[str, Cost]] = {}
    rates: dict[tuple[str, int], float] = {}
    with programs(with_peer=with_peer) as (host, pair):
        for size in sizes:
            for program, operations, creators in pair:
                known = program.prepare(size, now)
                console.print(
                    f"{program.name}: {size:,} cases in {known['fill_seconds']:.0f} s"
                )
                with program.serve() as running:
                    found = costs(operations(running.port, known), running, host)
                    results[program.name, size] = found
                    asks = creators(running.port, known)
                    rates[program.name, size] = rate(asks, seconds=RATE_SECONDS)
                table.costs(console, program.name, size, found)
        if with_peer:
            table.compare(console, sizes, results, rates)
        if with_burst:
            program = pair[0][0]
            with program.serve() as running:
                table.burst(console, burst.run(running.port, known_of(program, sizes, now)))


def known_of(program: Program, sizes: list[int], now: str) -> dict[str, Any]:
    return program.prepare(sizes[-1], now)


@contextmanager
def programs(
    *, with_peer: bool
) -> Iterator[tuple[Server, list[tuple[Program, Operations, Creators]]]]:
    """Make both databases on one server; drop them and every file afterwards."""
    with server() as host, tempfile.TemporaryDirectory(prefix="wugeyi-bench-") as name:
        pair = [
            (
                our_program(host.make(OURS), Path(name)),
                ours.operations,
                ours.creators,
            )
        ]
        if with_peer:
            pair.append(
                (
                    peer_program(host.make(PEER), Path(name)),
                    peer_pages.operations,
                    peer_pages.creators,
                )
            )
        try:
            yield host, pair
        finally:
            for database in (OURS, PEER):
                host.drop(database)


def costs(
    operations: dict[str, Ask], running: Running, host: Server
) -> dict[str, Cost]:
    return {
        name: cost(ask, process=running.process, postmaster=host.postmaster)
        for name, ask in operations.items()
    }
