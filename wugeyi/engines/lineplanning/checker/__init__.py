"""Holds a plan against its case: every rule, every sum, from the inputs alone.

Shares nothing with what makes plans but the records of ``model`` and ``plan``.
"""

from wugeyi.engines.lineplanning.checker.check import check

__all__ = ["check"]
