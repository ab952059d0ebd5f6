"""Distances on the ground between near points, in degrees of WGS-84."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
EQUATOR_M = 6_378_137.0
"""Half the longer axis of the ellipsoid WGS-84."""
FLATTENED = 1 / 298.257223563
SQUARED = FLATTENED * (2 - FLATTENED)
"""Square of the ellipsoid's first eccentricity."""


def mm_per_degree(lat: Array) -> tuple[Array, Array]:
    """Return millimetres per degree of longitude and of latitude at a latitude.

    From the ellipsoid's two radii of curvature: a sphere would be wrong by up to half
    a per cent, more than a minute in a day's walk.
    """
    phi = np.radians(lat)
    bend = 1 - SQUARED * np.sin(phi) ** 2
    across = EQUATOR_M / np.sqrt(bend)
    along = across * (1 - SQUARED) / bend
    per_degree = np.pi / 180 * 1000
    return across * np.cos(phi) * per_degree, along * per_degree


def length_mm(lon_a: Array, lat_a: Array, lon_b: Array, lat_b: Array) -> Array:
    """Return distances, int32 millimetres, rounded.

    By the radii at the middle latitude: right to a millimetre in a kilometre and to a
    metre in a hundred; meant for segments and neighbourhoods, not for journeys.
    """
    east, north = mm_per_degree(np.add(lat_a, lat_b) / 2)
    across = np.subtract(lon_b, lon_a) * east
    up = np.subtract(lat_b, lat_a) * north
    found: Array = np.rint(np.hypot(across, up)).astype(np.int32)
    return found
