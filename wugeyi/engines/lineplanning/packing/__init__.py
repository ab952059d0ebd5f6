"""Set packing: which trips at which minutes, chained by buses, with a valid bound."""

from wugeyi.engines.lineplanning.packing.search import (
    Forcing,
    Progress,
    Work,
    always,
    solve,
)

__all__ = ["Forcing", "Progress", "Work", "always", "solve"]
