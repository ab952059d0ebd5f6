"""Starting ours and the peer: each on its own database, served the same way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.casework.client import Client
from benchmarks.casework.cluster import free_port

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
PEER_LOCK = ROOT / "requirements" / "helpdesk.txt"
PATIENCE = 120
WORKERS = 2


class Failed(Exception):
    """A program did not start or answered wrongly."""


@dataclass(frozen=True)
class Program:
    """How to fill and serve one of the two."""

    name: str
    python: str
    inside: str
    serving: tuple[str, ...]
    env: dict[str, str]
    home: str

    def prepare(self, count: int, now: str) -> dict[str, Any]:
        """Fill the database up to ``count``; return what ``inside`` knows."""
        words = [self.python, "-m", self.inside, str(count), now]
        done = subprocess.run(
            words, env=self.env, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        if done.returncode:
            raise Failed(f"{self.name} could not be filled")
        return json.loads(done.stdout.splitlines()[-1])

    @contextmanager
    def serve(self) -> Iterator["Running"]:
        port = free_port()
        words = [self.python, *self.serving, str(port)]
        process = subprocess.Popen(
            words, env=self.env, cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(port, self.home, process)
            yield Running(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Running:
    """A program that answers."""

    port: int
    process: int


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if Client(port).get(path).status < 500:
                return
        except OSError:
            time.sleep(0.2)
    raise Failed("the server does not answer")


def ours(database: str, folder: Path) -> Program:
    return Program(
        name="wugeyi",
        python=sys.executable,
        inside="benchmarks.casework.inside",
        serving=(
            *("-m", "wugeyi.cli", "serve", "--no-tick"),
            *("--workers", str(WORKERS), "--port"),
        ),
        env={
            **os.environ,
            "WUGEYI_DATABASE_URL": database,
            "WUGEYI_DATA_DIR": str(folder),
            "WUGEYI_SECRET_KEY": "only-for-measuring",
            # Every reporter has an address of their own, as the proxy would tell.
            "WUGEYI_PROXIES": "1",
            "DJANGO_SETTINGS_MODULE": "wugeyi.settings",
        },
        home="/",
    )


def peer(database: str, folder: Path) -> Program:
    return Program(
        name="django-helpdesk",
        python=str(peer_python()),
        inside="benchmarks.casework.peer.inside",
        serving=("-m", "benchmarks.casework.peer.serve"),
        env={
            **os.environ,
            "WUGEYI_DATABASE_URL": database,
            "WUGEYI_DATA_DIR": str(folder),
            "PYTHONPATH": str(ROOT),
        },
        home="/login/",
    )


def peer_python() -> Path:
    """Return the peer's own Python, installed from its lock if that changed."""
    folder = BUILD / "bench-venv"
    python, stamp = folder / "bin" / "python", folder / ".lock"
    lock = PEER_LOCK.read_text()
    if not stamp.exists() or stamp.read_text() != lock:
        base = getattr(sys, "_base_executable", sys.executable)
        subprocess.run([base, "-m", "venv", "--clear", folder], check=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "-qq"]
        subprocess.run(
            [*pip, "install", "--require-hashes", "-r", PEER_LOCK], check=True
        )
        stamp.write_text(lock)
    return python
