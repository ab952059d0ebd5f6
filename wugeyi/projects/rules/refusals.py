"""Why an act is refused, as codes; the words for people are in ``projects.forms``."""

from enum import StrEnum


class Why(StrEnum):
    """Every reason an act on a project may be refused for."""

    CHANGED = "changed"  # somebody wrote to it since the page was loaded
    NOT_NOW = "not_now"  # the state does not follow from the present one
    NEEDS_REASON = "needs_reason"
    COLLECTIVE_GUARANTEE = "collective_guarantee"
    WITHDRAWN = "withdrawn"
    ALREADY_DONE = "already_done"
    SAME_DAY = "same_day"
    NOTHING_MEASURED = "nothing_measured"
    NEEDS_TEXT = "needs_text"
    NOT_YOURS = "not_yours"
    NOT_NEGATIVE = "not_negative"
    NOT_PREVIEWED = "not_previewed"
    TAKEN = "taken"  # the code of a kind is there already


class Refused(Exception):
    """The act was refused and nothing was written."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
