"""Which bus drives which trips when trips are fixed: the cheapest blocks, proven.

Buses of several depots or types, each with a number; trips that may follow each other;
what driving out, on and home costs. ``rechained`` chains a plan's trips anew.
"""

from wugeyi.engines.lineplanning.scheduling.blocks import rechained
from wugeyi.engines.lineplanning.scheduling.solving import Fleet, Schedule, schedule

__all__ = ["Fleet", "Schedule", "rechained", "schedule"]
