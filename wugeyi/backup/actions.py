"""Making a backup while people work, and going back to one."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wugeyi.audit import actions as audit
from wugeyi.audit import queries as audit_queries
from wugeyi.audit.actions.heads import heads_file
from wugeyi.audit.rules import parse_head
from wugeyi.backup import archive, gateway
from wugeyi.backup.errors import Stopped
from wugeyi.backup.rules import BUSLINES, HEADS, PLACES, UPLOADS, Manifest
from wugeyi.books.actions.heads import heads_file as books_heads_file
from wugeyi.books.queries import verification as books
from wugeyi.uploads.rules import thumb_of


def _quiet(count: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought, and what its self check found."""

    manifest: Manifest
    kept: list[str]
    """Where the data from before is kept: folders, a schema."""
    audit: audit_queries.Report
    books: books.Report
    steps: int
    """Migrations the restored database still lacks."""
    same_key: bool
    """Whether this installation has the secret key of the one backed up."""


def make(
    *, path: Path, at: datetime, progress: Callable[[int], None] = _quiet
) -> Manifest:
    """Write everything into one file, while people work.

    The database is taken at one moment first, the pictures it names after that: they
    never change, so all of them are there, but for those erased in between (the
    manifest lists them).

    Parameters
    ----------
    path
        The backup to write; it must not exist.
    at
        The time to note in it, aware.
    progress
        Called with numbers of bytes written.

    Raises
    ------
    Stopped
        The file exists, or PostgreSQL's programs are missing or fail.
    OSError, DatabaseError, sqlite3.Error
        The disk is full, say; nothing is left behind.
    """
    if path.exists():
        raise Stopped(
            _("%(file)s 已经存在，不会覆盖。请换一个文件名。") % {"file": path}
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as scratch,
        archive.writing(path, progress) as writer,
    ):
        dump = Path(scratch) / "dump"
        manifest, uploads = _take(dump, at)
        writer.add(manifest.dump, dump)
        dump.unlink()
        missing = _add_uploads(writer, uploads)
        for heads in (heads_file(), books_heads_file()):
            if heads.exists():
                writer.add(f"{HEADS}/{heads.name}", heads)
        _add_maps(writer)
        return writer.finish(replace(manifest, missing=missing))


def restore(
    *,
    path: Path,
    at: datetime,
    into: Path | None = None,
    force: bool = False,
    progress: Callable[[int], None] = _quiet,
) -> Restored:
    """Go back to a backup.

    The whole file is checked before anything is touched. What was there is kept
    aside, and put back if anything fails, the self check included.

    Parameters
    ----------
    path
        The backup.
    at
        The time of the restore, for the audit.
    into
        Another data folder than the configured one (SQLite: its database as well).
    force
        Replace data that is there.

    Raises
    ------
    Stopped
        The backup is damaged, of another kind of database or of a newer version;
        the target is in use, or holds data and ``force`` is not given.
    OSError, DatabaseError, sqlite3.Error
        The disk is full, say; the old data is as it was.
    """
    manifest = archive.check(path, progress)
    database = gateway.configured()
    _check_fits(manifest, database.kind)
    root = into or Path(settings.DATA_DIR)
    uploads = into / UPLOADS if into else Path(settings.MEDIA_ROOT)
    if into:
        database.move_to(into)
    if not force and not (database.is_empty() and _is_bare(uploads)):
        raise Stopped(
            _(
                "目标里已经有数据。确实要换成备份里的数据，请加 --force；"
                "原来的数据会留在一边。"
            )
        )
    root.mkdir(parents=True, exist_ok=True)
    aside = root / f"before-restore-{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
    with (
        tempfile.TemporaryDirectory(dir=root, prefix=".restore-") as scratch,
        ExitStack() as undo,
    ):
        staged = Path(scratch)
        archive.unpack(path, staged, progress)
        prepared = database.prepare(staged / manifest.dump, dict(manifest.rows))
        kept = [undo.enter_context(database.replaced(prepared, aside))]
        for name, target in (
            (UPLOADS, uploads),
            (HEADS, root / HEADS),
            (PLACES, root / PLACES),
            (BUSLINES, root / BUSLINES),
        ):
            kept.append(
                undo.enter_context(_swapped(staged / name, target, aside / name))
            )
        _check_restored(manifest, database, uploads)
    return Restored(
        manifest=manifest,
        kept=[place for place in kept if place],
        audit=_go_on(manifest, path=path, at=at),
        books=_verify_books(manifest),
        steps=len(_known_migrations() - set(manifest.migrations)),
        same_key=manifest.key_check == _key_check(),
    )


