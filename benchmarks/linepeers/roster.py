"""Rosters of the published seeds: eighteen drivers, four weeks, how long, how sure.

The drivers and duties are ``wugeyi.engines.lineplanning.roster.instance``. Below, the
same duties with fewer drivers: the least number with which no day is single, and what
is said where there are too few.
"""

import time

from wugeyi.engines.lineplanning.checker import check_roster
from wugeyi.engines.lineplanning.findings import Refused
from wugeyi.engines.lineplanning.roster import RosterRules, Work, instance, rostered

SEEDS = tuple(range(1, 11))


def run() -> None:
    rostered(
        instance.drivers(1, 6, 7),
        instance.duties(1, 1, 1),
        first_day=instance.FIRST_DAY,
        days=7,
        work=Work(steps=1000, rounds=1),
    )
    print("drivers seed duties single bound proven changes breaches    s  CPU s")
    for seed in SEEDS:
        _one(18, seed)
    for many in (17, 16, 15):
        _one(many, 1)


def _one(many: int, seed: int) -> None:
    drivers, duties = instance.drivers(seed, many), instance.duties(seed)
    first = instance.FIRST_DAY
    started, worked = time.perf_counter(), time.process_time()
    try:
        made = rostered(drivers, duties, first_day=first)
    except Refused as problem:
        seconds = time.perf_counter() - started
        print(f"{many:7} {seed:4} refused after {seconds:.0f} s: {problem}", flush=True)
        return
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    found = check_roster(drivers, duties, RosterRules(), made, first_day=first)
    print(
        f"{many:7} {seed:4} {len(made.assignments):6} {made.single_days:6}"
        f" {made.bound:5} {made.proven!s:>6} {made.bus_changes:7} {len(found):8}"
        f" {seconds:4.1f} {cpu:6.1f}",
        flush=True,
    )
