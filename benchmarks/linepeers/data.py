"""Published instances, which are not part of this project."""

import os
from pathlib import Path


def folder(name: str) -> Path | None:
    """Return a folder of ``WUGEYI_LINEDATA``; None, and the reason said, without it."""
    where = os.environ.get("WUGEYI_LINEDATA", "")
    if not where:
        print("left out: WUGEYI_LINEDATA names no folder of published instances")
        return None
    path = Path(where) / name
    if not path.is_dir():
        print(f"left out: there is no folder {name} in WUGEYI_LINEDATA")
        return None
    return path
