"""Writing events down, sealing them into the chain, publishing its head."""

from wugeyi.audit.actions.chain import rebase, seal
from wugeyi.audit.actions.events import alter, changes, record
from wugeyi.audit.actions.heads import publish_head, write_heads_file

__all__ = [
    "alter",
    "changes",
    "publish_head",
    "rebase",
    "record",
    "seal",
    "write_heads_file",
]
