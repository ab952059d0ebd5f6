import contextlib
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import template
from tests.machine import WAIT_SECONDS


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(address, **headers):
    request = urllib.request.Request(address, headers=headers)
    return urllib.request.urlopen(request, timeout=5)


def wait_until(true, seconds=WAIT_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def answers(address):
    try:
        ask(f"{address}/health").close()
    except OSError:
        return False
    return True


def children(pid):
    """The numbers of the processes that a process started, and they in turn."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid and fields[0] != "Z":
                child = int(stat.parent.name)
                found += [child, *children(child)]
    return found


def words_of(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return []


def lives(pid):
    with contextlib.suppress(OSError):
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An installation of its own, on a new SQLite database."""
    folder = tmp_path_factory.mktemp("data")
    env = {
        **os.environ,
        "WUGEYI_DATA_DIR": str(folder),
        "WUGEYI_DATABASE_URL": "",
        "WUGEYI_SECRET_KEY": "of-this-test",
        "DJANGO_SETTINGS_MODULE": "wugeyi.settings",
    }
    shutil.copy(template.migrated(), folder / "wugeyi.sqlite3")
    return env


@contextlib.contextmanager
def started(environment):
    port = free_port()
    words = [sys.executable, "-m", "wugeyi.cli", "serve", f"--port={port}"]
    process = subprocess.Popen(
        [*words, "--workers=2"], env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    assert wait_until(lambda: answers(address)), "the server did not start"
    process.address = address
    yield process
    family = [process.pid, *children(process.pid)]
    process.kill()
    process.wait()
    for pid in family:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def server(environment):
    """One for all who leave it serving."""
    with started(environment) as process:
        yield process


@pytest.fixture
def own_server(environment):
    with started(environment) as process:
        yield process


def test_the_pages_and_their_styles_are_served_compressed_and_kept(server):
    page = ask(f"{server.address}/").read().decode()
    style = re.search(r'href="(/static/ui/built/main\.[0-9a-f]{12}\.css)"', page)
    assert style, "the page names no style of the manifest"
    with ask(server.address + style[1], **{"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"{" in gzip.decompress(answer.read())
    with ask(server.address + style[1], **{"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"


def test_the_periodic_work_runs_beside_the_server_and_is_started_anew(server):
    def companions():
        return [pid for pid in children(server.pid) if "companion" in words_of(pid)]

    assert wait_until(companions)
    first = companions()[0]
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: companions() and first not in companions())


def test_a_server_process_that_dies_is_replaced(server):
    worker = next(p for p in children(server.pid) if "spawn_main" in str(words_of(p)))
    os.kill(worker, signal.SIGKILL)
    assert wait_until(lambda: not lives(worker))
    assert wait_until(lambda: answers(server.address))
    assert server.poll() is None


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_server(own_server, how):
    assert wait_until(lambda: len(children(own_server.pid)) >= 3)
    family = children(own_server.pid)
    own_server.send_signal(how)
    code = own_server.wait(WAIT_SECONDS)
    if how != signal.SIGKILL:
        assert code == 0
    assert wait_until(lambda: not any(map(lives, family)))


def test_a_port_that_is_served_already_is_refused(server, environment):
    port = server.address.rpartition(":")[2]
    for _ in range(3):
        ask(f"{server.address}/health").close()
    words = [sys.executable, "-m", "wugeyi.cli", "serve", f"--port={port}"]
    second = subprocess.run(
        words, env=environment, capture_output=True, text=True, timeout=WAIT_SECONDS
    )
    assert second.returncode == 2
    assert port in second.stderr
    assert "Traceback" not in second.stderr
