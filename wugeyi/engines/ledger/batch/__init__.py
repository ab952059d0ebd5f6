"""Trial balances and income statements of very many books at once, from columns.

Needs numpy and pyarrow (the extra ``analysis``). The figures are those of
``trial_balance`` and ``income_statement`` to the fen.
"""

from wugeyi.engines.ledger.batch.files import Kept, Writer, opened
from wugeyi.engines.ledger.batch.periods import Periods, months, years
from wugeyi.engines.ledger.batch.sums import Part, parts

__all__ = [
    "Kept",
    "Part",
    "Periods",
    "Writer",
    "months",
    "opened",
    "parts",
    "years",
]
