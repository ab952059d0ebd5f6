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
    "Attached": "points",
    "Category": "categories",
    "Extract": "osm",
    "Finding": "findings",
    "Flag": "network",
    "Network": "network",
    "Refused": "findings",
    "System": "coordinates",
    "Template": "categories",
    "attach": "points",
    "load": "network",
    "read": "osm",
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
