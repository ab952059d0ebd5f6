"""Cells of files that accounting programs and banks write: money, days, numbers, codes.

What cannot be read for certain is refused with the code of a finding, never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wugeyi.imports.dates import is_month_only, read_day

MOST_FEN = 10**15
"""What the database takes in one line: ten thousand thousand million yuan."""
# Excel computes in binary: 0.1 + 0.2 is written 0.30000000000000004. Only a number of
# so many digits can be such; people do not type them.
NOISE_DIGITS = 15

# The same days, numbers, accounts and words stand in many rows.
_KEPT = 4_096

_MONEY = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,16})?(?:\.(\d*))?(-?)")
_BRACKETS = re.compile(r"\((.+)\)")
_NOTHING = frozenset({"", "-", "--", "—", "——", "0", "/"})
_NUMBER = re.compile(
    r"(?P<word>[^\d\W][^\d]*?)?[\s\-_－—–.]*(?:字|第|#|No\.?)*[\s\-_－—–第]*"
    r"(?P<number>\d{1,9})\s*号?"
)
_PART_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SHORT_DAY = re.compile(r"(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CODE = re.compile(r"(\d{3})((?:[.\-_/]?\d{1,4})*)(?=\D|$)")
_SEGMENT = re.compile(r"[\\/＼／_>]|(?<!\d)-(?!\d)|－|—")


class Unreadable(Exception):
    """A cell that says nothing certain; ``code`` names the sentence that explains it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """Return text on one line, full-width digits and signs as plain ones.

    >>> plain("１，２３４．５０")
    '1,234.50'
    """
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=_KEPT)
def words(text: str) -> str:
    """Return text on one line without what cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def money(text: str) -> int:
    """Return an amount of yuan in fen; 0 for an empty cell or a dash.

    A minus may stand before or after, brackets mean the same, and so do red letters
    (the cell of a spreadsheet has a minus). What Excel adds in its fifteenth digit and
    beyond is no amount and is left out.

    >>> money("1,234.50"), money("￥3,000"), money("(12.00)"), money("-"), money("5.-")
    (123450, 300000, -1200, 0, -500)

    Raises
    ------
    Unreadable
        "amount" if it is no number, "decimals" if it has parts of a fen, "large".
    """
    told = plain(text).replace(" ", "").replace("￥", "").replace("¥", "")
    told = told.replace("−", "-").removesuffix("元")
    if told in _NOTHING:
        return 0
    bracketed = _BRACKETS.fullmatch(told)
    found = _MONEY.fullmatch(bracketed[1] if bracketed else told)
    if found is None or not (found[2] or found[3]):
        raise Unreadable("amount")
    before, whole, part, after = found.groups(default="")
    if (before and after) or (bracketed and (before or after)):
        raise Unreadable("amount")
    whole = whole.replace(",", "")
    fen = int(whole or "0") * 100 + _fen(whole, part)
    if fen > MOST_FEN:
        raise Unreadable("large")
    negative = before == "-" or after == "-" or bracketed is not None
    return -fen if negative else fen


def _fen(whole: str, part: str) -> int:
    kept = part.rstrip("0")
    if len(kept) <= 2:
        return int(kept.ljust(2, "0") or "0")
    digits = len(whole.lstrip("0"))
    if digits + len(part) >= NOISE_DIGITS:
        beyond = set(part[2 : max(NOISE_DIGITS - 1 - digits, 3)])
        if beyond == {"0"}:
            return int(part[:2])
        if beyond == {"9"}:
            return int(part[:2]) + 1
    raise Unreadable("decimals")


@lru_cache(maxsize=_KEPT)
def day(text: str, year: int | None = None) -> date:
    """Return a day as people write it; ``year`` fills what has none.

    >>> day("2024年3月5日"), day("3月5日", 2024), day("24.03.05")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5), datetime.date(2024, 3, 5))

    Raises
    ------
    Unreadable
        "day" if it is none, "day_missing" if it tells a month only, "year_missing" if
        it has no year and none was told.
    """
    told = plain(text)
    short = _SHORT_DAY.fullmatch(told)
    if short is not None:
        return date_of(2000 + int(short[1]), int(short[2]), int(short[3]))
    part = _PART_DAY.fullmatch(told)
    if part is not None:
        if year is None:
            raise Unreadable("year_missing")
        return date_of(year, int(part[1]), int(part[2]))
    found = read_day(told)
    if found is None:
        raise Unreadable("day")
    if is_month_only(told):
        raise Unreadable("day_missing")
    return found


def date_of(year: int, month: int, of_month: int) -> date:
    """Return a day; ``Unreadable`` if there is none such."""
    try:
        return date(year, month, of_month)
    except ValueError:
        raise Unreadable("day") from None


@dataclass(frozen=True, slots=True)
class Mark:
    """A voucher's word and number: 记 12."""

    word: str
    number: int

    def __str__(self) -> str:
        return f"{self.word}-{self.number}" if self.word else str(self.number)


