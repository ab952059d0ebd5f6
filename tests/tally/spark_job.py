"""A job on a Spark cluster that says when it is at work; run by Spark's Python.

`python -m tests.tally.spark_job MASTER FOLDER`: prints "running …" when both workers
are busy, waits for a line, prints what came of it as JSON.
"""

import json
import sys
import threading
import time
from pathlib import Path

from tests.tally import scale
from wugeyi.engines.tally.extract import open_extract
from wugeyi.engines.tally.rollup import digest
from wugeyi.engines.tally.spark import answer, connect, rows_of

DEPTHS = (0, 2)
# Small machines: neither much memory nor time for compiling.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    # Many small tasks, one stage as large as the other.
    "spark.sql.shuffle.partitions": "6",
    "spark.sql.adaptive.enabled": "false",
    # Compiling would take longer than the work.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": JAVA,
    "spark.executor.extraJavaOptions": JAVA,
    "spark.default.parallelism": "4",
}


def executors(session) -> int:
    """Those alive; the driver counts itself too."""
    return session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1


def active_tasks(session) -> int:
    tracker = session.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(one) for one in tracker.getActiveStageIds()]
    return sum(stage.numActiveTasks for stage in stages if stage)


def main(master: str, folder: Path) -> None:
    session = connect(master, settings=SETTINGS)
    while executors(session) < 2:
        time.sleep(0.05)
    asked = scale.question(depths=DEPTHS)
    told: dict[str, object] = {"executors_before": executors(session)}
    found: list[str] = []

    def work() -> None:
        rows = rows_of(answer(session, open_extract(folder, asked.months), asked))
        found.append(digest(rows))

    job = threading.Thread(target=work, daemon=True)
    job.start()
    # Each of the two executors has one core: both are at work.
    while job.is_alive() and active_tasks(session) < 2:
        time.sleep(0.01)
    print("running", active_tasks(session), flush=True)
    input()
    told["running_when_killed"] = job.is_alive()
    job.join()
    told["executors_after"] = executors(session)
    told["digest"] = found[0] if found else ""
    print(json.dumps(told), flush=True)
    session.stop()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
