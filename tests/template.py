"""The SQLite database as the migrations leave it: made once, copied by all who test.

Migrations take longer than any test, and a database of SQLite is a file.
`python -m tests.template` makes it while the tests are still being collected.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from wugeyi import cli

NAME = "template.sqlite3"


def migrated() -> Path:
    """The file all tables are in. Whoever asks first makes it; others wait."""
    shared = os.environ.get("WUGEYI_TEMPLATE_DIR", str(settings.DATA_DIR))
    path = Path(shared) / NAME
    if not path.exists():
        # In a process of its own: this one may have a connection already.
        subprocess.run(
            [sys.executable, "-m", "tests.template"],
            cwd=Path(__file__).resolve().parents[1],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "WUGEYI_DATA_DIR": shared,
                "WUGEYI_DATABASE_URL": "",
            },
            check=True,
        )
    return path


def copied(name: str) -> None:
    """Lay a fresh copy under this name, whatever an earlier run left there."""
    for ending in ("-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)
    shutil.copyfile(migrated(), name)


def make() -> None:
    """By the door a user takes, in a folder of its own."""
    path = Path(os.environ["WUGEYI_DATA_DIR"]) / NAME
    folder = path.with_suffix(".part")
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        os.environ["WUGEYI_DATA_DIR"] = str(folder)
        if cli.main(["migrate", "--verbosity=0", "--skip-checks"]):
            raise SystemExit("The database of the tests could not be made.")
        # The last connection to close brings everything into the one file.
        connection.close()
        (folder / "wugeyi.sqlite3").replace(path)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    os.environ.setdefault("WUGEYI_SECRET_KEY", "tests-only")
    make()
