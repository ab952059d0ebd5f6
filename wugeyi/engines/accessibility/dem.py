"""Tiles of heights as the shuttle mission measured them (SRTM, ``.hgt``, also zipped)."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Refused

Array = NDArray[Any]
NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
SIZES = (1201, 3601)
"""Rows and columns of a tile: posts every three seconds of arc, or every one."""
VOID = -32768
FARTHEST_FILLED = 40
"""Posts from the nearest measured one; a hole's middle beyond that stays unknown."""
SMOOTHINGS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A square degree.

    Parameters
    ----------
    south, west
        Its corner in degrees.
    height_m
        float64, rows from north to south; NaN where it stays unknown.
    voids
        Posts that were not measured.
    """

    south: int
    west: int
    height_m: Array
    voids: int

    def at(self, lon: Array, lat: Array) -> Array:
        """Return heights in metres between the posts, NaN outside or unknown."""
        last = len(self.height_m) - 1
        column = (np.asarray(lon, np.float64) - self.west) * last
        row = (self.south + 1 - np.asarray(lat, np.float64)) * last
        inside = (column >= 0) & (column <= last) & (row >= 0) & (row <= last)
        column, row = np.where(inside, column, 0), np.where(inside, row, 0)
        left = np.minimum(column.astype(np.int64), last - 1)
        top = np.minimum(row.astype(np.int64), last - 1)
        right, down = column - left, row - top
        post = self.height_m
        above = post[top, left] * (1 - right) + post[top, left + 1] * right
        below = post[top + 1, left] * (1 - right) + post[top + 1, left + 1] * right
        return np.where(inside, above * (1 - down) + below * down, np.nan)


def read_tile(path: Path) -> Tile:
    """Read a tile and fill its holes from their rims.

    Raises
    ------
    Refused
        The file is not there, its name does not say where it lies, or its size is none
        of a tile's.
    """
    try:
        name, content = _unpacked(path)
    except FileNotFoundError:
        raise Refused("file-missing", path.name) from None
    except (zipfile.BadZipFile, OSError, EOFError) as problem:
        raise Refused("dem-damaged", path.name) from problem
    named = NAME.search(name) or NAME.search(path.name)
    if not named:
        raise Refused("dem-unnamed", path.name)
    size = next((each for each in SIZES if len(content) == each * each * 2), 0)
    if not size:
        raise Refused("dem-damaged", path.name)
    south = int(named[2]) * (1 if named[1].upper() == "N" else -1)
    west = int(named[4]) * (1 if named[3].upper() == "E" else -1)
    posts = np.frombuffer(content, ">i2").reshape(size, size).astype(np.float64)
    void = posts == VOID
    return Tile(south, west, filled(np.where(void, np.nan, posts)), int(void.sum()))


def _unpacked(path: Path) -> tuple[str, bytes]:
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return path.name, content
    most = SIZES[-1] ** 2 * 2
    with zipfile.ZipFile(path) as packed:
        for entry in packed.infolist():
            if entry.filename.lower().endswith(".hgt") and entry.file_size <= most:
                return Path(entry.filename).name, packed.read(entry)
    return path.name, b""


def filled(height: Array) -> Array:
    """Return heights with their holes (NaN) filled: inwards from the rim, then evened.

    Evened, every filled post is the mean of its neighbours, so that a hole gets the
    smoothest surface its rim allows.
    """
    wide = np.pad(height, 1, constant_values=np.nan)
    columns = wide.shape[1]
    flat = wide.reshape(-1)
    inside = np.zeros(wide.shape, bool)
    inside[1:-1, 1:-1] = True
    hole = np.flatnonzero(np.isnan(flat) & inside.reshape(-1))
    steps = np.array([-columns, -1, 1, columns])
    left = hole
    for _ in range(FARTHEST_FILLED):
        means, known = _means(flat, left[:, None] + steps)
        if not known.any():
            break
        flat[left[known]] = means[known]
        left = left[~known]
    hole = np.setdiff1d(hole, left, assume_unique=True)
    for _ in range(SMOOTHINGS if len(hole) else 0):
        flat[hole] = _means(flat, hole[:, None] + steps)[0]
    return np.ascontiguousarray(wide[1:-1, 1:-1])


def _means(flat: Array, around: Array) -> tuple[Array, Array]:
    """Return the means of known neighbours, and which posts have any."""
    values = flat[around]
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    sums = np.where(known, values, 0).sum(axis=1)
    return sums / np.maximum(count, 1), count > 0


def heights(lon: Array, lat: Array, tiles: Sequence[Tile]) -> Array:
    """Return heights in metres from the first tile that knows one, else NaN."""
    found = np.full(len(lon), np.nan)
    for tile in tiles:
        left = np.flatnonzero(np.isnan(found))
        found[left] = tile.at(lon[left], lat[left])
    return found
