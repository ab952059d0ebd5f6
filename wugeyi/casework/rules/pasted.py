"""Reading a message somebody pasted: the telephone number and the places it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8})(?!\d)")
_LABEL = re.compile(r"(?:联系)?(?:电话|手机|手机号|联系方式)\s*(?:是|为)?\s*[:：]?\s*$")
# Punctuation left over where the number stood, of either width.
_JOINTS = " ,\uff0c\u3001;\uff1b:\uff1a"
_ENDINGS = "\u3002.!\uff01?\uff1f\n"
_ENDS = ("社区居委会", "村委会", "居委会", "社区", "街道", "办事处", "村", "镇", "乡")
LEAST = 2
"""A name shortened to fewer characters would be found everywhere."""


@dataclass(frozen=True, slots=True)
class Split:
    """A text without the number it held; the number, "" if there was none."""

    text: str
    phone: str


def take_phone(text: str) -> Split:
    """Take the first telephone number out of a text, with the words that announce it.

    A text of nothing but a number is left alone: it may be what the case is about.
    """
    match = _PHONE.search(text)
    if match is None:
        return Split(text, "")
    before = _LABEL.sub("", text[: match.start()]).rstrip(_JOINTS)
    after = text[match.end() :].lstrip(_JOINTS)
    joint = "，" if before and after and after[0] not in _ENDINGS else ""
    rest = f"{before}{joint}{after}"
    if len(rest.strip(_ENDINGS + _JOINTS)) < LEAST:
        return Split(text, "")
    return Split(rest.strip(), match.group(1).replace(" ", "").replace("-", ""))


def short(name: str) -> str:
    """Return a place's name as people say it: 金元 for 金元社区."""
    for end in _ENDS:
        if name.endswith(end) and len(name) - len(end) >= LEAST:
            return name[: -len(end)]
    return name


def named(text: str, units: Iterable[tuple[int, str, int]]) -> list[int]:
    """Return the keys of the units a text names, most surely meant first.

    ``units`` gives key, name and depth in the tree. A whole name says more than a
    shortened one, a longer more than a shorter, a deeper more than a higher.
    """
    found: list[tuple[tuple[int, int, int], int]] = []
    for key, name, depth in units:
        brief = short(name)
        if name in text:
            found.append(((1, len(name), depth), key))
        elif len(brief) >= LEAST and brief in text:
            found.append(((0, len(brief), depth), key))
    if not found:
        return []
    found.sort(key=lambda each: (-each[0][0], -each[0][2], -each[0][1], each[1]))
    best = found[0][0]
    return [key for rank, key in found if (rank[0], rank[2]) == (best[0], best[2])]
