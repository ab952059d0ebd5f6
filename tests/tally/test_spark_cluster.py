"""A standalone cluster on loopback, and one of its two workers killed in mid-job."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.machine import SPARK_PYTHON, WAIT_SECONDS
from tests.tally import scale
from tests.tally.spark_job import DEPTHS, JAVA
from wugeyi.engines.tally.rollup import digest

pytestmark = pytest.mark.spark
ROOT = Path(__file__).resolve().parents[2]


def home():
    """Where pip has put Spark."""
    words = "import pyspark; print(pyspark.__path__[0])"
    done = subprocess.run(
        [SPARK_PYTHON, "-c", words], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    return {
        **{
            name: os.environ[name]
            for name in ("PATH", "JAVA_HOME")
            if name in os.environ
        },
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": str(SPARK_PYTHON),
        "SPARK_HOME": home(),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(tmp_path / "local"),
        "SPARK_NO_DAEMONIZE": "1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": JAVA,
    }


@pytest.fixture
def processes():
    """Whatever was started ends with the test, with what it started itself."""
    started: list[subprocess.Popen] = []
    yield started
    for one in reversed(started):
        kill(one)
        one.wait()


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        assert process.poll() is not None


def daemon(processes, environment, log, *words):
    with log.open("wb") as out:
        started = subprocess.Popen(
            [f"{environment['SPARK_HOME']}/bin/spark-class", *words],
            env=environment,
            stdout=out,
            stderr=out,
            cwd=log.parent,
            start_new_session=True,
        )
    processes.append(started)
    return started


def wait_for(log, text):
    end = time.monotonic() + 3 * WAIT_SECONDS
    while text not in log.read_text(errors="replace"):
        assert time.monotonic() < end, log.read_text(errors="replace")
        time.sleep(0.05)


def test_a_job_survives_a_killed_worker(tmp_path, environment, processes):
    world = scale.world(5, 4000)
    folder = world.write(tmp_path / "extract")
    right = digest(
        scale.answered(world.units, world.facts, scale.question(depths=DEPTHS))
    )
    port = str(free_port())
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    here = ("--host", "127.0.0.1", "--webui-port", "0")
    log = tmp_path / "master.log"
    daemon(
        processes, environment, log, f"{deploy}.master.Master", *here, "--port", port
    )
    wait_for(log, "Starting Spark master")
    size = ("--cores", "1", "--memory", "1g")
    workers = []
    for number in range(2):
        work = ("--work-dir", str(tmp_path / f"work{number}"))
        log = tmp_path / f"worker{number}.log"
        words = (f"{deploy}.worker.Worker", *here, *size, *work, master)
        workers.append(daemon(processes, environment, log, *words))
    for number in range(2):
        wait_for(tmp_path / f"worker{number}.log", "Successfully registered")

    errors = (tmp_path / "job.log").open("w")
    job = subprocess.Popen(
        [str(SPARK_PYTHON), "-m", "tests.tally.spark_job", master, str(folder)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        start_new_session=True,
    )
    errors.close()
    processes.append(job)
    said = job.stdout.readline().split()
    assert said[:1] == ["running"], (tmp_path / "job.log").read_text()
    assert int(said[1]) > 0, "no task was at work"
    # The worker and the executor it started, at once and without a word.
    kill(workers[1])
    told, _ = job.communicate("killed\n", timeout=6 * WAIT_SECONDS)
    found = json.loads(told)
    assert workers[1].wait() == -signal.SIGKILL
    assert found["running_when_killed"]
    assert (found["executors_before"], found["executors_after"]) == (2, 1)
    assert "Lost executor" in (tmp_path / "job.log").read_text()
    assert found["digest"] == right
