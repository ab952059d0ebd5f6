"""A crowd comes at once: what happens to what it sends, and how soon it is over.

Reports arrive at moments fixed beforehand, whether earlier ones were answered or not;
what one waits counts from that moment, so a slow server cannot slow the crowd.
"""

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import nan
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from benchmarks.casework import ours
from benchmarks.casework.client import IDLE_SECONDS
from benchmarks.casework.cpu import others_seconds
from benchmarks.casework.measure import rate

CALM_SECONDS = 10
BURST_SECONDS = 30
AFTER_SECONDS = 20
TIMES = 10
# Of what the machine can just bear: what an ordinary hour brings.
ORDINARY = 0.5
CONNECTIONS = 1000
PATIENCE_SECONDS = 60
NOTICEABLE = 3
WINDOW_SECONDS = 2
FEW = 0.05
ACCEPTED, TRY_AGAIN = 302, 503


@dataclass
class Wave:
    """What one stretch of time sent, and how each was answered."""

    name: str
    begins: float
    sent: int = 0
    accepted: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # When each receipt was asked for, and how long it took; seconds.
    waits: list[tuple[float, float]] = field(default_factory=list)
    refusals: list[tuple[float, float]] = field(default_factory=list)
    # Of the machine's processors, the share that anything else kept busy meanwhile.
    others: float = 0.0

    def p95(self) -> float:
        """Return what one of twenty waited longer than for a receipt, in seconds."""
        waits = sorted(waited for _moment, waited in self.waits) or [nan]
        return waits[int(len(waits) * 0.95)]


@dataclass(frozen=True)
class Result:
    """The waves, the sustainable rate, and the reports that are missing or doubled."""

    sustainable: float
    waves: list[Wave]
    lost: int
    doubled: int
    settled_after: float
    latest_after: float


@dataclass(frozen=True)
class Connection:
    """A connection to the server, and when it was last used (seconds of the clock)."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used: float


@dataclass
class Pool:
    """Connections to the server, each used by one request at a time.

    Any of the free ones serves the next, as any phone of a crowd may be next: a
    connection belongs to one of the server's processes, and always taking the last one
    would send everybody to the same process, with the others idle.
    """

    port: int
    free: list[Connection] = field(default_factory=list)
    chance: Random = field(default_factory=lambda: Random(17))
    limit: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(CONNECTIONS)
    )

    async def send(self, request: bytes) -> int:
        """Send a request and return the status of its answer."""
        async with self.limit:
            reader, writer = self.fresh() or await asyncio.open_connection(
                "127.0.0.1", self.port
            )
            try:
                writer.write(request)
                status = await answer(reader)
            except BaseException:
                writer.close()
                raise
            self.free.append(Connection(reader, writer, time.perf_counter()))
            return status

    def fresh(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Take a free connection that the server has not closed, if there is one."""
        while self.free:
            number = self.chance.randrange(len(self.free))
            self.free[number], self.free[-1] = self.free[-1], self.free[number]
            found = self.free.pop()
            if time.perf_counter() - found.used < IDLE_SECONDS:
                return found.reader, found.writer
            found.writer.close()
        return None


