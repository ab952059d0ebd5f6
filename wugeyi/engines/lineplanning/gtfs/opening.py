"""The files of a feed: out of an archive or a folder, never more than fits.

Whatever the archive is, nothing is raised: what cannot be opened is told.
"""

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from wugeyi.engines.lineplanning.gtfs.notes import Notes

MOST_BYTES = 200_000_000
"""All files that are read, unpacked."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # compressed in a way this machine does not know
    RuntimeError,  # locked by a password
    ValueError,
    OSError,
)


def files(
    source: Path | str | bytes, wanted: frozenset[str], notes: Notes
) -> dict[str, bytes]:
    """Return the files of a feed that are wanted, by name in small letters.

    Parameters
    ----------
    source
        A zip archive's path or content, or a folder.
    """
    name = "feed.zip" if isinstance(source, bytes) else Path(source).name
    try:
        if not isinstance(source, bytes) and Path(source).is_dir():
            return _of_folder(Path(source), wanted, notes)
        content = io.BytesIO(source) if isinstance(source, bytes) else Path(source)
        with zipfile.ZipFile(content) as archive:
            return _of_archive(archive, name, wanted, notes)
    except FileNotFoundError as problem:
        detail = {"detail": str(problem.strerror)}
        notes.tell("feed-file", name, detail, severity="error")
    except BROKEN:
        notes.tell("feed-not-zip", name, severity="error")
    return {}


def _of_folder(folder: Path, wanted: frozenset[str], notes: Notes) -> dict[str, bytes]:
    paths = [each for each in sorted(folder.iterdir()) if each.name.lower() in wanted]
    size = sum(each.stat().st_size for each in paths)
    if _too_large(size, folder.name, notes):
        return {}
    return {each.name.lower(): each.read_bytes() for each in paths if each.is_file()}


def _of_archive(
    archive: zipfile.ZipFile, name: str, wanted: frozenset[str], notes: Notes
) -> dict[str, bytes]:
    """Return its files; those nearest to the root where a name is there twice."""
    members: dict[str, zipfile.ZipInfo] = {}
    deep = sorted(archive.infolist(), key=lambda x: (x.filename.count("/"), x.filename))
    for each in deep:
        path = PurePosixPath(each.filename)
        if path.name.lower() in wanted and path.parts[0] != "__MACOSX":
            members.setdefault(path.name.lower(), each)
    if _too_large(sum(each.file_size for each in members.values()), name, notes):
        return {}
    found: dict[str, bytes] = {}
    for file, member in members.items():
        if "/" in member.filename:
            notes.tell("feed-inside-folder", file, severity="note")
        left = MOST_BYTES - sum(map(len, found.values()))
        # What the archive says of its sizes may be untrue.
        with archive.open(member) as stream:
            content = stream.read(left + 1)
        if _too_large(MOST_BYTES - left + len(content), name, notes):
            return {}
        found[file] = content
    return found


def _too_large(size: int, name: str, notes: Notes) -> bool:
    if size <= MOST_BYTES:
        return False
    most = {"bytes": size, "most": MOST_BYTES}
    notes.tell("feed-too-large", name, most, severity="error")
    return True
