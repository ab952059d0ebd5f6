"""Hiding who a line is about wherever villagers read; amounts and everything else stay."""

import re
from collections.abc import Iterable

from wugeyi.casework.rules.masking import Kind, mask

HIDDEN = frozenset(
    {
        Kind.ACCOUNT,
        Kind.BANK_CARD,
        Kind.EMAIL,
        Kind.ID_NUMBER,
        Kind.NAME,
        Kind.NUMBER,
        Kind.PHONE,
    }
)
"""Of what is hidden in residents' texts: the addresses of property are not personal."""

_AMOUNT = re.compile(
    r"(?<![0-9])([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?"
    r"(?=\s?(?:元|万|亩|斤|公斤|千克|吨|平方米|立方|度|米|株|只|头|羽))"
)
"""Money and measures: many digits that are nobody's."""


def short(name: str) -> str:
    """Return a person's name as it is shown: its first letter, and stars.

    >>> short("王小明"), short("欧阳小明户"), short("  ")
    ('王**', '欧**', '')
    """
    name = name.strip()
    return f"{name[0]}**" if name else ""


def masked(text: str, names: Iterable[str]) -> str:
    """Hide the given names and what looks like a person's numbers or name in a text.

    ``names`` are those of the persons and households of the books, in any order.

    >>> masked("付王小明误工补贴，电话 13812345678", ["王小明"])
    '付王**误工补贴，电话 〔电话〕'
    """
    for name in sorted({each.strip() for each in names}, key=len, reverse=True):
        bare = name.removesuffix("户").removesuffix("家")
        for each in (name, bare):
            if len(each) > 1:
                text = text.replace(each, short(each))
    amounts = {found[0] for found in _AMOUNT.finditer(text)}
    for found in mask(text).hidden:
        if found.kind in HIDDEN and found.original not in amounts:
            text = text.replace(found.original, found.replacement)
    return text
