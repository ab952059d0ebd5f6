"""The way of a suggestion: open, then adopted or declined, and done when it was done."""

from enum import StrEnum


class State(StrEnum):
    """Where a suggestion stands; the value is stored."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"
    DONE = "done"


NEXT: dict[State, tuple[State, ...]] = {
    State.OPEN: (State.ADOPTED, State.DECLINED, State.DONE),
    State.ADOPTED: (State.DONE, State.DECLINED),
    # What was declined may be taken up after all; what is done stays done.
    State.DECLINED: (State.ADOPTED,),
    State.DONE: (),
}


def may_become(now: State, then: State) -> bool:
    """Tell whether a suggestion may go from one state to another."""
    return then in NEXT[now]
