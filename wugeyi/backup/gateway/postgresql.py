"""PostgreSQL: pg_dump on an exported snapshot, pg_restore in one transaction."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway import rights
from wugeyi.backup.gateway.snapshot import Row, Snapshot, count

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
ASIDE = "before_restore_"
_TAIL = 2_000


class PostgreSQL:
    """The configured PostgreSQL database."""

    kind = "postgresql"

    def move_to(self, folder: Path) -> None:
        """Nothing: the database is where WUGEYI_DATABASE_URL says."""

    @contextmanager
    def snapshot(self, scratch: Path) -> Iterator[Snapshot]:
        """Hold one moment; pg_dump reads the same moment; nobody waits for it."""
        _program("pg_dump")
        with transaction.atomic():
            _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            (name,) = _ask("SELECT pg_export_snapshot()")[0]

            def dump(path: Path) -> None:
                _call(
                    "pg_dump",
                    "--format=custom",
                    "--compress=4",
                    f"--snapshot={name}",
                    f"--exclude-schema={ASIDE}*",
                    f"--file={path}",
                )

            yield Snapshot(_ask, dump, _tables())

    def is_empty(self) -> bool:
        """Tell whether the schema ``public`` has no table."""
        return not _tables()

    def prepare(self, dump: Path, rows: dict[str, int]) -> Path:
        """Look whether pg_restore can read the dump before anything is touched."""
        _call("pg_restore", "--list", str(dump))
        return dump

    @contextmanager
    def replaced(self, prepared: Path, aside: Path) -> Iterator[str]:
        """Restore in one transaction; any error inside puts the old tables back.

        The old tables are kept in a schema of their own. Yields its name, or nothing
        if there were no tables.

        Raises
        ------
        Stopped
            Others are connected, or pg_restore failed.
        """
        others = _ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if others[0][0]:
            raise Stopped(
                _(
                    "数据库正在使用。请先停下服务（wugeyi serve），再恢复。什么都没有改动。"
                )
            )
        old = "" if self.is_empty() else ASIDE + aside.name.rsplit("-", 1)[-1].lower()
        if old:
            with transaction.atomic():
                _run(f'ALTER SCHEMA public RENAME TO "{old}"')
                _run("CREATE SCHEMA public")
        connection.close()
        try:
            _call(
                "pg_restore",
                "--exit-on-error",
                "--single-transaction",
                "--no-owner",
                "--no-privileges",
                f"--dbname={connection.settings_dict['NAME']}",
                str(prepared),
            )
            yield old
        except BaseException:
            connection.close()
            with transaction.atomic():
                _run("DROP SCHEMA public CASCADE")
                _run(
                    f'ALTER SCHEMA "{old}" RENAME TO public'
                    if old
                    else "CREATE SCHEMA public"
                )
            raise

    def rows(self) -> dict[str, int]:
        """Count every table as it is now."""
        return count(_ask, _tables())

    def tidy(self) -> None:
        """Gather the planner's statistics and grant rights, which no dump of ours holds."""
        role = rights.application_role()
        if role:
            rights.grant(role)
        _run("ANALYZE")


def _tables() -> list[str]:
    return [str(row[0]) for row in _ask(TABLES)]


def _ask(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise Stopped(
            _(
                "找不到 %(name)s。请安装 PostgreSQL 的客户端程序（例如 postgresql-client）。"
            )
            % {"name": name}
        )
    return path


def _call(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment."""
    options = connection.settings_dict
    given = {
        "PGHOST": options["HOST"],
        "PGPORT": options["PORT"],
        "PGUSER": options["USER"],
        "PGPASSWORD": options["PASSWORD"],
        "PGDATABASE": options["NAME"],
    }
    done = subprocess.run(  # noqa: S603 (no shell, own arguments)
        [_program(name), *arguments],
        env={
            **os.environ,
            **{key: str(value) for key, value in given.items() if value},
        },
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Stopped(
            _("%(name)s 没有成功：%(error)s")
            % {"name": name, "error": done.stderr.strip()[-_TAIL:]}
        )
