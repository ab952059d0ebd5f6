"""A file's rows beside what stands: new, changed, ended, the same; nothing is written."""

from wugeyi.buslines.queries.importing.comparing import Compared, compared

__all__ = ["Compared", "compared"]
