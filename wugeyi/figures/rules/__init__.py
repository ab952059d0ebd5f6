"""Periods and figures. Pure Python."""

from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.rules.periods import Period

__all__ = ["Figure", "Period"]
