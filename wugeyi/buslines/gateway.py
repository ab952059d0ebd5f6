"""The folder of maps that were sent, beside the database."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.conf import settings

FOLDER = "buslines"


def data_folder() -> Path:
    """Return where files of this app lie; their names in the database start here."""
    return Path(settings.DATA_DIR) / FOLDER


def path_of(name: str) -> Path:
    """Return a file by its name.

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


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write a file that was sent; give its name and its size in bytes.

    After a power cut it is there whole or not at all.
    """
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        name = f"{uuid4().hex}.osm"
        Path(temporary).replace(folder / name)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return name, size


def remove(name: str) -> None:
    """Take a file away; one that is gone already is no trouble."""
    path_of(name).unlink(missing_ok=True)
