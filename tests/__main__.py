"""`python -m tests [pytest's options]`: the suite on SQLite, and on PostgreSQL beside it.

PostgreSQL is tested when WUGEYI_DATABASE_URL names one; then browser tests run once, on
SQLite, and those that need no database run once, beside PostgreSQL. WUGEYI_REQUIRE=postgresql,chromium,gettext turns what is skipped because such
a program is absent into a failure.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.machine import required


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *options]


def environment(database_url: str) -> dict[str, str]:
    kept = {**os.environ, "WUGEYI_DATABASE_URL": database_url}
    # Tests start many processes, each of which would compile every module anew.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


@contextmanager
def data_folder() -> Iterator[dict[str, str]]:
    """Where a run keeps its files; its migrated database is made there meanwhile."""
    with tempfile.TemporaryDirectory(prefix="wugeyi-tests-") as folder:
        inside = {"WUGEYI_DATA_DIR": folder, **environment("")}
        beside = subprocess.Popen([sys.executable, "-m", "tests.template"], env=inside)
        try:
            yield inside
        finally:
            beside.terminate()
            beside.wait()


def on_sqlite(options: list[str]) -> int:
    print("Tests on SQLite", flush=True)
    # Parts that stay together share what a module builds; who is done takes over. One
    # more than there are processors: a test often waits for a browser or a clock.
    workers = str(min(os.cpu_count() or 1, 8) + 1)
    words = command("-n", workers, "--dist", "worksteal", *options)
    with data_folder() as inside:
        return subprocess.run(words, env=inside, check=False).returncode


def on_both(url: str, options: list[str]) -> int:
    """One process for each database, side by side: as fast as two for each in turn.

    What the audit may seal depends on every transaction of the PostgreSQL server, so
    two test processes there would disturb each other.
    """
    with tempfile.TemporaryFile("w+") as output:
        beside = subprocess.Popen(
            command("--share=postgresql", *options),
            env=environment(url),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            print("Tests on SQLite; those on PostgreSQL run beside them", flush=True)
            words = command("--share=sqlite", *options)
            with data_folder() as inside:
                failed = subprocess.run(words, env=inside, check=False).returncode
            print("\nTests on PostgreSQL", flush=True)
            failed = beside.wait() or failed
        finally:
            beside.kill()
        output.seek(0)
        print(output.read(), end="", flush=True)
    return failed


def main(options: list[str]) -> int:
    url = os.environ.get("WUGEYI_DATABASE_URL", "")
    if url:
        return on_both(url, options)
    if "postgresql" in required():
        print("WUGEYI_REQUIRE names postgresql, but WUGEYI_DATABASE_URL is not set.")
        return 1
    return on_sqlite(options)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
