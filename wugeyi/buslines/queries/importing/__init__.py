"""A file's rows beside what stands: new, changed, ended, the same; nothing is written."""

from wugeyi.buslines.queries.importing.comparing import compared
from wugeyi.buslines.queries.importing.work import Compared

__all__ = ["Compared", "compared"]
