"""Declarations and SQL texts of the engine, as this app uses them."""

from wugeyi.engines.tally.checker import Finding, check
from wugeyi.engines.tally.compile import WIDTH, Compiled, narrow, wide
from wugeyi.engines.tally.definitions import (
    Aggregate,
    Catalogue,
    Indicator,
    Measure,
    Source,
    merge,
    read,
)

__all__ = [
    "WIDTH",
    "Aggregate",
    "Catalogue",
    "Compiled",
    "Finding",
    "Indicator",
    "Measure",
    "Source",
    "check",
    "merge",
    "narrow",
    "read",
    "wide",
]
