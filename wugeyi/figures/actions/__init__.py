"""Facts from records, totals from facts, figures others printed."""

from wugeyi.figures.actions.quoting import quote
from wugeyi.figures.actions.refreshing import refresh

__all__ = ["quote", "refresh"]
