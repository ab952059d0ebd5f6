"""The folder of networks and of files that are being read."""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from wugeyi.places.models import Network

FOLDER = "places"


def data_folder() -> Path:
    """Return where files of this app lie; their paths in the database start here."""
    return Path(settings.DATA_DIR) / FOLDER


def network_path(network: Network) -> Path:
    """Return the file of a network's arrays."""
    return data_folder() / network.file


def path_of(name: str) -> Path:
    """Return a file by its path below the folder.

    Raises
    ------
    ValueError
        It would lie elsewhere.
    """
    root = data_folder().resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError(name)
    return path


def keep(chunks: Iterable[bytes], suffix: str) -> tuple[str, str, int]:
    """Write a file that was sent; give its place, SHA-256 and size in bytes.

    After a power cut it is there whole or not at all. The same content lies at the
    same place.
    """
    folder = data_folder() / "sent"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        name = f"sent/{digest.hexdigest()}{suffix}"
        Path(temporary).replace(data_folder() / name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return name, digest.hexdigest(), size


def stage(name: str, rows: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Keep what was read of a file beside it, until somebody decides."""
    with gzip.open(_staged(name), "wt", encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False)


def staged(name: str) -> dict[str, list[list[Any]]]:
    """Return what :func:`stage` kept.

    Raises
    ------
    FileNotFoundError
        Nothing was kept, or it was removed.
    """
    with gzip.open(_staged(name), "rt", encoding="utf-8") as file:
        found: dict[str, list[list[Any]]] = json.load(file)
    return found


def _staged(name: str) -> Path:
    return path_of(f"{name}.found")


def remove(name: str) -> None:
    """Remove a file and what was read of it; one that is gone already is no error."""
    if name:
        path_of(name).unlink(missing_ok=True)
        _staged(name).unlink(missing_ok=True)
