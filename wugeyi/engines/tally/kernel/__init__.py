"""The kernel of ours: every level of the tree in one pass over facts in tree order.

Needs the extra ``analysis``. ``answer`` takes the kernel where numba is installed and
the SQL text on DuckDB where it is not; both give the same rows.
"""

from wugeyi.engines.tally.kernel.answer import (
    Engine,
    answer,
    by_kernel,
    by_sql,
    rows_of,
)

__all__ = ["Engine", "answer", "by_kernel", "by_sql", "rows_of"]
