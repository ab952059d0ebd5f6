"""Our plans beside OR-Tools' routing: twenty seeds, best of five of its settings.

Every setting gets as long as our solver took for the seed, in whole seconds rounded up
(``run_equal``), or never less than ``LEAST_SECONDS`` (``run``), many times what ours
took. Two run at once, one on each core, after ours has run alone; building its model is
not counted. Both plans are judged by the engine's
checker, which shares no code with its solver, and valued from their records.
"""

import json
import math
import os
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.accessibility.peers import python_of
from benchmarks.linepeers.plans import Judged, judged, numbers
from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import solve

SETTINGS = (
    "pci-gls",
    "pci-gls-strong",
    "pci-gls-wide",
    "lci-gls-bandit",
    "pci-tabu-bandit",
)
LEAST_SECONDS = 30
PARTS = 4
GOAL = 1.2
PROGRAM = Path(__file__).with_name("peer_ortools.py")


def run(part: int) -> None:
    """Compare a quarter of the seeds, with half a minute for each setting."""
    each = len(instance.SEEDS) // PARTS
    _compare(instance.SEEDS[(part - 1) * each : part * each], LEAST_SECONDS)


def run_equal() -> None:
    """Compare all seeds at equal time."""
    _compare(instance.SEEDS, 1)


def _compare(seeds: tuple[int, ...], least: int) -> None:
    python = python_of("ortools")
    solve(
        instance.case(1, instance.Size(6, 1, 1, 1))
    )  # compiles, as a server does once
    load = os.getloadavg()[0]
    print(
        f"two OR-Tools at once, load before {load:.1f}; yuan; breaches by the checker"
    )
    print(
        "seed      ours  breaches     s  each s "
        + " ".join(f"{name:>15}" for name in SETTINGS)
        + "  dropped  breaches     best  ratio"
    )
    ratios = [_one(python, seed, least) for seed in seeds]
    reached = sum(ratio >= GOAL for ratio in ratios)
    print(
        f"at least {GOAL:.2f} times the best of five: {reached} of {len(ratios)} seeds,"
        f" median {statistics.median(ratios):.3f}, least {min(ratios):.3f}"
    )


def _one(python: Path, seed: int, least: int) -> float:
    case = instance.case(seed)
    started = time.perf_counter()
    plan = solve(case)
    seconds = time.perf_counter() - started
    given = max(least, math.ceil(seconds))
    theirs = _theirs(python, case, given)
    values = [each.plan.money.value_milli / 1e5 for each in theirs]
    best = max(values)
    value = plan.money.value_milli / 1e5
    print(
        f"{seed:4} {value:9.2f} {len(check(case, plan)):9} {seconds:5.1f} {given:7} "
        + " ".join(f"{each:15.2f}" for each in values)
        + f" {sum(each.dropped for each in theirs):8}"
        f" {sum(each.breaches for each in theirs):9} {best:8.2f} {value / best:6.3f}",
        flush=True,
    )
    return value / best


def _theirs(python: Path, case: Case, seconds: int) -> list[Judged]:
    """Return a judged plan for each setting."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.json"
        path.write_text(json.dumps(numbers(case)))
        one = partial(_setting, python, case, path, seconds)
        with ThreadPoolExecutor(2) as both:
            return list(both.map(one, SETTINGS))


def _setting(
    python: Path, case: Case, path: Path, seconds: int, setting: str
) -> Judged:
    words = [str(each) for each in (python, PROGRAM, path, setting, seconds)]
    told = subprocess.run(words, check=True, capture_output=True, text=True)
    return judged(case, json.loads(told.stdout)["buses"])
