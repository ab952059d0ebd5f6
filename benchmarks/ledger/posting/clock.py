"""CPU seconds of this process and of the database server, whose pid is told."""

import os
import time

from benchmarks.casework.cpu import family_seconds


def cpu() -> float:
    server = os.environ.get("BENCH_POSTMASTER", "")
    return time.process_time() + (family_seconds(int(server)) if server else 0)
