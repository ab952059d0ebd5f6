"""Reading events and heads, and verifying the chain."""

from wugeyi.audit.queries.events import (
    Change,
    EventPage,
    about,
    changed,
    page,
    unsealed_count,
    verify_private,
    within,
)
from wugeyi.audit.queries.heads import all_heads, head_page, last_seal
from wugeyi.audit.queries.verification import Report, verify

__all__ = [
    "Change",
    "EventPage",
    "Report",
    "about",
    "all_heads",
    "changed",
    "head_page",
    "last_seal",
    "page",
    "unsealed_count",
    "verify",
    "verify_private",
    "within",
]
