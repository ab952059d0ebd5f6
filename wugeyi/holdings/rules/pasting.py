"""Rows pasted from a spreadsheet: cells by tab, or by comma where there is no tab."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wugeyi.holdings.rules.assets import Kind

MOST_ROWS = 500
"""So many rows are taken at once; each is an act of its own."""
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """A row: its line, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return a cell; "" where the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""


def rows(text: str, titles: Sequence[str]) -> list[Pasted]:
    r"""Return the rows of a pasted text without empty ones and without its header.

    >>> rows("编号\t姓名\n\nM1\t张三", ("编号", "姓名"))
    [Pasted(line=3, cells=('M1', '张三'))]
    """
    found: list[Pasted] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split("\t") if "\t" in line else re.split("[,，]", line)
        cells = tuple(" ".join(part.split()) for part in parts)
        if not found and cells[0] == titles[0]:
            continue
        found.append(Pasted(number, cells))
    return found


def hundredths(text: str) -> int | None:
    """Read a number with at most two decimals as hundredths; None if it is none.

    >>> hundredths("1.5"), hundredths("1.005"), hundredths("-1"), hundredths("x")
    (150, None, None, None)
    """
    if not re.fullmatch(r"\d{1,8}(\.\d{1,2})?", text):
        return None
    return int(Decimal(text) * 100)


def read_day(text: str) -> date | None:
    """Read a day as people and spreadsheets write it; None if it is none.

    >>> read_day("2024年3月5日"), read_day("2024/3/5"), read_day("2024-02-30")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), None)
    """
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    if match is None:
        return None
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2099 else None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as a list has it; the household is made if it is new."""

    household: str
    head: str
    code: str
    name: str
    joined_on: date
    shares_100: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    """An asset as a list has it; ``months`` None: not depreciated."""

    code: str
    name: str
    kind: Kind
    acquired_on: date
    cost_fen: int | None
    months: int | None = None
    salvage_fen: int = 0
    brought_fen: int = 0
    use: str = ""
    area_mu: Decimal | None = None
    place: str = ""
