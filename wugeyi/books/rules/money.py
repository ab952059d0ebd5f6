"""Amounts as an accountant types them."""

import re
from enum import StrEnum

from wugeyi.projects.rules.money import NotMoney, read_fen

MOST_FEN = 10**15
# Digits of yuan.
MOST_DIGITS = 12
_DECIMALS = re.compile(r"[.．]\s*\d{3,}\s*元?\s*$")


class Wrong(StrEnum):
    """Why a text is no amount of a line."""

    TEXT = "text"
    DECIMALS = "decimals"
    NEGATIVE = "negative"
    LARGE = "large"


class NoAmount(ValueError):
    """A text that is no amount of a line; ``wrong`` says why."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


def typed_fen(text: str) -> int:
    """Read an amount of a line in fen; 0 for nothing typed.

    Raises
    ------
    NoAmount
        It is no number, has three decimals or more, is negative or far too large.

    >>> typed_fen("1,200.5"), typed_fen("３万元"), typed_fen(" ")
    (120050, 3000000, 0)
    """
    if not text.strip():
        return 0
    if _DECIMALS.search(text):
        raise NoAmount(Wrong.DECIMALS)
    if len(re.sub(r"\D", "", re.split(r"[.．]", text)[0])) > MOST_DIGITS:
        raise NoAmount(Wrong.LARGE)
    try:
        fen = read_fen(text)
    except NotMoney as error:
        raise NoAmount(Wrong.TEXT) from error
    if fen < 0:
        raise NoAmount(Wrong.NEGATIVE)
    if fen >= MOST_FEN:
        raise NoAmount(Wrong.LARGE)
    return fen
