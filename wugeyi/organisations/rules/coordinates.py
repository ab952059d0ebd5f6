"""Between WGS-84 and GCJ-02, the datum of China's public maps.

GCJ-02 shifts a place by some hundred metres. The offsets are the formula that has
been public since 2013 (eviltransform, coordtransform and others agree to the last
digit): polynomials and sines of the distance from 105°E 35°N on the Krasovsky 1940
ellipsoid. There is no published inverse; it is found by iteration. Outside the
bounding box that the formula itself uses, both datums are the same.
"""

from math import cos, pi, radians, sin, sqrt

# Krasovsky 1940: semi-major axis in metres, eccentricity squared.
AXIS = 6_378_245.0
ECCENTRICITY = 0.006_693_421_622_965_943
EAST = (72.004, 137.8347)
NORTH = (0.8293, 55.8271)
PRECISION = 1e-9
"""Degrees at which the inverse stops: a tenth of a millimetre."""

Point = tuple[float, float]


def shifted(lon: float, lat: float) -> bool:
    """Tell whether the two datums differ at a place."""
    return EAST[0] <= lon <= EAST[1] and NORTH[0] <= lat <= NORTH[1]


def to_gcj02(lon: float, lat: float) -> Point:
    """Return a WGS-84 place in GCJ-02, both as degrees east and north."""
    if not shifted(lon, lat):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    phi = radians(lat)
    magic = 1 - ECCENTRICITY * sin(phi) ** 2
    metres_north = _north(x, y)
    metres_east = _east(x, y)
    radius = AXIS * (1 - ECCENTRICITY) / (magic * sqrt(magic))
    return (
        lon + metres_east * 180.0 / (AXIS / sqrt(magic) * cos(phi) * pi),
        lat + metres_north * 180.0 / (radius * pi),
    )


def to_wgs84(lon: float, lat: float) -> Point:
    """Return a GCJ-02 place in WGS-84; exact to less than 1e-6 degrees.

    Each step subtracts what is still missing. The shift changes by less than a
    thousandth of a distance, so four or five steps are enough.
    """
    if not shifted(lon, lat):
        return lon, lat
    there_lon, there_lat = lon, lat
    for _step in range(30):
        seen_lon, seen_lat = to_gcj02(there_lon, there_lat)
        off_lon, off_lat = seen_lon - lon, seen_lat - lat
        there_lon -= off_lon
        there_lat -= off_lat
        if abs(off_lon) < PRECISION and abs(off_lat) < PRECISION:
            break
    return there_lon, there_lat


def _waves(value: float) -> float:
    return (20.0 * sin(6.0 * value * pi) + 20.0 * sin(2.0 * value * pi)) * 2.0 / 3.0


def _north(x: float, y: float) -> float:
    metres = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y
    metres += 0.2 * sqrt(abs(x)) + _waves(x)
    metres += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    return (
        metres + (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    )


def _east(x: float, y: float) -> float:
    metres = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y
    metres += 0.1 * sqrt(abs(x)) + _waves(x)
    metres += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    return (
        metres + (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    )
