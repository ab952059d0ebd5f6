"""The folder of uploads, and the lock that keeps its files and rows in step."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

# The first half of the key of PostgreSQL's two-part advisory locks.
_PICTURES = 5_150


def folder() -> Path:
    """Return the folder of uploads."""
    return Path(settings.MEDIA_ROOT)


def lock_content(sha256: str) -> None:
    """Hold this content to the end of the transaction.

    Otherwise one transaction could find the file there and lean on it while another
    removes it. On SQLite an open transaction is alone anyway.
    """
    if connection.vendor == "postgresql":
        key = int(sha256[:8], 16) - 2**31
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_PICTURES, key])


def write(path: str, content: bytes) -> None:
    """Write a file so that after a power cut it is there whole or not at all."""
    target = folder() / path
    if target.exists() and target.stat().st_size == len(content):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def remove(path: str) -> None:
    """Remove a file; one that is gone already is no error."""
    (folder() / path).unlink(missing_ok=True)


def files_before(moment: datetime) -> Iterator[str]:
    """Yield the paths of files last written before ``moment``, half-written ones too."""
    root = folder()
    for path in root.glob("??/??/*"):
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:
            continue
        if written < moment.timestamp():
            yield path.relative_to(root).as_posix()


def _sync_folder(path: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(path, os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
