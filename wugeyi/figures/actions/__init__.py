"""Facts from records, totals from facts, figures others printed."""

from wugeyi.figures.actions.filling import backfill, settle
from wugeyi.figures.actions.folding import fold
from wugeyi.figures.actions.marking import advance
from wugeyi.figures.actions.quoting import quote
from wugeyi.figures.actions.recounting import recount
from wugeyi.figures.actions.refreshing import refresh
from wugeyi.figures.actions.register import follow

__all__ = [
    "advance",
    "backfill",
    "fold",
    "follow",
    "quote",
    "recount",
    "refresh",
    "settle",
]
