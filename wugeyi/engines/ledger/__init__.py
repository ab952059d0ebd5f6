"""Double entry for village collectives: checked, balanced, closed, shared out, proven.

Pure: data in, result out; no framework, clock, network or global state, and nothing
but the standard library. Money is whole fen. Names below are fetched when first asked
for; README.md in this folder shows them at work.
"""

from importlib import import_module
from typing import Any

# Where each public name lives.
_HOMES = {
    "Account": "records",
    "Book": "records",
    "Carried": "transition",
    "Chart": "chart",
    "Decision": "distribution",
    "Earned": "distribution",
    "Finding": "findings",
    "Folder": "reading",
    "Head": "heads",
    "Month": "records",
    "Number": "records",
    "Posting": "records",
    "Refused": "findings",
    "Share": "distribution",
    "Voucher": "records",
    "balance_sheet": "statements",
    "beancount": "exports",
    "by_dimension": "balances",
    "carried_over": "transition",
    "carry": "closing",
    "changes_in_equity": "statements",
    "check": "checking",
    "check_book": "checking",
    "close_month": "closing",
    "declared": "chart",
    "distribute": "distribution",
    "earned": "distribution",
    "figure": "statements",
    "head": "heads",
    "income_statement": "statements",
    "journal": "exports",
    "meanings": "chart",
    "notes": "statements",
    "proposal": "transition",
    "proposed": "transition",
    "read": "reading",
    "read_proposed": "transition",
    "read_vouchers": "reading",
    "reopen": "closing",
    "require": "checking",
    "reverse": "reversal",
    "running": "balances",
    "say": "findings",
    "table": "exports",
    "trial_balance": "balances",
    "trial_by_dimension": "balances",
    "verify": "heads",
    "verify_all": "heads",
    "vouchers": "distribution",
    "write": "reading",
    "written_proposed": "transition",
    "yuan": "findings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
