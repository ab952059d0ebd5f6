"""What an investment may come to: payback and a simple look at what if.

Whole fen and exact fractions; nothing is discounted. This is a sum a village can follow
with a pencil, no valuation.
"""

from dataclasses import dataclass
from fractions import Fraction

STEPS = (60, 80, 100, 120)
"""Percent of the expected income that a sensitivity table looks at."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes of it at a part of the expected income.

    Parameters
    ----------
    percent
        Part of the expected income.
    yearly_fen
        Income a year.
    payback_years
        Until what was paid has come back; None if it never does.
    surplus_fen
        What is left at the end of the years, what it can be sold for included.
    """

    percent: int
    yearly_fen: int
    payback_years: Fraction | None
    surplus_fen: int

    @property
    def payback(self) -> float | None:
        """Years for the eye, to one decimal."""
        return (
            None if self.payback_years is None else round(float(self.payback_years), 1)
        )


def outlook(
    *, amount_fen: int, yearly_fen: int, years: int, residual_fen: int, percent: int
) -> Outlook:
    """Return what comes of an amount at a part of the expected income.

    >>> outlook(amount_fen=1_000_00, yearly_fen=300_00, years=5, residual_fen=0,
    ...         percent=80).surplus_fen
    20000
    """
    yearly = yearly_fen * percent // 100
    payback = Fraction(amount_fen, yearly) if yearly > 0 else None
    return Outlook(percent, yearly, payback, yearly * years + residual_fen - amount_fen)


def sensitivity(
    *, amount_fen: int, yearly_fen: int, years: int, residual_fen: int
) -> list[Outlook]:
    """Return the outlook at 60, 80, 100 and 120 percent of what is expected."""
    return [
        outlook(
            amount_fen=amount_fen,
            yearly_fen=yearly_fen,
            years=years,
            residual_fen=residual_fen,
            percent=percent,
        )
        for percent in STEPS
    ]
