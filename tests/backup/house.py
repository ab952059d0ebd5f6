"""Whole installations on disk, worked by processes of their own."""

import os
import resource
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

START = "import django; django.setup()\n"


class House:
    """A data folder, a database, and the commands run on them."""

    def __init__(self, folder, url=""):
        self.folder = Path(folder)
        self.url = url
        self.key = "tests-only"

    @property
    def environment(self):
        return {
            **os.environ,
            "WUGEYI_DATA_DIR": str(self.folder),
            "WUGEYI_DATABASE_URL": self.url,
            "WUGEYI_SECRET_KEY": self.key,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }

    def command(self, *words):
        return [sys.executable, "-m", "django", *map(str, words)]

    def run(self, *words, largest_file=None):
        """Run a command; `largest_file` bytes stands in for a disk that is full."""

        def narrow():
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        return subprocess.run(
            self.command(*words),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            preexec_fn=narrow if largest_file else None,
        )

    def script(self, text):
        return [sys.executable, "-c", START + textwrap.dedent(text)]

    def do(self, text):
        done = subprocess.run(
            self.script(text),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, text):
        return subprocess.Popen(
            self.script(text), env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def tables(self):
        """Every row of every table, so that two houses can be compared."""
        if self.url:
            there = psycopg.connect(self.url)
            names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        else:
            there = sqlite3.connect(self.folder / "wugeyi.sqlite3")
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
        with closing(there):
            return {
                name: sorted(
                    map(repr, there.execute(f'SELECT * FROM "{name}"').fetchall())
                )
                for (name,) in there.execute(names).fetchall()
            }

    def files(self):
        root = self.folder / "uploads"
        return {
            p.relative_to(root).as_posix(): p.read_bytes()
            for p in root.rglob("*")
            if p.is_file()
        }


FURNISH = """
import random
from datetime import UTC, datetime
from django.db import transaction
from tests.uploads.pictures import photo, saved, sent
from wugeyi.accounts.models import User
from wugeyi.audit import actions as audit
from wugeyi.uploads.actions import store
AT = datetime(2026, 3, 1, tzinfo=UTC)
worker = User.objects.create(username="wang", name="王芳", created_at=AT)
for seed in range(4):
    store(file=sent(saved(photo(320, 240, seed))), by=worker, at=AT)
with transaction.atomic():
    for n in range(30):
        audit.record(action="a.b", subject=None, by=worker, at=AT, after={"n": n})
audit.seal()
audit.publish_head(at=AT)
with transaction.atomic():
    audit.record(action="not.sealed", subject=None, by=worker, at=AT)
"""

# Every transaction: one event and one row elsewhere. Says so after each commit.
WORK = """
import itertools, sys
from datetime import UTC, datetime, timedelta
from django.db import transaction
from tests.uploads.pictures import photo, saved, sent
from wugeyi.accounts.models import User
from wugeyi.audit import actions as audit
from wugeyi.uploads.actions import store
AT = datetime(2026, 3, 1, tzinfo=UTC)
for n in itertools.count():
    if n % 5 == 0:
        store(file=sent(saved(photo(64, 48, 100 + n))), by=None, at=AT)
    with transaction.atomic():
        User.objects.create(username=f"w{n}", name="新人", created_at=AT)
        audit.record(action="w.x", subject=None, by=None, at=AT, after={"n": n})
    print(n, flush=True)
"""


class Servers:
    """Databases made for one test, beside the configured one."""

    def __init__(self, url):
        self.url = url
        self.made = []

    def admin(self, sql):
        with psycopg.connect(self.url, autocommit=True) as there:
            there.execute(sql)

    def create(self, name, template="template0"):
        self.admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.append(name)
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(path=f"/{name}"))

    def drop(self):
        for name in self.made:
            self.admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
