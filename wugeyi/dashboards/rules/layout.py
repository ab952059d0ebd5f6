"""The readable file that says which measures stand in which of the five cells.

Kinds of organisation share a layout; an area sums what lies below it, whatever kind
that is. The file only names measures: what they count is said where they are declared.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# One screen of a phone; what does not fit stands on the dashboard and in the catalogue.
MOST_IN_CELL = 8


class Cell(StrEnum):
    """The five ones, in the order of the article."""

    LEADERSHIP = "leadership"
    TEAM = "team"
    CENTRE = "centre"
    MECHANISM = "mechanism"
    PATH = "path"


class LayoutError(Exception):
    """The file cannot be understood; the message says where."""


@dataclass(frozen=True, slots=True)
class Layouts:
    """Which layout a kind uses, and what stands in the cells of each."""

    kinds: Mapping[str, str]
    cells: Mapping[str, Mapping[Cell, tuple[str, ...]]]

    def of(self, kind: str) -> Mapping[Cell, tuple[str, ...]]:
        """Return the five cells of a kind of organisation, each with its measures."""
        return self.cells[self.kinds[kind]]

    def codes(self, kind: str) -> list[str]:
        """Return every code of a kind's cells once, in order."""
        found = (code for codes in self.of(kind).values() for code in codes)
        return list(dict.fromkeys(found))


def read(text: str) -> Layouts:
    """Read the file.

    Raises
    ------
    LayoutError
        If a kind names no layout, or a layout has other cells than the five.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(str(error)) from error
    cells = {name: _cells(name, table) for name, table in data["layout"].items()}
    kinds: dict[str, str] = data["kinds"]
    for kind, name in kinds.items():
        if name not in cells:
            raise LayoutError(f"kind {kind} uses the layout {name}, which is not there")
    return Layouts(kinds, cells)


def _cells(name: str, table: Mapping[str, Any]) -> dict[Cell, tuple[str, ...]]:
    if set(table) != set(Cell):
        raise LayoutError(f"layout {name} must have the cells {', '.join(Cell)}")
    return {cell: tuple(table[cell.value]) for cell in Cell}


def findings(
    layouts: Layouts, *, codes: Collection[str], kinds: Collection[str]
) -> Iterator[str]:
    """Tell everything that is wrong with the layouts, given what exists."""
    for kind in sorted(set(kinds) - set(layouts.kinds)):
        yield f"kind {kind} has no layout"
    for kind in sorted(set(layouts.kinds) - set(kinds)):
        yield f"there is no kind {kind}"
    for name in sorted(set(layouts.cells) - set(layouts.kinds.values())):
        yield f"layout {name} is used by no kind"
    for name, cells in layouts.cells.items():
        seen: set[str] = set()
        for cell, own in cells.items():
            if not 1 <= len(own) <= MOST_IN_CELL:
                yield f"{name}, {cell}: {len(own)} measures, not 1 to {MOST_IN_CELL}"
            for code in own:
                if code not in codes:
                    yield f"{name}, {cell}: there is no measure {code}"
                if code in seen:
                    yield f"{name}, {cell}: {code} stands there twice"
                seen.add(code)
