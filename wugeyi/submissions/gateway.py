"""Files of photographs that have arrived in part."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import File


def _path(key: UUID) -> Path:
    return Path(settings.DATA_DIR) / "incoming" / f"{key}.part"


def write(key: UUID, offset: int, octets: bytes) -> None:
    """Put octets at their place; what lay there from a try that broke off is replaced."""
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if offset else "wb") as file:
        file.seek(offset)
        file.write(octets)
        file.truncate()


def whole(key: UUID) -> "File[bytes]":
    """Open what has arrived; the caller closes it."""
    return File(_path(key).open("rb"), name=str(key))


def has(key: UUID, octets: int) -> bool:
    """Tell whether that many octets are there."""
    path = _path(key)
    return octets == 0 or (path.exists() and path.stat().st_size >= octets)


def remove(key: UUID) -> None:
    """Remove the file; one that is gone is no error."""
    _path(key).unlink(missing_ok=True)


def left_over(known: set[UUID], before: float) -> list[UUID]:
    """Return files last written before a moment (POSIX seconds) that no row names."""
    folder = Path(settings.DATA_DIR) / "incoming"
    found = []
    for path in folder.glob("*.part"):
        try:
            key = UUID(path.stem)
            if key not in known and path.stat().st_mtime < before:
                found.append(key)
        except (ValueError, FileNotFoundError):
            continue
    return found
