"""Machine code: finding the way through OPL, osmium's text of one object a line.

``w12 Thighway=steps Nn1x106.7y26.6,n2x106.8y26.6``: a letter and an identity, then fields
that each begin with a letter. What a field holds never has a space or a comma of its own.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

# Any: an element counts as a plain number.
Bytes = NDArray[Any]
Int32 = NDArray[np.int32]
Int64 = NDArray[Any]

NOWHERE = 2**31 - 1
"""A coordinate that the file does not give."""
# Columns of a line's row.
KIND, IDENTITY, TAGS, TAGS_END, BODY, BODY_END, X, Y = range(8)
SPACE, COMMA, MINUS, DOT, LINE_END = 32, 44, 45, 46, 10
ZERO, NINE, EQUALS = 48, 57, 61
SUM_START, SCATTER = 0xCBF29CE484222325, 0xBF58476D1CE4E5B9
LETTER_T, LETTER_N, LETTER_M, LETTER_X, LETTER_Y = 84, 78, 77, 120, 121
DECIMALS = 7


@njit(cache=True, nogil=True)
def _whole(text: Bytes, at: int, end: int) -> tuple[int, int]:
    """Return the whole number that stands at a place, and where it ends."""
    sign = 1
    if at < end and text[at] == MINUS:
        sign = -1
        at += 1
    value = 0
    while at < end and ZERO <= text[at] <= NINE:
        value = value * 10 + (text[at] - ZERO)
        at += 1
    return sign * value, at


@njit(cache=True, nogil=True)
def _degrees(text: Bytes, at: int, end: int) -> tuple[int, int]:
    """Return a coordinate in units of 1e-7 degrees, and where it ends."""
    start = at
    sign = 1
    if at < end and text[at] == MINUS:
        sign = -1
        at += 1
    value, missing, broken = 0, DECIMALS, False
    while at < end and (ZERO <= text[at] <= NINE or text[at] == DOT):
        if text[at] == DOT:
            broken = True
        elif missing:
            value = value * 10 + (text[at] - ZERO)
            missing -= broken
        at += 1
    if at == start:
        return NOWHERE, at
    for _ in range(missing):
        value *= 10
    return sign * value, at


@njit("int64(uint8[::1])", cache=True, nogil=True)
def count(text: Bytes) -> int:
    """Return the number of lines."""
    found = 0
    for at in range(len(text)):
        found += text[at] == LINE_END
    return found


@njit("int64[:, ::1](uint8[::1], int64)", cache=True, nogil=True)
def lines(text: Bytes, number: int) -> Int64:
    """Return a row for each line: its letter, its identity, where its fields stand."""
    row = np.zeros((number, 8), np.int64)
    at = 0
    size = len(text)
    for line in range(number):
        row[line, KIND] = text[at]
        row[line, IDENTITY], at = _whole(text, at + 1, size)
        row[line, X] = row[line, Y] = NOWHERE
        while text[at] == SPACE:
            at += 1
            letter, first = text[at], at + 1
            while text[at] != SPACE and text[at] != LINE_END:
                at += 1
            if letter == LETTER_T:
                row[line, TAGS], row[line, TAGS_END] = first, at
            elif letter in (LETTER_N, LETTER_M):
                row[line, BODY], row[line, BODY_END] = first, at
            elif letter == LETTER_X:
                row[line, X] = _degrees(text, first, at)[0]
            elif letter == LETTER_Y:
                row[line, Y] = _degrees(text, first, at)[0]
        at += 1
    return row


@njit("uint64(uint64, uint8)", cache=True, nogil=True)
def mixed(sum_so_far: Any, byte: Any) -> Any:
    """Return a running 64-bit sum of letters with one more (FNV-1a)."""
    return (sum_so_far ^ np.uint64(byte)) * np.uint64(0x100000001B3)


@njit(
    "uint64[::1](uint8[::1], int64[::1], int64[::1], uint64[::1])",
    cache=True,
    nogil=True,
)
def kinds(text: Bytes, start: Int64, end: Int64, keys: NDArray[Any]) -> NDArray[Any]:
    """Return a sum over each line's tags that have one of the keys, in any order.

    ``keys`` are sums of letters, sorted; lines alike in those tags have the same sum.
    """
    answer = np.zeros(len(start), np.uint64)
    for line in range(len(start)):
        at = start[line]
        while at < end[line]:
            one = np.uint64(SUM_START)
            while at < end[line] and text[at] != EQUALS:
                one = mixed(one, text[at])
                at += 1
            place = np.searchsorted(keys, one)
            counts = place < len(keys) and keys[place] == one
            while at < end[line] and text[at] != COMMA:
                one = mixed(one, text[at])
                at += 1
            if counts:
                # Scattered, so that two tags cannot stand in for two others.
                answer[line] += (one ^ (one >> np.uint64(29))) * np.uint64(SCATTER)
            at += 1
    return answer


@njit("int64[::1](uint8[::1], int64[::1], int64[::1])", cache=True, nogil=True)
def first_nodes(text: Bytes, start: Int64, end: Int64) -> Int64:
    """Return where each way's nodes begin when all are laid in one row; one longer."""
    first = np.zeros(len(start) + 1, np.int64)
    for way in range(len(start)):
        found = np.int64(end[way] > start[way])
        for at in range(start[way], end[way]):
            found += text[at] == COMMA
        first[way + 1] = first[way] + found
    return first


