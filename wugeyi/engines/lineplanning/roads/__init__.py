"""Driving times of a bus between places, from an extract of OpenStreetMap.

``ways`` gives the table a plan needs, ``routes`` the lines to draw; ``load`` reads the map
once for both. What a bus may use and how fast it is there is data (``Bus``). Names are
fetched when first asked for: a command's help needs no compiler.
"""

from importlib import import_module
from typing import Any

# Where each public name lives.
_HOMES = {
    "Bus": "bus",
    "Network": "network",
    "Stopped": "times",
    "load": "reading",
    "routes": "times",
    "ways": "times",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
