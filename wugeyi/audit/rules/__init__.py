"""How events are written down, chained, and found out when changed. Pure Python."""

from wugeyi.audit.rules.chain import (
    START,
    Chain,
    Finding,
    FindingKind,
    Head,
    Seal,
    link,
    parse_head,
    read_heads,
)
from wugeyi.audit.rules.writing import (
    EVENT_COLUMNS,
    SALT_BYTES,
    Actor,
    Private,
    canonical,
    event_bytes,
    fields,
    moment,
    new_salt,
    utf8,
)

__all__ = [
    "EVENT_COLUMNS",
    "SALT_BYTES",
    "START",
    "Actor",
    "Chain",
    "Finding",
    "FindingKind",
    "Head",
    "Private",
    "Seal",
    "canonical",
    "event_bytes",
    "fields",
    "link",
    "moment",
    "new_salt",
    "parse_head",
    "read_heads",
    "utf8",
]
