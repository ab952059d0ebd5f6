"""Plans of the published seeds: value, bound, time, and what the checker says.

The cases are ``wugeyi.engines.lineplanning.instance``: seeds 1 to 20 of sixty villages
and six buses, seeds 1 to 3 of 120 villages and twelve buses; then the same with growers
who want home at noon.
"""

import statistics
import time

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.checker import check
from wugeyi.engines.lineplanning.packing import solve

SMALL = instance.Size()
MIDDLE = instance.Size(villages=120, large=8, small=4)
NOON = instance.Size(returns=True)
MIDDLE_NOON = instance.Size(villages=120, large=8, small=4, returns=True)
LARGE = instance.Size(villages=200, large=12, small=6)


def run() -> None:
    _warm()
    gaps = [_one(seed, SMALL) for seed in instance.SEEDS]
    print(f"median gap {statistics.median(gaps):.2%}, largest {max(gaps):.2%}")
    for seed in (1, 2, 3):
        _one(seed, MIDDLE)
    print("with returns home at noon")
    gaps = [_one(seed, NOON) for seed in instance.SEEDS]
    print(f"median gap {statistics.median(gaps):.2%}, largest {max(gaps):.2%}")
    for seed in (1, 2, 3):
        _one(seed, MIDDLE_NOON)


def run_large() -> None:
    _warm()
    _one(1, LARGE)


def _warm() -> None:
    """Compile, which a web process does once."""
    solve(instance.case(1, instance.Size(6, 1, 1, 1)))
    print(
        "villages seed requests  buses  left      value      bound     gap  breaches    s  CPU s"
    )


def _one(seed: int, size: instance.Size) -> float:
    case = instance.case(seed, size)
    started, worked = time.perf_counter(), time.process_time()
    plan = solve(case)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    print(
        f"{size.villages:8} {seed:4} {len(case.requests):8} {len(plan.blocks):6}"
        f" {len(plan.left_out):5} {plan.money.value_milli / 1e5:10.2f}"
        f" {plan.bound_milli / 1e5:10.2f} {plan.gap:7.2%} {len(check(case, plan)):9}"
        f" {seconds:4.0f} {cpu:6.0f}",
        flush=True,
    )
    return plan.gap
