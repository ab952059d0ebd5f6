"""The 15-minute life circle: who can walk to what, and what a change would change.

Pure: data in, result out; no framework, clock, network or global state. Names below are
fetched when first asked for, so that importing this package loads neither numba nor
osmium nor highspy, and a web process starts as quickly as before. Needs the extra
``planning``; README.md in this folder shows it at work.
"""

from importlib import import_module
from typing import Any

# Where each public name lives.
_HOMES = {
    "ADULT": "walking",
    "Attached": "points",
    "Category": "categories",
    "CloseFacility": "changes",
    "CloseLink": "changes",
    "ELDER": "walking",
    "Extract": "osm",
    "Finding": "findings",
    "Flag": "network",
    "Graph": "graph",
    "Network": "network",
    "OpenFacility": "changes",
    "OpenLink": "changes",
    "Outcome": "whatif",
    "PLANNERS": "walking",
    "Pace": "walking",
    "Place": "changes",
    "Prepared": "contraction",
    "Refused": "findings",
    "Scenario": "changes",
    "Spots": "graph",
    "System": "coordinates",
    "Template": "categories",
    "UNREACHED": "graph",
    "apply": "whatif",
    "attach": "points",
    "begin": "whatif",
    "load": "network",
    "nearest": "reach",
    "nearest_points": "reach",
    "prepare": "contraction",
    "reach_points": "reach",
    "read": "osm",
    "restore": "contraction",
    "rise": "elevation",
    "say": "findings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