async def answer(reader: asyncio.StreamReader) -> int:
    """Read one answer to its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    if headers.get("transfer-encoding") == "chunked":
        while (size := int(await reader.readline(), 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.readexactly(int(headers.get("content-length", "0")))
    return int(lines[0].split()[1])


def request(reporter: ours.Reporter, number: int) -> bytes:
    body = urlencode(reporter.values(number)).encode()
    return (
        "POST /report HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n"
        f"X-Forwarded-For: {ours.address(reporter.seed * 100_003 + number)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def run(
    port: int, known: dict[str, Any], database: str, processes: tuple[int, ...]
) -> Result:
    """Find the sustainable rate, then send the waves and look for every report.

    ``processes`` are the server's and PostgreSQL's first ones: the rest of what keeps
    the machine busy is other people's work.
    """
    sustainable = rate(ours.creators(port, known), seconds=8)
    waves = asyncio.run(crowd(port, known, sustainable, processes))
    accepted = [each for wave in waves for each in wave.accepted]
    lost, doubled = missing(database, accepted)
    return Result(sustainable, waves, lost, doubled, settled(waves), latest(waves))


async def crowd(
    port: int, known: dict[str, Any], sustainable: float, processes: tuple[int, ...]
) -> list[Wave]:
    reporter = ours.Reporter(port, known)
    pool = Pool(port)
    calm = sustainable * ORDINARY
    plan = (
        ("before", CALM_SECONDS, calm),
        ("burst", BURST_SECONDS, sustainable * TIMES),
        ("after", AFTER_SECONDS, calm),
    )
    waves: list[Wave] = []
    tasks: list[asyncio.Task[None]] = []
    began = time.perf_counter()
    due = 0.0
    families = (*processes, os.getpid())
    for name, seconds, per_second in plan:
        waves.append(Wave(name, due))
        before, since = others_seconds(*families), time.perf_counter()
        for moment in moments(due, seconds, per_second):
            await asyncio.sleep(max(0.0, began + moment - time.perf_counter()))
            number = len(tasks)
            report = one(pool, waves[-1], reporter, number, began + moment)
            tasks.append(asyncio.create_task(report))
        passed = (time.perf_counter() - since) * (os.cpu_count() or 1)
        waves[-1].others = (others_seconds(*families) - before) / passed
        due += seconds
    await asyncio.gather(*tasks)
    return waves


def moments(start: float, seconds: float, per_second: float) -> Iterator[float]:
    for number in range(int(seconds * per_second)):
        yield start + number / per_second


async def one(
    pool: Pool, wave: Wave, reporter: ours.Reporter, number: int, moment: float
) -> None:
    """Send one report and note how it went."""
    wave.sent += 1
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            status = await pool.send(request(reporter, number))
    except (OSError, EOFError, TimeoutError) as problem:
        wave.wrong.append(type(problem).__name__)
        return
    waited = time.perf_counter() - moment
    if status == ACCEPTED:
        wave.accepted.append(str(ours.client_id(reporter.seed, number)))
        wave.waits.append((moment, waited))
    elif status == TRY_AGAIN:
        wave.refusals.append((moment, waited))
    else:
        wave.wrong.append(str(status))


def settled(waves: list[Wave]) -> float:
    """Return how many seconds after the burst people last waited unusually long.

    Judged by windows of two seconds and by the same measure as before the burst: one
    of twenty may wait longer, and one of twenty may be turned away. A single request
    that a shared machine held up is not the crowd's doing.
    """
    before, _burst, after = waves
    usual = NOTICEABLE * before.p95()
    first = min(moment for moment, _waited in [*after.waits, *after.refusals])
    windows: dict[int, list[bool]] = {}
    for moment, waited in after.waits:
        number = int((moment - first) / WINDOW_SECONDS)
        windows.setdefault(number, []).append(waited > usual)
    for moment, _waited in after.refusals:
        number = int((moment - first) / WINDOW_SECONDS)
        windows.setdefault(number, []).append(True)
    unusual = [
        number for number, late in windows.items() if sum(late) > len(late) * FEW
    ]
    return (max(unusual) + 1) * WINDOW_SECONDS if unusual else 0.0


def latest(waves: list[Wave]) -> float:
    """Return how many seconds after the burst a single request last waited long."""
    before, _burst, after = waves
    usual = NOTICEABLE * before.p95()
    first = min(moment for moment, _waited in [*after.waits, *after.refusals])
    late = [moment for moment, waited in after.waits if waited > usual]
    late += [moment for moment, _waited in after.refusals]
    return max(late, default=first) - first


def missing(database: str, accepted: list[str]) -> tuple[int, int]:
    """Count accepted reports that no case has, and cases that tell the same twice."""
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT count(*), count(DISTINCT text) FROM casework_case"
            " WHERE client_id = ANY(%s)",
            [[UUID(each) for each in accepted]],
        ).fetchone()
        texts = connection.execute(
            "SELECT count(*) - count(DISTINCT text) FROM casework_case"
            " WHERE recorded_by_id IS NULL AND text LIKE %s",
            [f"{ours.TEXT}%"],
        ).fetchone()
    assert found is not None
    assert texts is not None
    return len(accepted) - found[0], texts[0]
