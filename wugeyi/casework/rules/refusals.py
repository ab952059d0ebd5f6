"""Why an act is refused, as codes; the words for people are in ``casework.forms``.

These are answers to a person, not faults of the program.
"""

from enum import StrEnum

from wugeyi.casework.rules.states import NotNow


class Why(StrEnum):
    """Every reason an act on a case may be refused for."""

    CHANGED = "changed"  # somebody wrote to the case since the page was loaded
    NOT_NOW = "not_now"  # the step does not start from this state
    SAME_HANDLER = "same_handler"
    DECIDED_BEFORE = "decided_before"  # a rejected hand-back may not be repeated
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    OWN_CHECK = "own_check"  # who answered may not check the own answer
    CHECK_NEEDS_TEXT = "check_needs_text"
    TOO_FEW_TRIES = "too_few_tries"
    ITSELF = "itself"
    TARGET_ENDED = "target_ended"
    TARGET_CHAIN = "target_chain"
    NOT_MERGED = "not_merged"
    WAITING_EXCLUSION = "waiting_exclusion"
    ALREADY_EXCLUDED = "already_excluded"
    OWN_REQUEST = "own_request"  # who asked for an exclusion may not approve it
    NEEDS_TEXT = "needs_text"
    TOO_LATE = "too_late"
    ERASED = "erased"


class Refused(Exception):
    """The act was refused and nothing was written."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


__all__ = ["NotNow", "Refused", "Why"]
