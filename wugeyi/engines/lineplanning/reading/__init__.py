"""A case as CSV tables or a workbook a clerk fills, read; and written as CSV.

``crew`` does the same for drivers, duties, fares and the rules of rosters.

Tables have Chinese or English column titles; times are 06:30 or 24:10, empty cells take
the default where there is one. What cannot be read is told row by row, all at once.
"""

from wugeyi.engines.lineplanning.reading.folder import read, read_workbook, write
from wugeyi.engines.lineplanning.reading.tables import TABLES

__all__ = ["TABLES", "read", "read_workbook", "write"]
