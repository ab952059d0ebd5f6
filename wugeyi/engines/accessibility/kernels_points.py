"""Machine code: which segments pass a cell of a grid, and which one is nearest."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

FAR = 1e300


@njit(cache=True, nogil=True)
def _cells(
    a: float, b: float, origin: float, size: float, count: int
) -> tuple[int, int]:
    """Return the first and last row (or column) that lies between two coordinates."""
    low = int((min(a, b) - origin) / size)
    high = int((max(a, b) - origin) / size)
    return max(low, 0), min(high, count - 1)


@njit(
    "Tuple((int64[::1], int32[::1]))(float64[::1], float64[::1], int32[::1],"
    " int32[::1], float64, float64, float64, float64, int64, int64)",
    cache=True,
    nogil=True,
)
def fill(
    lon: Float64,
    lat: Float64,
    tail: Int32,
    head: Int32,
    west: float,
    south: float,
    wide: float,
    high: float,
    columns: int,
    rows: int,
) -> tuple[Int64, Int32]:
    """Return where each cell's segments begin, and the segments cell by cell.

    A segment stands in every cell of the rectangle around it.
    """
    start = np.zeros(columns * rows + 1, np.int64)
    for each in range(len(tail)):
        a, b = tail[each], head[each]
        left, right = _cells(lon[a], lon[b], west, wide, columns)
        low, top = _cells(lat[a], lat[b], south, high, rows)
        for row in range(low, top + 1):
            for column in range(left, right + 1):
                start[row * columns + column + 1] += 1
    for cell in range(columns * rows):
        start[cell + 1] += start[cell]
    item = np.empty(start[-1], np.int32)
    place = start[:-1].copy()
    for each in range(len(tail)):
        a, b = tail[each], head[each]
        left, right = _cells(lon[a], lon[b], west, wide, columns)
        low, top = _cells(lat[a], lat[b], south, high, rows)
        for row in range(low, top + 1):
            for column in range(left, right + 1):
                cell = row * columns + column
                item[place[cell]] = each
                place[cell] += 1
    return start, item


@njit(cache=True, nogil=True)
def _apart(ax: float, ay: float, bx: float, by: float) -> tuple[float, float]:
    """Return how far the origin is from a segment, and where on it: 0 … 1 from a."""
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    share = 0.0
    if square > 0:
        share = min(max(-(ax * dx + ay * dy) / square, 0.0), 1.0)
    if share == 1.0:
        # The end itself, so that segments that share it are exactly as near.
        return np.hypot(bx, by), share
    return np.hypot(ax + share * dx, ay + share * dy), share


@njit(cache=True, nogil=True)
def _search_cell(
    items: Int32,
    lon: Float64,
    lat: Float64,
    tail: Int32,
    head: Int32,
    preferred: Bool,
    point: tuple[float, float, float, float],
    avoid: int,
    best: Float64,
    chosen: Int64,
) -> None:
    """Better the nearest of all (0) and of the preferred segments (1) by a cell's.

    ``best`` holds a distance and a share for each of the two; of equally near ones the
    segment with the smaller number is taken.
    """
    x, y, east, north = point
    for each in items:
        a, b = tail[each], head[each]
        if avoid >= 0 and (a == avoid or b == avoid):
            continue
        apart, share = _apart(
            (lon[a] - x) * east,
            (lat[a] - y) * north,
            (lon[b] - x) * east,
            (lat[b] - y) * north,
        )
        for kind in range(2):
            if kind == 1 and not preferred[each]:
                continue
            if apart < best[2 * kind] or (
                apart == best[2 * kind] and each < chosen[kind]
            ):
                best[2 * kind], best[2 * kind + 1] = apart, share
                chosen[kind] = each


@njit(cache=True, nogil=True)
def _search_ring(
    ring: int,
    column: int,
    row: int,
    columns: int,
    rows: int,
    start: Int64,
    item: Int32,
    lon: Float64,
    lat: Float64,
    tail: Int32,
    head: Int32,
    preferred: Bool,
    point: tuple[float, float, float, float],
    avoid: int,
    best: Float64,
    chosen: Int64,
) -> None:
    """Search the cells that are so many rows or columns away."""
    for r in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
        step = 1 if abs(r - row) == ring else max(2 * ring, 1)
        for c in range(column - ring, column + ring + 1, step):
            if 0 <= c < columns:
                cell = r * columns + c
                _search_cell(
                    item[start[cell] : start[cell + 1]],
                    lon,
                    lat,
                    tail,
                    head,
                    preferred,
                    point,
                    avoid,
                    best,
                    chosen,
                )


@njit(cache=True, nogil=True)
def _border(across: float, up: float, wide: float, high: float) -> float:
    """Return how far a point in a cell is from the cell's border."""
    inside = min(across * wide, (1 - across) * wide, up * high, (1 - up) * high)
    return max(inside, 0.0)


@njit(
    "void(float64[::1], float64[::1], float64[::1], float64[::1], int32[::1],"
    " float64, float64, float64, float64, float64, float64, float64, int64, int64,"
    " int64[::1], int32[::1],"
    " float64[::1], float64[::1], int32[::1], int32[::1], boolean[::1],"
    " int32[::1], float64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def nearest(
    x: Float64,
    y: Float64,
    east: Float64,
    north: Float64,
    avoid: Int32,
    limit: float,
    margin: float,
    cell: float,
    west: float,
    south: float,
    wide: float,
    high: float,
    columns: int,
    rows: int,
    start: Int64,
    item: Int32,
    lon: Float64,
    lat: Float64,
    tail: Int32,
    head: Int32,
    preferred: Bool,
    edge: Int32,
    share: Float64,
    off: Float64,
) -> None:
    """Fill in each point's nearest segment, -1 if none is within the limit.

    A preferred segment is taken if it is at most ``margin`` farther than the nearest.

    Parameters
    ----------
    x, y, east, north
        Points in degrees, and millimetres per degree at each.
    avoid
        A node whose segments do not count, -1 for none.
    limit, margin, cell
        Millimetres; a cell is at least so wide and high.
    """
    best, chosen = np.empty(4), np.empty(2, np.int64)
    reach = limit + margin
    for k in range(len(x)):
        edge[k], share[k], off[k] = -1, 0.0, 0.0
        # Also false for what is no number.
        if not (
            west - reach / east[k] <= x[k] <= west + columns * wide + reach / east[k]
            and south - reach / north[k]
            <= y[k]
            <= south + rows * high + reach / north[k]
        ):
            continue
        column = int(np.floor((x[k] - west) / wide))
        row = int(np.floor((y[k] - south) / high))
        best[:], chosen[:] = FAR, -1
        ring = 0
        border = _border(
            (x[k] - west) / wide - column,
            (y[k] - south) / high - row,
            wide * east[k],
            high * north[k],
        )
        # What is nearer than the border of what was searched, has been met.
        while ring == 0 or (
            (ring - 1) * cell + border <= min(best[0] + margin, best[2], limit)
        ):
            _search_ring(
                ring,
                column,
                row,
                columns,
                rows,
                start,
                item,
                lon,
                lat,
                tail,
                head,
                preferred,
                (x[k], y[k], east[k], north[k]),
                avoid[k],
                best,
                chosen,
            )
            ring += 1
        kind = 1 if best[2] <= best[0] + margin else 0
        if best[2 * kind] <= limit:
            edge[k], off[k], share[k] = chosen[kind], best[2 * kind], best[2 * kind + 1]
