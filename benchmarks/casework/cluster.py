"""A PostgreSQL server to measure on: the one that is named, or a private one.

The private one lives in a temporary folder and listens on loopback only. PostgreSQL
refuses to run as root, so root starts it as the user ``postgres`` of Debian's package.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

# For both programs alike: what any guide to a machine of this size says.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "1GB",
    "effective_cache_size": "8GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "jit": "off",
}


class NoServer(Exception):
    """PostgreSQL is not installed, or not where CPU time could be read."""


@dataclass(frozen=True)
class Server:
    """A running server and the process that all its others descend from."""

    address: str
    postmaster: int

    def database(self, name: str) -> str:
        return f"{self.address}/{name}"

    def make(self, name: str) -> str:
        """Create a database anew and return its address."""
        with psycopg.connect(self.database("postgres"), autocommit=True) as connection:
            for text in (
                "DROP DATABASE IF EXISTS {} WITH (FORCE)",
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'",
            ):
                connection.execute(sql.SQL(text).format(sql.Identifier(name)))
        return self.database(name)

    def drop(self, name: str) -> None:
        with psycopg.connect(self.database("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(name)
                )
            )


@contextmanager
def server() -> Iterator[Server]:
    """Give the server of WUGEYI_DATABASE_URL, or a private one that ends with this."""
    named = os.environ.get("WUGEYI_DATABASE_URL", "")
    if named:
        address = named.rsplit("/", 1)[0]
        yield Server(address, _postmaster_of(address))
        return
    with _private() as server:
        yield server


def _postmaster_of(address: str) -> int:
    with psycopg.connect(f"{address}/postgres") as connection:
        backend = connection.info.backend_pid
        status = Path(f"/proc/{backend}/stat")
        if not status.exists() or "postgres" not in status.read_text():
            raise NoServer("the named PostgreSQL runs on another machine")
        return int(status.read_text().rpartition(")")[2].split()[1])


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    path = shutil.which("initdb")
    if path is None:
        raise NoServer("install PostgreSQL (Debian: apt-get install postgresql)")
    return Path(path).parent


@contextmanager
def _private() -> Iterator[Server]:
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="wugeyi-bench-"))
    data = folder / "data"
    run: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        run = ["runuser", "-u", "postgres", "--"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    try:
        subprocess.run(
            [
                *(*run, programs / "initdb", "-D", data, "-U", "bench"),
                *("--auth=trust", "--encoding=UTF8", "--no-locale"),
            ],
            check=True,
            **quiet,
        )
        port = free_port()
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories={folder} -p {port}"
        control = [*run, programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run(
            [*control, "-l", folder / "log", "-o", options, "start"],
            check=True,
            **quiet,
        )
        try:
            postmaster = int((data / "postmaster.pid").read_text().split()[0])
            yield Server(f"postgresql://bench@127.0.0.1:{port}", postmaster)
        finally:
            subprocess.run([*control, "-m", "fast", "stop"], check=False, **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
