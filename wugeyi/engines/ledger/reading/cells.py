"""Cells of a table: money, days, whole numbers, shares."""

import re
import unicodedata
from datetime import date
from fractions import Fraction

from wugeyi.engines.ledger.findings import Finding, Refused

_MONEY = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?")
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
MOST_DIGITS = 15
"""Digits of yuan that an amount may have."""


def money(text: str) -> int:
    """Return an amount of yuan in fen; 0 if the cell is empty.

    Raises
    ------
    Refused
        It is no amount, has more than two decimals, or far too many digits.
    """
    plain = _plain(text).removeprefix("¥").removesuffix("元").strip()
    if not plain:
        return 0
    found = _MONEY.fullmatch(plain)
    if found is None:
        raise Refused(Finding("cell-amount", "error", "", {"value": text}))
    sign, whole, part = found.groups(default="")
    whole = whole.replace(",", "")
    if len(part) > 2:
        raise Refused(Finding("cell-decimals", "error", "", {"value": text}))
    if len(whole) > MOST_DIGITS:
        raise Refused(Finding("cell-large", "error", "", {"value": text[:40]}))
    fen = int(whole) * 100 + int(part.ljust(2, "0"))
    return -fen if sign else fen


def day(text: str) -> date:
    """Return a day: 2024-03-05, 2024/3/5, 2024.3.5, 2024年3月5日 or 20240305.

    Raises
    ------
    Refused
        It is none.
    """
    plain = _plain(text)
    found = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is not None:
        year, month, of_month = (int(each) for each in found.groups() if each)
        try:
            return date(year, month, of_month)
        except ValueError:
            pass
    raise Refused(Finding("cell-day", "error", "", {"value": text}))


def whole(text: str) -> int:
    """Return a whole number of 0 or more; 0 if the cell is empty.

    Raises
    ------
    Refused
        It is none.
    """
    plain = _plain(text) or "0"
    if not re.fullmatch(r"\d{1,9}", plain):
        raise Refused(Finding("cell-number", "error", "", {"value": text}))
    return int(plain)


def count(text: str) -> Fraction:
    """Return a share: 1, 0.5, 1/3. A negative one is returned, for it to be told.

    Raises
    ------
    Refused
        It is none.
    """
    plain = _plain(text)
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6}|/[1-9]\d{0,5})?", plain):
        raise Refused(Finding("cell-number", "error", "", {"value": text}))
    return Fraction(plain)


def _plain(text: str) -> str:
    """Return full-width digits and signs as plain ones, without spaces around."""
    return unicodedata.normalize("NFKC", text).strip()
