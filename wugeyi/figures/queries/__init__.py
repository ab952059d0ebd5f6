"""Figures of organisations and periods, and the records behind them."""

from wugeyi.figures.queries.children import Child, by_child
from wugeyi.figures.queries.figures import UnknownMeasureError, figure, figures, trend
from wugeyi.figures.queries.parts import Part, parts
from wugeyi.figures.queries.quoted import quoted_for
from wugeyi.figures.queries.records import Behind, counting, records
from wugeyi.figures.queries.versions import filled
from wugeyi.figures.rules.figures import Figure
from wugeyi.figures.rules.periods import Period

__all__ = [
    "Behind",
    "Child",
    "Figure",
    "Part",
    "Period",
    "UnknownMeasureError",
    "by_child",
    "counting",
    "figure",
    "figures",
    "filled",
    "parts",
    "quoted_for",
    "records",
    "trend",
]
