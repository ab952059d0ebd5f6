"""Who drives what on which day: qualified, rested, and alike for everybody.

``rostered`` makes a roster for some weeks, ``duties`` cuts the blocks of a plan into
days' work. Rules are data (``RosterRules``), each with where it is from. Loads numba
and highspy only when a roster is made.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Assignment": "..crew",
    "Driver": "..crew",
    "Duty": "..crew",
    "Origin": "..crew",
    "Roster": "..crew",
    "RosterRules": "..crew",
    "Work": "..crew",
    "cut": ".cutting",
    "duties": ".cutting",
    "rostered": ".search",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
