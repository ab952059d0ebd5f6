"""Paths, roles, names, coordinates and the comparison of registers. Pure Python."""

from wugeyi.organisations.rules.paths import (
    ALPHABET,
    MAX_DEPTH,
    MAX_PATH,
    SEGMENT,
    after,
    ancestors,
    child_path,
    depth,
    inside,
    keys,
    outermost,
    segment,
)
from wugeyi.organisations.rules.roles import (
    NOBODY,
    OFFICE,
    Holding,
    Reach,
    Role,
)

STATUTORY = "statutory"
"""The code of the view every organisation stands in."""

__all__ = [
    "ALPHABET",
    "MAX_DEPTH",
    "MAX_PATH",
    "NOBODY",
    "OFFICE",
    "SEGMENT",
    "STATUTORY",
    "Holding",
    "Reach",
    "Role",
    "after",
    "ancestors",
    "child_path",
    "depth",
    "inside",
    "keys",
    "outermost",
    "segment",
]
