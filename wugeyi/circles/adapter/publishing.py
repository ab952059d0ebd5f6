"""Tables for everybody."""

from collections.abc import Sequence

LEAST = 5
Cells = tuple[int | None, int | None, int | None, int | None]


def for_everybody(
    rows: Sequence[tuple[int, int, int, int]], least: int = LEAST
) -> list[Cells]:
    """Hide counts below ``least``: residents inside and outside, elderly inside and outside.

    Zero is shown: it is nobody. Whoever knows a total and one part knows the other, so
    both parts are hidden together; and as the homes of every row are the same, a hidden
    part cannot be told from another row's total either, once it is hidden in both.
    """
    shown: list[Cells] = []
    for inside, outside, elderly_inside, elderly_outside in rows:
        residents = _pair(inside, outside, least)
        elderly = _pair(elderly_inside, elderly_outside, least)
        shown.append((*residents, *elderly))
    return shown


def _pair(inside: int, outside: int, least: int) -> tuple[int | None, int | None]:
    if 0 < inside < least or 0 < outside < least:
        return None, None
    return inside, outside
