"""Where a unit stood on a day: its dated placements, without gaps at the ends.

Before its first placement a unit counts where it stood first, after its last where it
stood last: what is dated outside its life is still counted, once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

EVER = date(1, 1, 1)
NEVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Stay:
    """A unit stood at ``path`` from a day (included) to a day (not)."""

    path: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of paths during some days, first and last included; ``group`` is whose.

    ``path`` is set where the range is the subtree of one unit, which totals know.
    """

    group: int
    low: str
    high: str
    first: date
    last: date
    path: str = ""


def stays(placements: Iterable[tuple[str, date | None, date | None]]) -> list[Stay]:
    """Close the gaps of dated placements (path, from, to): one stay follows another."""
    rows = sorted(placements, key=lambda row: row[1] or EVER)
    found = []
    for index, (path, since, _until) in enumerate(rows):
        begins = EVER if index == 0 else since or EVER
        ends = rows[index + 1][1] or EVER if index + 1 < len(rows) else NEVER
        if begins < ends:
            found.append(Stay(path, begins, ends))
    return found


def path_on(places: Sequence[Stay], day: date) -> str:
    """Return where a unit counts on a day; "" for one that never stood anywhere."""
    for stay in places:
        if stay.since <= day < stay.until:
            return stay.path
    return places[-1].path if places else ""


def paths(places: Iterable[Stay]) -> list[str]:
    """Return every path a unit ever stood at, in order of time.

    Its key ends each of them: whatever is counted at or below one of them, on whatever
    day, stood below the unit on that day.
    """
    return list(dict.fromkeys(stay.path for stay in places))


def standing(
    places: Sequence[Stay], since: date, until: date | None
) -> list[tuple[str, date, int]]:
    """Return what a record that stands from a day to a day adds where and when.

    +1 where it begins, -1 where it ends, and both where its unit moves meanwhile.
    """
    end = until or NEVER
    found = []
    for stay in places:
        begins, ends = max(stay.since, since), min(stay.until, end)
        if begins >= ends:
            continue
        found.append((stay.path, begins, 1))
        if ends < NEVER:
            found.append((stay.path, ends, -1))
    return found
