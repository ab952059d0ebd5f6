"""What the law reserves to the assembly of a collective, as data, and to whom exactly.

Read in the Law on Rural Collective Economic Organisations (in force since 1 May 2025),
articles 15 and 26 to 28. Which of them are "important" and so first go before the Party
organisation (article 26, second paragraph) the law leaves open: taken here to be all
that are decided, not only heard.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data" / "collective_matters.csv"
ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of matter of the collective.

    Parameters
    ----------
    article, item
        Where the law names it; item 0 is an article without items.
    delegates
        Whether the delegates' assembly may decide it; else only the assembly of all
        members may.
    party_first
        Whether the Party organisation talks it over before.
    part, whole
        The share of all members that must agree.
    """

    code: str
    article: int
    item: int
    name_zh: str
    name_en: str
    delegates: bool
    party_first: bool
    part: int
    whole: int
    verified: bool

    @property
    def where(self) -> str:
        """Return the place in the law in Chinese, as it is cited.

        >>> matters()["charter"].where, matters()["contributors"].where
        ('第二十六条第一款第（一）项', '第十五条')
        """
        article = f"第{chinese(self.article)}条"
        return f"{article}第一款第（{chinese(self.item)}）项" if self.item else article


@cache
def matters() -> dict[str, Matter]:
    """Return all kinds by code, in the order of the law."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [_matter(row) for row in csv.DictReader(file)]
    return {row.code: row for row in rows}


def matter_of(code: str) -> Matter | None:
    """Return a kind by its code, None if there is no such."""
    return matters().get(code)


def _matter(row: dict[str, str]) -> Matter:
    return Matter(
        code=row["code"],
        article=int(row["article"]),
        item=int(row["item"]),
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        delegates=row["delegates"] == "1",
        party_first=row["party_first"] == "1",
        part=int(row["share_part"]),
        whole=int(row["share_whole"]),
        verified=row["verified"] == "1",
    )


def chinese(number: int) -> str:
    """Write a number from 1 to 99 as articles are counted.

    >>> chinese(5), chinese(10), chinese(13), chinese(26)
    ('五', '十', '十三', '二十六')
    """
    tens, ones = divmod(number, 10)
    said = ORDINALS[ones - 1] if ones else ""
    if not tens:
        return said
    return (ORDINALS[tens - 1] if tens > 1 else "") + "十" + said
