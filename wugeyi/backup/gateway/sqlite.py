"""SQLite: its own online backup, which takes one moment while people write."""

import gzip
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway.snapshot import Row, Snapshot, count

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
FILE = "wugeyi.sqlite3"
_UNREADABLE = (gzip.BadGzipFile, zlib.error, EOFError)


class SQLite:
    """The configured SQLite file, or the one in another data folder."""

    kind = "sqlite"

    def __init__(self) -> None:
        self.file = Path(str(connection.settings_dict["NAME"]))

    def move_to(self, folder: Path) -> None:
        """Work with the file in another data folder from now on."""
        self.file = folder / FILE
        connection.close()
        connection.settings_dict["NAME"] = str(self.file)

    @contextmanager
    def snapshot(self, scratch: Path) -> Iterator[Snapshot]:
        """Copy the database as it is at one moment; nobody waits for it.

        In WAL mode the copy is one reading transaction: writers go on beside it.
        """
        copy = scratch / "copy.sqlite3"
        connection.ensure_connection()
        live: Any = connection.connection
        with closing(sqlite3.connect(copy)) as target:
            live.backup(target)
            # One plain file; the program sets its own mode when it opens the file.
            target.execute("PRAGMA journal_mode=DELETE")

            def ask(sql: str) -> Iterator[Row]:
                return iter(target.execute(sql))

            def dump(path: Path) -> None:
                with copy.open("rb") as plain, gzip.open(path, "wb", 4) as packed:
                    shutil.copyfileobj(plain, packed, 1 << 20)

            yield Snapshot(ask, dump, _tables(target))

    def is_empty(self) -> bool:
        """Tell whether there is no file, or one without a table."""
        if not self.file.exists() or not self.file.stat().st_size:
            return True
        try:
            with closing(sqlite3.connect(self.file)) as there:
                return not there.execute(TABLES).fetchone()
        except sqlite3.DatabaseError:
            return False

    def prepare(self, dump: Path, rows: dict[str, int]) -> Path:
        """Unpack a dump beside itself and look into it before anything is touched.

        Raises
        ------
        Stopped
            It is not whole.
        """
        plain = dump.with_suffix("")
        try:
            with gzip.open(dump, "rb") as packed, plain.open("wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
            with closing(sqlite3.connect(plain)) as there:
                whole = there.execute("PRAGMA quick_check").fetchone()[0] == "ok"
                same = whole and count(there.execute, _tables(there)) == rows
        except (sqlite3.DatabaseError, *_UNREADABLE) as error:
            raise Stopped(
                _("备份里的数据库打不开：%(error)s。什么都没有改动。")
                % {"error": error}
            ) from error
        if not same:
            raise Stopped(_("备份里的数据库与清单的行数不符。什么都没有改动。"))
        return plain

    @contextmanager
    def replaced(self, prepared: Path, aside: Path) -> Iterator[str]:
        """Put the prepared file in place; any error inside puts the old one back.

        Yields where the old database is kept, or nothing if there was none.

        Raises
        ------
        Stopped
            Another program has the database open.
        """
        connection.close()
        old = aside / FILE
        kept = self.file.exists()
        if kept:
            self._make_alone()
            aside.mkdir(parents=True, exist_ok=True)
            self.file.rename(old)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(prepared, self.file)
            yield str(old) if kept else ""
        except BaseException:
            connection.close()
            for tail in ("", "-wal", "-shm"):
                Path(f"{self.file}{tail}").unlink(missing_ok=True)
            if kept:
                old.rename(self.file)
            raise

    def rows(self) -> dict[str, int]:
        """Count every table as it is now."""
        with closing(sqlite3.connect(self.file)) as there:
            return count(there.execute, _tables(there))

    def tidy(self) -> None:
        """Nothing: the statistics came along in the file."""

    def _make_alone(self) -> None:
        # Leaving WAL mode needs every other connection gone, and folds the log in,
        # so that the database is one file that can be moved.
        try:
            with closing(sqlite3.connect(self.file, timeout=1)) as there:
                mode = there.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = ""
        except sqlite3.DatabaseError:
            return  # no database at all: it is moved aside as it is
        if mode != "delete":
            raise Stopped(
                _(
                    "数据库正在使用。请先停下服务（wugeyi serve），再恢复。什么都没有改动。"
                )
            )


def _tables(there: sqlite3.Connection) -> list[str]:
    return [row[0] for row in there.execute(TABLES).fetchall()]
