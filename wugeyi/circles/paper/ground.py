"""The streets of a map as lines in degrees, read from what the map page fetches.

The format is ``engines.accessibility.drawing``'s (WGG1).
"""

import struct
from collections.abc import Iterator

Point = tuple[float, float]
HEAD_OCTETS = 12
STEP_DEG = 1e-6
BRIDGE, TUNNEL, STEPS, FOOTWAY = 1, 2, 4, 8


def lines(octets: bytes) -> Iterator[tuple[int, list[Point]]]:
    """Yield each line's look (bits) and its points, longitude before latitude.

    Raises
    ------
    ValueError
        These are no streets.
    """
    if octets[:4] != b"WGG1":
        raise ValueError("not a ground")
    count, _points = struct.unpack_from("<II", octets, 4)
    looks = octets[HEAD_OCTETS : HEAD_OCTETS + count]
    numbers = _varints(octets[HEAD_OCTETS + count :])
    sizes = [next(numbers) for _line in range(count)]
    lon = lat = 0
    for look, size in zip(looks, sizes, strict=True):
        points = []
        for _point in range(size):
            lon += _step(next(numbers))
            lat += _step(next(numbers))
            points.append((lon * STEP_DEG, lat * STEP_DEG))
        yield look, points


def _varints(octets: bytes) -> Iterator[int]:
    value = shift = 0
    for octet in octets:
        value |= (octet & 0x7F) << shift
        if octet & 0x80:
            shift += 7
        else:
            yield value
            value = shift = 0


def _step(zigzag: int) -> int:
    return (zigzag >> 1) ^ -(zigzag & 1)
