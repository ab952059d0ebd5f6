"""Hiding who a line is about wherever villagers read; amounts and everything else stay."""

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


def short(name: str) -> str:
    """Return a person's name as it is shown: its first letter, and stars.

    >>> short("王小明"), short("欧阳小明户"), short("  ")
    ('王**', '欧**', '')
    """
    name = name.strip()
    return f"{name[0]}**" if name else ""


def masked(text: str, names: Iterable[str]) -> str:
    """Hide the given names and what looks like a person's numbers or name in a text.

    ``names`` are those of the persons and households of the books; longer ones first
    does not matter.

    >>> masked("付王小明误工补贴，电话 13812345678", ["王小明"])
    '付王**误工补贴，电话 〔电话〕'
    """
    for name in sorted({each.strip() for each in names}, key=len, reverse=True):
        bare = name.removesuffix("户").removesuffix("家")
        for each in (name, bare):
            if len(each) > 1:
                text = text.replace(each, short(each))
    for found in mask(text).hidden:
        if found.kind in HIDDEN:
            text = text.replace(found.original, found.replacement)
    return text
