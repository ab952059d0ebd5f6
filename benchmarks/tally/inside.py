"""One contender in a process of its own; prints what it took as JSON.

`python -m benchmarks.tally.inside NAME FOLDER STARTED`, the last one being the time at
which the process was started.
"""

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.tally.contenders import CONTENDERS, rows
from wugeyi.engines.tally.rollup import digest

AGAIN = 2


def main(name: str, folder: Path, started: float) -> None:
    ask = CONTENDERS[name]
    answer = ask(folder)
    first = (time.time() - started, time.process_time())
    again = []
    for _ in range(AGAIN):
        # As at first, nothing of the former answer is left.
        answer = None
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask(folder)
        again.append((time.perf_counter() - wall, time.process_time() - cpu))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = list(rows(answer)) if not isinstance(answer, int) else []
    told = {
        "first": first,
        "again": again,
        "peak_mb": peak,
        "rows": len(found),
        "digest": digest(found) if found else "",
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
