"""How much a request costs: CPU of program and database, and how long one waits."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from benchmarks.casework.client import Answer
from benchmarks.casework.cpu import family_seconds

BATCHES = 5
BATCH_SECONDS = 2.0
BATCH_MOST = 60

# Asks once; the number counts up and never repeats.
Ask = Callable[[int], Answer]


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one request; CPU is the median of the batches."""

    cpu: float
    application: float
    p50: float
    p95: float
    requests: int


def cost(ask: Ask, *, process: int, postmaster: int) -> Cost:
    """Ask one after the other, in batches that fit the time one request takes.

    Raises
    ------
    AssertionError
        An answer was an error: what it costs to refuse is not what is measured.
    """
    number = 0
    walls: list[float] = []

    def once() -> float:
        nonlocal number
        answer = ask(number)
        number += 1
        if answer.status >= 400:
            raise AssertionError(f"{answer.status}: {answer.body[:300]!r}")
        return answer.seconds

    warm = [once() for _ in range(6)]
    size = max(3, min(BATCH_MOST, int(BATCH_SECONDS / max(median(warm), 0.001))))
    total, application = [], []
    for _ in range(BATCHES):
        before = family_seconds(process), family_seconds(postmaster)
        walls += [once() for _ in range(size)]
        after = family_seconds(process), family_seconds(postmaster)
        application.append((after[0] - before[0]) / size)
        total.append((after[0] - before[0] + after[1] - before[1]) / size)
    walls.sort()
    return Cost(
        cpu=median(total) * 1000,
        application=median(application) * 1000,
        p50=median(walls) * 1000,
        p95=walls[int(len(walls) * 0.95)] * 1000,
        requests=len(walls),
    )


def yardstick() -> float:
    """Return the CPU ms of a fixed piece of Python: how fast the machine is just now.

    On a shared machine the same work took from 1 to 1.6 times the CPU time within a
    minute; figures of two runs compare only after dividing by this.
    """

    def once() -> float:
        began = time.process_time()
        text = ""
        for number in range(200_000):
            text = f"{number}{text[:20]}"
        return (time.process_time() - began) * 1000

    return median(once() for _ in range(9))


def rate(asks: list[Ask], *, seconds: float) -> float:
    """Return answers a second when each client asks again as soon as it has one."""
    until = time.perf_counter() + seconds

    def client(ask: Ask) -> int:
        done = 0
        while time.perf_counter() < until:
            if ask(done).status >= 400:
                raise AssertionError("an error under load")
            done += 1
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(len(asks)) as pool:
        total = sum(pool.map(client, asks))
    return total / (time.perf_counter() - began)
