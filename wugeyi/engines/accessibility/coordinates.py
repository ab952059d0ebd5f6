"""Coordinates as Chinese maps give them: WGS-84, GCJ-02 (Amap, Tencent), BD-09 (Baidu).

GCJ-02 shifts every place in mainland China by some hundred metres, BD-09 shifts that
once more. Neither is written in the numbers: a file has to say which system it is in, and
``looks_shifted`` doubts it where the streets do.

The shift is the published one of surveyors' descriptions: two series of sines around
105° E, 35° N on Krasovsky's ellipsoid; it has no official text.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Finding
from wugeyi.engines.accessibility.network import Network

Array = NDArray[Any]
Pair = tuple[Array, Array]

AXIS_M = 6_378_245.0
SQUARED = 0.00669342162296594323
CENTRE_LON, CENTRE_LAT = 105.0, 35.0
# Where the shift is applied: a rectangle around China.
WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
BAIDU_LON, BAIDU_LAT = 0.0065, 0.006
TURNS = 12
"""Each turn of the way back is some hundred times nearer; this is beyond float64."""
ENOUGH_POINTS = 12
FARTHEST_M = 800.0
CLEARLY_NEARER = 0.8
SURE = 3.0
"""Standard errors by which the points must be nearer on the whole."""
WALL_MM = 5_000.0
"""What a metre more or less is measured against: nobody stands on the line itself."""
ANYWAY_NEAR_MM = 12_000.0


class System(StrEnum):
    """In which system longitudes and latitudes are given."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def label(self) -> str:
        """Its name as people write it, in either language."""
        return {"wgs84": "WGS-84", "gcj02": "GCJ-02", "bd09": "BD-09"}[self.value]


def to_wgs84(lon: Array, lat: Array, system: System) -> Pair:
    """Return degrees of WGS-84 for degrees of ``system``; right to a micrometre.

    Outside the rectangle around China nothing is shifted.
    """
    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if system is System.BD09:
        lon, lat = _undone(lon, lat, _gcj02_to_bd09)
    if system is not System.WGS84:
        lon, lat = _undone(lon, lat, _wgs84_to_gcj02)
    return lon, lat


def from_wgs84(lon: Array, lat: Array, system: System) -> Pair:
    """Return degrees of ``system`` for degrees of WGS-84."""
    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if system is not System.WGS84:
        lon, lat = _wgs84_to_gcj02(lon, lat)
    if system is System.BD09:
        lon, lat = _gcj02_to_bd09(lon, lat)
    return lon, lat


def looks_shifted(
    lon: Array, lat: Array, network: Network, system: System = System.WGS84
) -> Finding | None:
    """Return a warning if another system puts the points clearly nearer to streets.

    Homes and facilities stand along streets. Moved by some hundred metres they stand
    anywhere, so the median distance to the nearest street tells; with fewer than a dozen
    points it tells nothing, and None is returned.

    Parameters
    ----------
    lon, lat
        Degrees as the file gives them.
    system
        The system they are said to be in.
    """
    from wugeyi.engines.accessibility.points import index

    lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    known = np.isfinite(lon) & np.isfinite(lat)
    lon, lat = lon[known], lat[known]
    if len(lon) < ENOUGH_POINTS or not network.segments:
        return None
    streets = index(network)

    def off(one: System) -> Array:
        edge, _share, apart = streets.nearest(*to_wgs84(lon, lat, one), FARTHEST_M)
        return np.where(edge >= 0, apart, FARTHEST_M * 1000)

    said = off(system)
    if np.median(said) <= ANYWAY_NEAR_MM:
        return None
    others = {one: off(one) for one in System if one is not system}
    likely = min(others, key=lambda one: float(np.median(others[one])))
    ratio = np.median(others[likely]) / np.median(said)
    gain = np.log((said + WALL_MM) / (others[likely] + WALL_MM))
    error = gain.std(ddof=1) / len(gain) ** 0.5
    if ratio > CLEARLY_NEARER or gain.mean() < SURE * error:
        return None
    return Finding(
        "points-shifted",
        "warning",
        values={
            "system": system.label,
            "likely": likely.label,
            "metres": round(float(np.median(said)) / 1000),
            "likely_metres": round(float(np.median(others[likely])) / 1000),
            "points": len(lon),
        },
    )


def _wgs84_to_gcj02(lon: Array, lat: Array) -> Pair:
    x, y = lon - CENTRE_LON, lat - CENTRE_LAT
    common = 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    ripple = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + common + ripple
    north_m = north_m + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y
    east_m = east_m + 0.1 * np.sqrt(np.abs(x)) + ripple
    east_m = east_m + _waves(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    phi = np.radians(lat)
    bend = 1 - SQUARED * np.sin(phi) ** 2
    north = np.degrees(north_m * bend * np.sqrt(bend) / (AXIS_M * (1 - SQUARED)))
    east = np.degrees(east_m * np.sqrt(bend) / (AXIS_M * np.cos(phi)))
    inside = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
    return lon + np.where(inside, east, 0), lat + np.where(inside, north, 0)


def _waves(at: Array, *waves: tuple[float, float]) -> Array:
    """Return the sum of sines: two thirds of each height, π times each frequency."""
    total: Array = np.zeros_like(at)
    for height, frequency in waves:
        total = total + height * 2 / 3 * np.sin(frequency * np.pi * at)
    return total


def _gcj02_to_bd09(lon: Array, lat: Array) -> Pair:
    turn = np.pi * 3000 / 180
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * turn)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * turn)
    return radius * np.cos(angle) + BAIDU_LON, radius * np.sin(angle) + BAIDU_LAT


def _undone(lon: Array, lat: Array, shift: Callable[[Array, Array], Pair]) -> Pair:
    """Return where the shift leads to a place from, by going back what it overshoots."""
    x, y = lon, lat
    for _ in range(TURNS):
        there = shift(x, y)
        x, y = x + (lon - there[0]), y + (lat - there[1])
    return x, y
