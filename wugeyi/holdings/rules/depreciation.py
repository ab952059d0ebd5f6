"""Straight-line depreciation by month, to the fen; the last month takes the rest.

Months are whole numbers as in ``books.rules.months``. A change of the remaining life
or of the salvage begins a new plan; what was planned before it stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """From a month on, an amount over so many months.

    Parameters
    ----------
    month
        The first month that is charged.
    months
        How many, 1 or more.
    amount_fen
        What they come to together, 0 or more.
    """

    month: int
    months: int
    amount_fen: int

    @property
    def monthly_fen(self) -> int:
        """What each month but the last is charged."""
        return self.amount_fen // self.months

    def until(self, month: int) -> int:
        """Return what is charged up to the end of a month.

        >>> plan = Plan(24288, 3, 1000)
        >>> [plan.until(24288 + ahead) for ahead in (-1, 0, 1, 2, 9)]
        [0, 333, 666, 1000, 1000]
        """
        charged = min(max(month - self.month + 1, 0), self.months)
        if charged == self.months:
            return self.amount_fen
        return self.monthly_fen * charged


def planned(plans: Sequence[Plan], month: int) -> int:
    """Return what plans come to up to the end of a month, each until the next begins.

    Parameters
    ----------
    plans
        In the order of their months.
    """
    total = 0
    for place, plan in enumerate(plans):
        last = plans[place + 1].month - 1 if place + 1 < len(plans) else month
        total += plan.until(min(month, last))
    return total


def charge(plans: Sequence[Plan], month: int, taken_fen: int) -> int:
    """Return what a month is to be charged when ``taken_fen`` was charged before.

    A month that was left out is made up for; nothing is ever charged back.
    """
    return max(planned(plans, month) - taken_fen, 0)


def last_month(plans: Sequence[Plan]) -> int | None:
    """Return the month in which the last fen is charged; None without a plan."""
    if not plans:
        return None
    return plans[-1].month + plans[-1].months - 1
