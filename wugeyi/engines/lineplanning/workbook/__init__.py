"""One XLSX workbook with every table as a sheet: blank, filled, read; and a plan's.

``template`` is what a transport clerk fills, ``read_workbook`` reads it again,
``case_workbook`` gives back what was put in, ``plan_workbook`` what came out; what a
roster takes has sheets too (``read_crew_workbook``). Only the contents decide the bytes:
the same case gives the same file.
"""

from wugeyi.engines.lineplanning.reading import read_workbook
from wugeyi.engines.lineplanning.reading.crew import Crew, read_crew_workbook
from wugeyi.engines.lineplanning.workbook.filled import case_workbook, template
from wugeyi.engines.lineplanning.workbook.planned import plan_workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = [
    "MEDIA_TYPE",
    "Crew",
    "case_workbook",
    "plan_workbook",
    "read_crew_workbook",
    "read_workbook",
    "template",
]