def _take(dump: Path, at: datetime) -> tuple[Manifest, list[str]]:
    """Write the database's dump; return what to note of it, and the pictures it names.

    All from the same moment.
    """
    database = gateway.configured()
    with database.snapshot(dump.parent) as snapshot:
        snapshot.dump(dump)
        manifest = Manifest(
            product=version("wugeyi"),
            kind=database.kind,
            made_at=at.astimezone(UTC).isoformat(),
            head=snapshot.head(),
            rows=snapshot.rows(),
            migrations=snapshot.migrations(),
            key_check=_key_check(),
        )
        return manifest, list(snapshot.uploads())


def _add_uploads(writer: archive.Writer, paths: list[str]) -> list[str]:
    """Add the pictures and their small versions; return those that are not there."""
    missing = []
    for path in paths:
        for name in (path, thumb_of(path)):
            try:
                writer.add(f"{UPLOADS}/{name}", Path(settings.MEDIA_ROOT) / name)
            except FileNotFoundError:
                missing.append(name)
    return missing


def _add_maps(writer: archive.Writer) -> None:
    """Add walking networks and maps of lines; files being looked at can be sent again."""
    root = Path(settings.DATA_DIR)
    for folder, pattern in ((PLACES, "networks/*/*.network"), (BUSLINES, "*.osm")):
        for path in sorted((root / folder).glob(pattern)):
            writer.add(path.relative_to(root).as_posix(), path)


def _check_fits(manifest: Manifest, kind: str) -> None:
    if manifest.kind != kind:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise Stopped(
            _(
                "这份备份来自 %(theirs)s，现在配置的是 %(ours)s。"
                "请先改 WUGEYI_DATABASE_URL 再恢复。什么都没有改动。"
            )
            % {"theirs": names[manifest.kind], "ours": names[kind]}
        )
    unknown = set(manifest.migrations) - _known_migrations()
    if unknown:
        raise Stopped(
            _(
                "这份备份来自更新的版本 %(version)s（多了 %(step)s）。"
                "请先升级程序再恢复。什么都没有改动。"
            )
            % {"version": manifest.product, "step": min(unknown)}
        )


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _is_bare(folder: Path) -> bool:
    return not folder.exists() or not any(folder.iterdir())


@contextmanager
def _swapped(staged: Path, target: Path, aside: Path) -> Iterator[str]:
    """Put a folder in place; any error inside puts the old one back."""
    kept = target.exists()
    if kept:
        aside.parent.mkdir(parents=True, exist_ok=True)
        target.rename(aside)
    try:
        if staged.exists():
            staged.rename(target)
        yield str(aside) if kept else ""
    except BaseException:
        if target.exists():
            # Back to where it came from; that folder is removed with the error.
            target.rename(staged)
        if kept:
            aside.rename(target)
        raise


def _check_restored(
    manifest: Manifest, database: gateway.Database, uploads: Path
) -> None:
    rows = database.rows()
    for table in sorted(rows.keys() | manifest.rows.keys()):
        if rows.get(table) != manifest.rows.get(table):
            raise Stopped(
                _("恢复后的表 %(table)s 行数不符，已退回原来的数据。")
                % {"table": table}
            )
    lost = {
        name
        for name in manifest.files
        if name.startswith(f"{UPLOADS}/")
        and not (uploads / name.removeprefix(f"{UPLOADS}/")).is_file()
    }
    if lost:
        raise Stopped(
            _("照片 %(name)s 没有恢复成功，已退回原来的数据。") % {"name": min(lost)}
        )


def _go_on(manifest: Manifest, *, path: Path, at: datetime) -> audit_queries.Report:
    """Verify the chain, note the restore in it, and let it go on."""
    connection.close()
    heads = [parse_head(manifest.head)] if manifest.head else []
    report = audit_queries.verify(heads=heads)
    with transaction.atomic():
        audit.record(
            action="backup.restore",
            subject=None,
            by=None,
            at=at,
            after={
                "file": path.name,
                "made_at": manifest.made_at,
                "head": manifest.head,
                "manifest": sha256(manifest.to_json().encode()).hexdigest(),
            },
        )
        audit.rebase()
    gateway.configured().tidy()
    return report


def _verify_books(manifest: Manifest) -> books.Report:
    """Verify the village books, where the backup is new enough to have them."""
    if "books.0002_guards" not in manifest.migrations:
        return books.Report()
    return books.verify()


def _key_check() -> str:
    # A keyed digest of a constant: equal for equal keys, and no help in finding one.
    return salted_hmac("wugeyi.backup", "key", algorithm="sha256").hexdigest()
