"""Tables for everybody: what could point at a few people is not shown.

A small count is hidden, and with it whatever it could be worked out from: another part
of the same row (inside, outside, on no street: their sum is known), the same part of
another area (their sum is the row of all), residents against the elderly among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wugeyi.engines.accessibility.coverage import EVERYWHERE, Counts, Row

LEAST = 5
PARTS = ("inside", "outside", "nowhere")
FIGURES = ("homes", "residents", "elderly")
# A category's place, an area, a part of the row, a figure.
Cell = tuple[int, int, str, str]


def public(table: Sequence[Row], least: int = LEAST) -> list[Row]:
    """Return the table with every count from 1 to ``least`` - 1 hidden (None).

    Homes, residents and elderly are counts of their own; 0 is no small group and is
    shown unless it would give another away. The worst home is left out: it is
    one home. How many homes are uncounted is hidden like the others.

    Parameters
    ----------
    table
        Of ``coverage``; all its rows, as sums over areas matter.
    least
        The smallest count shown.
    """
    known: dict[Cell, int] = {}
    for row in table:
        for part in PARTS:
            for figure in FIGURES:
                value = getattr(getattr(row, part), figure)
                known[row.category, row.area, part, figure] = value or 0
    hidden = {cell for cell, value in known.items() if 0 < value < least}
    sums = _sums(known)
    while True:
        more = {
            cell for cells in sums for cell in _companions(cells, known, hidden, least)
        }
        more |= _few_young(known, hidden, least)
        if more <= hidden:
            return [_shown(row, hidden, least) for row in table]
        hidden |= more


def _sums(known: dict[Cell, int]) -> list[list[Cell]]:
    """Return cells whose sum somebody may know."""
    rows: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in known:
        category, area, part, figure = cell
        rows["row", category, area, figure].append(cell)
        if area != EVERYWHERE:
            rows["areas", category, part, figure].append(cell)
    return list(rows.values())


def _companions(
    cells: Iterable[Cell], known: dict[Cell, int], hidden: set[Cell], least: int
) -> Iterable[Cell]:
    """Return what must be hidden with the hidden cells of a sum.

    Two at least, and together no small count themselves: the rest of the sum is what
    they come to.
    """
    ordered = sorted(cells, key=lambda cell: (known[cell], cell))
    taken = [cell for cell in ordered if cell in hidden]
    if not taken:
        return []
    rest = [cell for cell in ordered if cell not in hidden]
    # Other people first: hiding a nought protects nobody.
    rest.sort(key=lambda cell: known[cell] == 0)
    added = []
    while rest and (len(taken) < 2 or sum(known[cell] for cell in taken) < least):
        taken.append(rest[0])
        added.append(rest.pop(0))
    return added


def _few_young(known: dict[Cell, int], hidden: set[Cell], least: int) -> set[Cell]:
    """Return counts of elderly that would tell of a few residents who are not."""
    found = set()
    for category, area, part, figure in known:
        if figure != "elderly":
            continue
        residents = category, area, part, "residents"
        elderly = category, area, part, "elderly"
        young = known[residents] - known[elderly]
        if 0 < young < least and residents not in hidden:
            found.add(elderly)
    return found


def _shown(row: Row, hidden: set[Cell], least: int) -> Row:
    def counts(part: str) -> Counts:
        kept = {
            figure: None
            if (row.category, row.area, part, figure) in hidden
            else getattr(getattr(row, part), figure)
            for figure in FIGURES
        }
        return Counts(**kept)

    few = row.uncounted is not None and 0 < row.uncounted < least
    return replace(
        row,
        inside=counts("inside"),
        outside=counts("outside"),
        nowhere=counts("nowhere"),
        uncounted=None if few else row.uncounted,
        worst=None,
    )
