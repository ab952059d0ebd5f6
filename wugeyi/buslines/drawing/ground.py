"""From degrees to the units of a sheet of paper, and what length on it is how far."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

METRES_A_DEGREE = 111_320.0
Point = tuple[float, float]
LEAST_SPAN_M = 400.0
"""What a drawing shows at least, so that two spots side by side are not the world."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Places degrees on a sheet; north is up.

    Parameters
    ----------
    scale
        Units of the sheet for a metre.
    """

    lon: float
    lat: float
    scale: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> Point:
        """Return where a point of the earth lies on the sheet."""
        east, north = _metres(self.lon, self.lat, lon, lat)
        return (
            round(self.width / 2 + east * self.scale, 1),
            round(self.height / 2 - north * self.scale, 1),
        )


def _metres(lon0: float, lat0: float, lon: float, lat: float) -> Point:
    east = (lon - lon0) * METRES_A_DEGREE * math.cos(math.radians(lat0))
    return east, (lat - lat0) * METRES_A_DEGREE


def fitted(
    points: Iterable[Point], *, width: float, margin: float, tall: float
) -> Ground:
    """Return the ground on which all points (lon, lat) have room.

    Parameters
    ----------
    margin
        Units kept free on every side, for names.
    tall
        The greatest height as a share of the width; the least is half the width.
    """
    held = list(points)
    if not held:
        return Ground(0.0, 0.0, 1.0, width, width / 2)
    west, east = min(p[0] for p in held), max(p[0] for p in held)
    south, north = min(p[1] for p in held), max(p[1] for p in held)
    lon, lat = (west + east) / 2, (south + north) / 2
    span_x, _zero = _metres(west, lat, east, lat)
    span_y = (north - south) * METRES_A_DEGREE
    span_x, span_y = max(span_x, LEAST_SPAN_M), max(span_y, LEAST_SPAN_M)
    across, most = width - 2 * margin, width * tall - 2 * margin
    scale = min(across / span_x, most / span_y)
    height = max(width / 2, span_y * scale + 2 * margin)
    return Ground(lon, lat, scale, width, round(height, 1))


def bar(ground: Ground) -> tuple[float, int]:
    """Return the length of a scale bar and the metres it stands for: 1, 2 or 5 × 10ⁿ."""
    wanted = ground.width / 5 / ground.scale
    power = 10 ** math.floor(math.log10(wanted))
    metres = max(each * power for each in (1, 2, 5) if each * power <= wanted)
    return round(metres * ground.scale, 1), round(metres)