@njit(
    "void(uint8[::1], int64[::1], int64[::1], int64[::1],"
    " int64[::1], int32[::1], int32[::1])",
    cache=True,
    nogil=True,
)
def nodes(
    text: Bytes,
    start: Int64,
    end: Int64,
    first: Int64,
    node: Int64,
    x: Int32,
    y: Int32,
) -> None:
    """Fill in the nodes of ways: identity and place, NOWHERE where it is not given."""
    for way in range(len(start)):
        at, place = start[way], first[way]
        while at < end[way]:
            node[place], at = _whole(text, at + 1, end[way])
            x[place] = y[place] = NOWHERE
            if at < end[way] and text[at] == LETTER_X:
                x[place], at = _degrees(text, at + 1, end[way])
            if at < end[way] and text[at] == LETTER_Y:
                y[place], at = _degrees(text, at + 1, end[way])
            place += 1
            at += 1


@njit(
    "void(int64[::1], float64[::1], float64[::1],"
    " float64[::1], float64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def middles(
    first: Int64,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    middle_x: NDArray[np.float64],
    middle_y: NDArray[np.float64],
    twice_area: NDArray[np.float64],
) -> None:
    """Fill in each ring's centre of mass and twice its area, in units of the plane.

    A ring without an area has the mean of its points; one without points has nothing.
    """
    for ring in range(len(first) - 1):
        start, end = first[ring], first[ring + 1]
        if end == start:
            continue
        # Relative to its first point: far from the origin the figures would cancel.
        x0, y0 = x[start], y[start]
        area = sum_x = sum_y = mean_x = mean_y = 0.0
        for at in range(start, end):
            after = at + 1 if at + 1 < end else start
            ax, ay = x[at] - x0, y[at] - y0
            bx, by = x[after] - x0, y[after] - y0
            cross = ax * by - bx * ay
            area += cross
            sum_x += (ax + bx) * cross
            sum_y += (ay + by) * cross
            mean_x += ax
            mean_y += ay
        if abs(area) > 1e-9:
            middle_x[ring] = x0 + sum_x / (3 * area)
            middle_y[ring] = y0 + sum_y / (3 * area)
        else:
            middle_x[ring] = x0 + mean_x / (end - start)
            middle_y[ring] = y0 + mean_y / (end - start)
        twice_area[ring] = abs(area)


@njit(
    "Tuple((int32[::1], int64[::1]))(int64[::1], boolean[::1])", cache=True, nogil=True
)
def numbered(node: Int64, used: NDArray[np.bool_]) -> tuple[Int32, Int64]:
    """Give the nodes in use numbers, in the order in which the ways meet them.

    Returns the number of the node at each position, -1 where it is not in use, and for
    each number the position where it was met first.
    """
    size = 16
    while size < 2 * len(node):
        size *= 2
    # A table of numbers, probed from where the identity's scattered bits point.
    table = np.full(size, -1, np.int32)
    number = np.full(len(node), -1, np.int32)
    first = np.empty(len(node), np.int64)
    count = 0
    for at in range(len(node)):
        if not used[at]:
            continue
        bits = np.uint64(node[at]) * np.uint64(0x9E3779B97F4A7C15)
        slot = np.int64((bits >> np.uint64(32)) & np.uint64(size - 1))
        while table[slot] >= 0 and node[first[table[slot]]] != node[at]:
            slot = (slot + 1) % size
        if table[slot] < 0:
            table[slot] = count
            first[count] = at
            count += 1
        number[at] = table[slot]
    return number, first[:count].copy()
