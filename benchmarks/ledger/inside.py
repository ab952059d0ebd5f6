"""One contender in a process of its own; prints what it took as JSON.

`python -m benchmarks.ledger.inside NAME FOLDER`. CPU is that of the process since its
start, of its children too.
"""

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.ledger.contenders import CONTENDERS

QUICK_SECONDS = 3


def seconds() -> float:
    used = (
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak_mb() -> float:
    """Return the most memory this process had; ru_maxrss has its parent's at the fork."""
    text = Path("/proc/self/status").read_text()
    line = next(each for each in text.splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main(name: str, folder: Path) -> None:
    ask, tell = CONTENDERS[name]
    answer = ask(folder)
    first = seconds()
    most = peak_mb()
    again = []
    if first < QUICK_SECONDS:
        for _ in range(3):
            answer = None
            began = seconds(), time.perf_counter()
            answer = ask(folder)
            again.append((seconds() - began[0], time.perf_counter() - began[1]))
    whole, part = tell(answer)
    told = {
        "first": first,
        "again": again,
        "peak_mb": most,
        "whole": whole,
        "part": part,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
