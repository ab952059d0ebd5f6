"""The worker beside a real server takes what was asked for, and stops when told."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import template
from tests.machine import WAIT_SECONDS

# Asks for a file of streets to be read, as the page does.
ASK = """
import django; django.setup()
from django.utils import timezone
from tests.casework.world import build
from tests.places.extract import osm_xml
from wugeyi.places import gateway
from wugeyi.places.actions.kinds import install_templates
from wugeyi.places.actions.osm import Sent, keep_osm
world = build()
now = timezone.now()
template = install_templates(by=None, at=now)[0]
name, sha256, _size = gateway.keep([osm_xml()], "")
keep_osm(sent=Sent(name, sha256, "quarter.osm"), organisation=world.community,
         template=template, source="x", data_on=None, by=world["worker"], at=now)
"""


@pytest.fixture
def environment(tmp_path):
    """An installation of its own, on a new SQLite database."""
    folder = tmp_path / "data"
    folder.mkdir()
    env = {
        **os.environ,
        "WUGEYI_DATA_DIR": str(folder),
        "WUGEYI_DATABASE_URL": "",
        "WUGEYI_SECRET_KEY": "of-this-test",
        "DJANGO_SETTINGS_MODULE": "wugeyi.settings",
    }
    shutil.copy(template.migrated(), folder / "wugeyi.sqlite3")
    return env


def python(text: str, environment) -> str:
    words = [sys.executable, "-c", text]
    done = subprocess.run(
        words, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@contextlib.contextmanager
def worker(environment):
    """The process that `wugeyi serve` keeps beside itself."""
    words = [sys.executable, "-m", "wugeyi.cli", "companion", str(os.getpid())]
    process = subprocess.Popen(words, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def tell(environment) -> str:
    """What the database says of the work, without the start of a program."""
    path = Path(environment["WUGEYI_DATA_DIR"]) / "wugeyi.sqlite3"
    with contextlib.closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as there:
        rows = there.execute("SELECT state, attempts, message FROM jobs_work")
        (row,) = rows.fetchall()
    return " ".join(map(str, row)).strip()


def until(wanted, environment) -> str:
    # The first reading may have to compile.
    end = time.monotonic() + 4 * WAIT_SECONDS
    told = ""
    while time.monotonic() < end:
        told = tell(environment)
        if told.startswith(wanted):
            return told
        time.sleep(0.2)
    raise AssertionError(told)


def test_the_worker_reads_what_was_sent_and_begins_again_what_was_cut_off(environment):
    python(ASK, environment)
    with worker(environment) as process:
        until("running 1", environment)
        # Stopped in order: put back at once, no attempt lost.
        process.send_signal(signal.SIGTERM)
        assert process.wait(WAIT_SECONDS) == 0
    told = tell(environment)
    assert told.startswith(("queued 0", "done 1"))
    with worker(environment):
        assert until("done", environment) == "done 1"
