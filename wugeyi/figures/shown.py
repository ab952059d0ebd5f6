"""A figure as text: its number, its unit, the parts it is a share of.

Sums of money are counted in fen and written in yuan, or in ten thousands of yuan where
the number would be long.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wugeyi.figures.rules import Figure
from wugeyi.ui import phrases

FEN = ("分", "fen")
FEN_IN_YUAN = 100
MYRIAD = 10_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What is written of a figure; ``text`` is empty where nothing is on record."""

    text: str
    unit: str = ""
    parts: str = ""


def shown(figure: Figure) -> Shown:
    """Write a figure. Of a share both numbers, and no percentage where it says too much."""
    if figure.value is None:
        return Shown("")
    if is_money(figure):
        return money(figure.value)
    if not figure.is_share:
        return Shown(phrases.number(figure.value), figure.unit)
    parts = f"{phrases.number(figure.numerator or 0)} / "
    parts += phrases.number(figure.denominator or 0)
    percent = percent_text(figure)
    return Shown(percent, "%", parts) if percent else Shown(parts)


def percent_text(figure: Figure) -> str:
    """Return 82.5, or 100 for all of them; "" where a percentage says too much."""
    if figure.percent is None:
        return ""
    if figure.numerator == figure.denominator:
        return "100"
    return phrases.number(figure.percent, 1)


def is_money(figure: Figure) -> bool:
    """Tell whether a figure counts fen."""
    return figure.unit in FEN


def money(fen: int) -> Shown:
    """Write a sum of money: 8,650 元 · 104.2 万元 · 1,042,000 yuan."""
    yuan = fen / FEN_IN_YUAN
    if phrases.is_english():
        places = 0 if fen % FEN_IN_YUAN == 0 else 2
        return Shown(phrases.number(yuan, places), _("元"))
    if abs(yuan) >= MYRIAD:
        tenth = yuan / MYRIAD
        places = next(n for n in (0, 1, 2, 4, 6) if round(tenth, n) == tenth or n == 6)
        return Shown(phrases.number(tenth, places), _("万元"))
    return Shown(phrases.number(yuan, 0 if fen % FEN_IN_YUAN == 0 else 2), _("元"))


def value_of(figure: Figure) -> float | None:
    """Return what a chart draws: the percentage of a share, yuan, None for no record."""
    if figure.is_share:
        return figure.percent
    if figure.value is None:
        return None
    return figure.value / FEN_IN_YUAN if is_money(figure) else float(figure.value)
