"""A bus line for growers and their baskets: who rides when, on which bus, and why not.

Pure: data in, result out; no framework, clock, network or global state. Names below are
fetched when first asked for, so that importing this package loads neither numba nor
highspy. Needs the extra ``planning``; README.md in this folder shows it at work.
"""

from importlib import import_module
from typing import Any

# Where each public name lives.
_HOMES = {
    "Apart": "model",
    "Block": "plan",
    "Call": "plan",
    "Case": "model",
    "Departure": "model",
    "Depot": "model",
    "Finding": "findings",
    "Market": "model",
    "Plan": "plan",
    "Reason": "reasons",
    "Refused": "findings",
    "RegularDuty": "model",
    "Request": "model",
    "Rules": "model",
    "Stop": "model",
    "Trip": "plan",
    "Vehicle": "model",
    "Ways": "model",
    "Work": "packing",
    "case_workbook": "workbook",
    "check": "checker",
    "explain": "reasons",
    "plan_workbook": "workbook",
    "read": "reading",
    "read_workbook": "workbook",
    "require": "inputs",
    "say": "findings",
    "solve": "packing",
    "write": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
