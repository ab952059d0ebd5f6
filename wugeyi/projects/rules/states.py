"""The states of a project and the steps between them.

A project that failed stays: what was tried, what it cost and why it failed is worth as
much to the next village as a success.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a project stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


OPEN = frozenset({State.PLANNED, State.RUNNING})
ENDED = frozenset({State.DONE, State.STOPPED, State.FAILED})
NEXT: dict[State, tuple[State, ...]] = {
    State.PLANNED: (State.RUNNING, State.STOPPED),
    State.RUNNING: (State.DONE, State.STOPPED, State.FAILED),
    # An end that was recorded too early, or a project that is taken up again.
    State.DONE: (State.RUNNING,),
    State.STOPPED: (State.RUNNING,),
    State.FAILED: (State.RUNNING,),
}


def may_follow(old: State, new: State) -> bool:
    """Tell whether a project may go from one state to another."""
    return new in NEXT[old]


def needs_reason(old: State, new: State) -> bool:
    """Tell whether the step must say why: an end without success, or taking it back."""
    return new in {State.STOPPED, State.FAILED} or old in ENDED
