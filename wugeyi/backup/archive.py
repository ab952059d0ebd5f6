"""The tar file: writing it so that it is there whole or not at all, and checking it."""

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from wugeyi.backup.errors import Stopped
from wugeyi.backup.rules import MANIFEST, Manifest, Stored, safe

Progress = Callable[[int], None]
"""Called with the number of bytes done since the last call."""

_BLOCK = 1 << 20


class _Hashing:
    """A file being read, and the hash of what was read."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._progress = progress
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._hash.update(block)
        self.size += len(block)
        self._progress(len(block))
        return block

    def stored(self) -> Stored:
        return Stored(self.size, self._hash.hexdigest())


class Writer:
    """Adds files to a backup; the manifest comes last."""

    def __init__(self, tar: tarfile.TarFile, progress: Progress) -> None:
        self._tar = tar
        self._progress = progress
        self.files: dict[str, Stored] = {}

    def add(self, name: str, source: Path) -> None:
        """Add a file.

        Raises
        ------
        FileNotFoundError
            It is gone.
        """
        with source.open("rb") as file:
            member = _member(name, os.fstat(file.fileno()).st_size)
            hashing = _Hashing(file, self._progress)
            self._tar.addfile(member, hashing)
        self.files[name] = hashing.stored()

    def finish(self, manifest: Manifest) -> Manifest:
        """Add the manifest, which now names every file."""
        manifest = replace(manifest, files=self.files)
        text = manifest.to_json().encode()
        self._tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
        return manifest


@contextmanager
def writing(path: Path, progress: Progress) -> Iterator[Writer]:
    """Write a backup beside its place; only a complete one takes the place.

    Only the owner may read it: it holds everything.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, progress)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check(path: Path, progress: Progress) -> Manifest:
    """Read the whole backup and hold every byte against its manifest.

    Raises
    ------
    Stopped
        It is damaged, incomplete or no backup; the text names the first fault.
    """
    found: dict[str, Stored] = {}
    manifest: Manifest | None = None
    with _reading(path) as tar:
        for member, file in _members(tar):
            if member.name == MANIFEST:
                manifest = _manifest(file.read())
                continue
            hashing = _Hashing(file, progress)
            while hashing.read(_BLOCK):
                pass
            found[member.name] = hashing.stored()
    if manifest is None:
        raise _damaged(_("末尾的清单不见了，文件可能没有传完"))
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise _damaged(_("%(name)s 与清单不符") % {"name": name})
    return manifest


def unpack(path: Path, folder: Path, progress: Progress) -> None:
    """Write a checked backup's files below ``folder``."""
    with _reading(path) as tar:
        for member, file in _members(tar):
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                while block := file.read(_BLOCK):
                    out.write(block)
                    progress(len(block))
                out.flush()
                os.fsync(out.fileno())


@contextmanager
def _reading(path: Path) -> Iterator[tarfile.TarFile]:
    """Open a backup; what is wrong with the tar itself becomes a sentence."""
    try:
        tar = tarfile.open(path, "r:")  # noqa: SIM115 (closed below)
    except FileNotFoundError as error:
        raise Stopped(_("找不到备份文件 %(file)s。") % {"file": path}) from error
    except (tarfile.TarError, EOFError) as error:
        raise Stopped(_("%(file)s 不是五个一的备份文件。") % {"file": path}) from error
    with tar:
        try:
            yield tar
        except (tarfile.TarError, EOFError) as error:
            raise _damaged(str(error)) from error


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for member in tar:
        file = tar.extractfile(member) if member.isreg() else None
        try:
            safe(member.name)
        except ValueError as error:
            raise _damaged(str(error)) from error
        if file is None:
            raise _damaged(_("%(name)s 不是普通文件") % {"name": member.name})
        yield member, file


def _manifest(text: bytes) -> Manifest:
    try:
        return Manifest.from_json(text)
    except ValueError as error:
        raise _damaged(str(error)) from error


def _damaged(what: str) -> Stopped:
    return Stopped(
        _("备份文件已损坏：%(what)s。什么都没有改动，请换一份备份。") % {"what": what}
    )


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(safe(name))
    member.size = size
    member.mode = 0o600
    return member
