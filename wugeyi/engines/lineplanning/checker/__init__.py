"""Holds a plan against its case: every rule, every sum, from the inputs alone.

Shares nothing with what makes plans but the records of ``model`` and ``plan``.
"""

from wugeyi.engines.lineplanning.checker.check import check
from wugeyi.engines.lineplanning.checker.fares import check_fares
from wugeyi.engines.lineplanning.checker.roster import check_roster

__all__ = ["check", "check_fares", "check_roster"]