@lru_cache(maxsize=_KEPT)
def mark(text: str, word: str = "") -> Mark:
    """Return a voucher's word and number.

    >>> mark("记字第0012号"), mark("收-3"), mark("7", "付")
    (Mark(word='记', number=12), Mark(word='收', number=3), Mark(word='付', number=7))

    Raises
    ------
    Unreadable
        "number".
    """
    found = _NUMBER.fullmatch(plain(text))
    if found is None or not int(found["number"]):
        raise Unreadable("number")
    told = (found["word"] or plain(word)).strip(" -_第#.").removesuffix("字")
    return Mark(told[:10], int(found["number"]))


@dataclass(frozen=True, slots=True)
class Named:
    """An account as a file tells it: digits without separators, names level by level."""

    code: str
    names: tuple[str, ...]


@lru_cache(maxsize=_KEPT)
def account(code: str, name: str = "", sub_name: str = "") -> Named:
    """Return an account's code and names; either may be missing.

    Code and name may stand in one cell, names of levels in one cell too.

    >>> account("102.01", "银行存款/基本户")
    Named(code='10201', names=('银行存款', '基本户'))
    >>> account("", "10201 银行存款-基本户").code
    '10201'
    """
    digits, rest = _digits(plain(code))
    named = words(name)
    if not digits:
        digits, named = _digits(named)
    names = [
        each.strip(" []【】")
        for each in _SEGMENT.split(" ".join(filter(None, (rest, named))))
    ]
    names = [each for each in names if each]
    if sub_name.strip():
        names.append(words(sub_name))
    return Named(digits, tuple(names))


def _digits(told: str) -> tuple[str, str]:
    found = _CODE.match(told)
    if found is None:
        # What is no code at all, such as 12, is told as it stands.
        whole = told if told.isascii() and told.isdigit() else ""
        return whole, "" if whole else told
    rest = told[found.end() :].strip(" -_/\\:：.")
    return "".join(c for c in found.group() if c.isdigit()), rest


def side(text: str) -> int:
    """Return 1 for debit, -1 for credit, 0 for nothing said.

    >>> side("借"), side("贷方"), side("平")
    (1, -1, 0)

    Raises
    ------
    Unreadable
        "side".
    """
    told = plain(text).lower().removesuffix("方")
    if told in {"", "平"}:
        return 0
    if told in {"借", "d", "dr", "j", "debit", "1"}:
        return 1
    if told in {"贷", "c", "cr", "credit", "-1"}:
        return -1
    raise Unreadable("side")


def whole(text: str) -> int:
    """Return a whole number of 0 or more; 0 for an empty cell.

    Raises
    ------
    Unreadable
        "whole".
    """
    told = plain(text).removesuffix("张").strip() or "0"
    if not (told.isascii() and told.isdigit() and len(told) < 5):
        raise Unreadable("whole")
    return int(told)
