"""Why an act was refused. The page says it in words."""

from enum import StrEnum


class Why(StrEnum):
    """What stands against an act."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    NOT_NOW = "not_now"
    BEFORE_BEGIN = "before_begin"
    RESERVED = "reserved"
    OTHERS_BALLOT = "others_ballot"
    PICTURES = "pictures"


class Refused(Exception):
    """An act that may not happen now; nothing was written."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
