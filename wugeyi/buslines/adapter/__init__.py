"""The one place of this app that calls the engine ``lineplanning``.

Rows go in, the engine's records come out, findings come out as sentences. What searches
needs the extra ``planning``; cases, fares and findings do not.
"""

from importlib.util import find_spec

NEEDED = ("numpy", "numba", "highspy")


def lacking() -> tuple[str, ...]:
    """Return which packages for planning are not installed; empty: all there."""
    return tuple(name for name in NEEDED if find_spec(name) is None)
