"""Where names stand, so that none covers another or a spot."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

FONT = 13.0
LINE = 15.0
NARROW = 0.56
"""Width of a Latin letter or digit against that of a Chinese character."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that wants to stand at a point, ``reach`` units away from its middle."""

    key: int
    text: str
    x: float
    y: float
    reach: float


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands: its baseline, and a leader from the spot if it is far."""

    x: float
    y: float
    anchor: str
    leader: tuple[float, float] | None = None


def text_width(text: str, font: float = FONT) -> float:
    """Return how wide a text is, about; wide characters take a whole font size."""
    wide = sum(
        1.0 if unicodedata.east_asian_width(each) in "WF" else NARROW for each in text
    )
    return wide * font


def placed(
    wanted: Sequence[Wanted],
    *,
    width: float,
    height: float,
    taken: Iterable[Box],
    lines: Sequence[tuple[float, float]] = (),
) -> dict[int, Label]:
    """Return a place for as many names as find one, in the order given.

    Parameters
    ----------
    taken
        What no name may cover.
    lines
        Points along what is drawn, which names would rather not cover.
    """
    boxes = list(taken)
    found: dict[int, Label] = {}
    for each in wanted:
        free = [
            (sum(_inside(point, box) for point in lines) + far, place, label, box)
            for place, (far, label, box) in enumerate(_tried(each))
            if _within(box, width, height) and not any(_meet(box, b) for b in boxes)
        ]
        if free:
            _cost, _place, label, box = min(free, key=lambda one: one[:2])
            found[each.key] = label
            boxes.append(box)
    return found


def _tried(each: Wanted) -> Iterator[tuple[int, Label, Box]]:
    """Yield places from the best to the last: near first, right first."""
    wide = text_width(each.text)
    for cost, gap in ((0, 3.0), (3, 14.0), (6, 28.0)):
        near = each.reach + gap
        slant = near * 0.75
        leader = (each.x, each.y) if cost else None
        for x, y, anchor in (
            (each.x + near, each.y, "start"),
            (each.x - near, each.y, "end"),
            (each.x, each.y - near - LINE / 2, "middle"),
            (each.x, each.y + near + LINE / 2, "middle"),
            (each.x + slant, each.y - slant - 3, "start"),
            (each.x + slant, each.y + slant + 3, "start"),
            (each.x - slant, each.y - slant - 3, "end"),
            (each.x - slant, each.y + slant + 3, "end"),
        ):
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
            box = (left - 1, y - LINE / 2, left + wide + 1, y + LINE / 2)
            base = round(y + FONT * 0.36, 1)
            yield cost, Label(round(x, 1), base, anchor, leader), box


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def _within(box: Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
