"""Which item of a book a cell means; those the book has not are to be added.

Codes stand in vouchers for ever, so a code is never made of somebody's name: a name may
be put right or erased later.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wugeyi.books.rules.entries import ITEM_KINDS
from wugeyi.books.rules.importaccounts import fold
from wugeyi.books.rules.importcells import words
from wugeyi.imports.rules import Finding, error, info

LETTERS = {"asset": "A", "counterparty": "C", "household": "H", "project": "P"}
_CODE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,19})(?:\s+(.+))?")
_PART = re.compile(
    r"[\[【(（]?([^:：;；,，、|\[\]【】()（）]+)[:：]([^;；,，、|\[\]【】]+)"
)
_KINDS = {
    "counterparty": ("往来", "客户", "供应商", "单位", "个人"),
    "project": ("项目",),
    "household": ("户", "社员", "成员"),
    "asset": ("资产",),
}
# What an organisation's name ends with or holds; without any it may be a person's.
_ORGANISATIONS = re.compile(
    r"公司|厂|合作社|村|局|中心|银行|信用社|所|站|店|部|队|院|校|委|政府|办|基金|集团|场"
    r"|协会|幼儿园|商行|超市|有限|经营"
)


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item that a file names and the book does not have."""

    kind: str
    code: str
    name: str
    personal: bool


def is_personal(kind: str, name: str) -> bool:
    """Tell whether a name may be a person's, and so is masked for villagers.

    >>> is_personal("counterparty", "张三"), is_personal("counterparty", "县供电公司")
    (True, False)
    """
    if kind == "household":
        return True
    return kind == "counterparty" and _ORGANISATIONS.search(name) is None


class Items:
    """Finds the items a file means; ``new`` holds those the book has not."""

    def __init__(self, known: Iterable[tuple[str, str, str]]) -> None:
        """Take what the book has as kinds, codes and names."""
        self.new: dict[tuple[str, str], NewItem] = {}
        self._codes: dict[tuple[str, str], str] = {}
        self._names: dict[tuple[str, str], list[str]] = {}
        self._last = dict.fromkeys(ITEM_KINDS, 0)
        for kind, code, name in known:
            self._add(kind, code, name)

    def find(self, line: int, kind: str, text: str) -> tuple[str, list[Finding]]:
        """Return the code of what a cell names; "" for an empty one or an error."""
        told = words(text)
        if not told or told in {"-", "—", "无"}:
            return "", []
        if (kind, told) in self._codes:
            return told, []
        found = _CODE.fullmatch(told)
        if found is not None and found[2]:
            return self._take(line, kind, found[1], found[2])
        named = self._names.get((kind, fold(told)), [])
        if len(named) > 1:
            return "", [error(line, "item_ambiguous", told, other="、".join(named))]
        if named:
            return named[0], []
        if len(told) > 80:
            return "", [error(line, "item_long", told)]
        code = told if found is not None else self._next(kind)
        return self._take(line, kind, code, told)

    def parts(self, line: int, text: str) -> tuple[dict[str, str], list[Finding]]:
        """Return items by kind of a cell that holds several, each with what it is."""
        found: dict[str, str] = {}
        said: list[Finding] = []
        told = words(text)
        pieces = list(_PART.finditer(told))
        if told and not pieces:
            return found, [info(line, "items_unread", told)]
        for piece in pieces:
            kind = _kind_of(piece[1])
            if not kind:
                said.append(info(line, "items_unread", piece.group()))
                continue
            found[kind], more = self.find(line, kind, piece[2].strip(" )）"))
            said += more
        return found, said

    def _take(
        self, line: int, kind: str, code: str, name: str
    ) -> tuple[str, list[Finding]]:
        if (kind, code) not in self._codes:
            self.new[kind, code] = NewItem(kind, code, name, is_personal(kind, name))
            self._add(kind, code, name)
            return code, [info(line, "item_new", name, other=code)]
        return code, []

    def _add(self, kind: str, code: str, name: str) -> None:
        self._codes[kind, code] = name
        self._names.setdefault((kind, fold(name)), []).append(code)
        digits = code.removeprefix(LETTERS.get(kind, ""))
        if code != digits and digits.isascii() and digits.isdigit():
            self._last[kind] = max(self._last[kind], int(digits))

    def _next(self, kind: str) -> str:
        while True:
            self._last[kind] += 1
            code = f"{LETTERS[kind]}{self._last[kind]:04d}"
            if (kind, code) not in self._codes:
                return code


def _kind_of(title: str) -> str:
    told = title.strip()
    for kind, titles in _KINDS.items():
        if any(each in told for each in titles):
            return kind
    return ""
