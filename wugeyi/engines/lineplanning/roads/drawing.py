"""Lines with fewer points, for maps and shapes of feeds."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from wugeyi.engines.lineplanning.kernels_roads import corners

Point = tuple[float, float]
METRES_PER_DEGREE = 111_195
TOLERANCE_METRES = 5
DECIMALS = 6  # a tenth of a metre


def simplified(
    line: Sequence[Point], tolerance_metres: float = TOLERANCE_METRES
) -> tuple[Point, ...]:
    """Return a line that strays from the given one by so much at most.

    Both ends stay; otherwise no point is said twice in a row.
    """
    lon, lat = np.array(line, float).T
    narrow = np.cos(np.radians(lat[0]))
    x, y = lon * METRES_PER_DEGREE * narrow, lat * METRES_PER_DEGREE
    kept = corners(x, y, float(tolerance_metres))
    rounded = [_rounded(line[k]) for k in np.flatnonzero(kept).tolist()]
    inner = [b for a, b in pairwise(rounded[:-1]) if a != b and b != rounded[-1]]
    return (rounded[0], *inner, rounded[-1])


def _rounded(point: Point) -> Point:
    return round(point[0], DECIMALS), round(point[1], DECIMALS)
