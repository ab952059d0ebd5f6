"""Distances on the ground between points in degrees of WGS-84."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
EARTH_MM = 6_371_008_771.4
"""Mean radius R1 of the ellipsoid WGS-84 (IUGG), in millimetres."""
MM_PER_DEGREE = EARTH_MM * np.pi / 180
"""Of latitude, and of longitude at the equator, on that sphere."""


def length_mm(lon_a: Array, lat_a: Array, lon_b: Array, lat_b: Array) -> Array:
    """Return great-circle distances, int32 millimetres, rounded.

    By the haversine formula, which keeps its figures for points a millimetre apart.
    """
    a, b = np.radians(lat_a), np.radians(lat_b)
    across = np.sin(np.radians(np.subtract(lon_b, lon_a)) / 2)
    up = np.sin((b - a) / 2)
    chord = np.sqrt(up * up + np.cos(a) * np.cos(b) * across * across)
    return np.rint(2 * EARTH_MM * np.arcsin(np.minimum(chord, 1.0))).astype(np.int32)
